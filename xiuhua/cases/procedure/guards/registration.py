"""Guards of the registration of evidence in advance (PPL17 §37, PPL21 §56). Pure."""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import HEADS, block, come, iso, matter, rows, written
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS


def may_vanish(file: File, setting: Setting) -> bool:
    return written(matter(file).get("reason"))


def approved_before(file: File, setting: Setting) -> bool:
    """A head approved, and what was done began no earlier: to the minute where the file holds moments."""
    own = matter(file)
    approved = own.get("approved_on")
    begun = own.get("made_on") or own.get("implemented_at")
    if own.get("implemented_at"):
        approved = own.get("approved_at") or approved
    in_order = not begun or (bool(approved) and approved <= begun)
    return come(approved, setting.day) and own.get("approver_role") in HEADS and in_order


def listed(file: File, setting: Setting) -> bool:
    items = rows(matter(file), "items")
    return bool(items) and all(row.get("name") and row.get("quantity") and row.get("state") for row in items)


def list_given(file: File, setting: Setting) -> bool:
    return matter(file).get("list_delivered") is True


def every_item_settled(file: File, setting: Setting) -> bool:
    own = matter(file)
    items = rows(own, "items")
    return bool(items) and all(row.get("outcome") or own.get("outcome") for row in items)


def period_over(file: File, setting: Setting) -> bool:
    made = matter(file).get("made_on")
    last = last_day("registration", iso(made), setting.calendar) if made else None
    return last is not None and setting.on > last


def receipt_signed(file: File, setting: Setting) -> bool:
    return matter(file).get("receipt_signed") is True


def measure_power(file: File, setting: Setting) -> bool:
    """The catalogue gives the power for this cause, and the step names the text (AEL §22)."""
    named = block(file, "measure").get("basis") or matter(file).get("basis")
    return block(file, "cause").get("seize_power") is True and written(named)


# fmt: off
GUARDS = (
    Guard("evidence_may_vanish", may_vanish, FACTS, "PPL21 §56",
          "未说明证据可能灭失的理由", "A reason why evidence may vanish is written."),
    Guard("approved_before_measure", approved_before, FACTS, "AEL §18",
          "未经行政机关负责人批准，不得实施", "The head approved before the measure began."),
    Guard("items_listed", listed, FACTS, "PPL21 §56",
          "物品未逐项登记", "Every item is listed with name, number and state."),
    Guard("list_given_to_party", list_given, FACTS, "PPL21 §56",
          "清单未交付当事人", "The party got the list."),
    Guard("outcome_for_every_item", every_item_settled, FACTS, "PPL21 §56",
          "登记保存物品处理结果不全", "Each registered item has an outcome."),
    Guard("registration_period_over", period_over, FILE, "PPL21 §56",
          "先行登记保存期限未满", "The seven days have passed."),
    Guard("party_signed_receipt", receipt_signed, FACTS, "AEL §28",
          "未取得领取凭证", "The party signed for the things."),
    Guard("measure_power_exists", measure_power, FACTS, "AEL §22",
          "没有法律法规授权，不得查封扣押", "A law or regulation gives this agency the measure for this act."),
)
# fmt: on
