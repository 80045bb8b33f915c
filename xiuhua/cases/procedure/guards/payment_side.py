"""Guards of the payment of a fine: its days, plan, surcharge and end. Pure."""

from __future__ import annotations

from xiuhua.cases.procedure.articles import PPL21_FROM
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import closing, payment
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.payment import due_passed
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    iso,
    matter_step,
    owed,
    paid,
    received,
    rows,
    same_money,
    step_of,
    written,
)
from xiuhua.cases.procedure.periods import length_on
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.surcharge import due_on, reckoned, remedies

FILE, FACTS = Reads.FILE, Reads.FACTS


def service_effective(file: File, setting: Setting) -> bool:
    return come(received(file), setting.day)


def remote(file: File, setting: Setting) -> bool:
    """Said of this very payment: far away or on water, and the party asked (PPL21 §69)."""
    own = block(step_of(file), "payment")
    return own.get("cash_ground") == "remote_on_request" and own.get("party_asked") is True


def plan_dated(file: File, setting: Setting) -> bool:
    """Every instalment has a day, none of them past when the plan was approved."""
    deferral = block(file, "deferral")
    plan, approved = rows(deferral, "plan"), deferral.get("approved_on") or setting.day
    return bool(plan) and all((row.get("due") or "") >= approved for row in plan)


def plan_sums(file: File, setting: Setting) -> bool:
    """The instalments make what is owed in all; what was paid before covers the first of them."""
    plan = rows(block(file, "deferral"), "plan")
    return bool(plan) and same_money(sum(row.get("amount") or 0 for row in plan), owed(file))


def deferral_over(file: File, setting: Setting) -> bool:
    return bool(block(file, "deferral").get("approved_on")) and due_passed(file, setting)


def surcharge_told(file: File, setting: Setting) -> bool:
    return block(file, "decision").get("surcharge_told") is True


def remedy_pending(file: File, setting: Setting) -> bool:
    """A reconsideration or suit is under way, on a day of the law that stops the surcharge for it."""
    begun = (span for span in remedies(file) if span.from_on <= setting.on)
    return setting.on >= PPL21_FROM and any(span.to_on is None for span in begun)


def remedy_over(file: File, setting: Setting) -> bool:
    spans = remedies(file)
    return bool(spans) and all(span.to_on is not None and span.to_on <= setting.on for span in spans)


def surcharge_capped(file: File, setting: Setting) -> bool:
    found = reckoned(file, setting.on, setting.params)
    return found is not None and found.cap > 0 and found.is_capped


def surcharge_long(file: File, setting: Setting) -> bool:
    """More than thirty days of surcharge open the way to the demand (AEL §46)."""
    found = reckoned(file, setting.on, setting.params)
    return found is not None and found.days > length_on("surcharge_30_days", setting.on)


def pays_part(file: File, setting: Setting) -> bool:
    """Something came, no later than today, and less than is owed with the surcharge of its day."""
    items = rows(matter_step(file) or block(step_of(file), "payment"), "items")
    if not items or not all((i.get("amount") or 0) > 0 and come(i.get("on"), setting.day) for i in items):
        return False
    return paid(file) < due_on(file, iso(items[-1]["on"]), setting.params) - 0.005


def dropped(file: File, setting: Setting) -> bool:
    """The decision was revoked, its execution was ended, or it was carried out by force."""
    revoked, ended = block(file, "annulment"), block(file, "termination")
    forced = block(file, "enforcement").get("finished_on")
    return written(revoked.get("document")) or bool(ended.get("ground")) or come(forced, setting.day)


# fmt: off
GUARDS: tuple[Guard, ...] = (
    Guard("service_effective", service_effective, FILE, "PPL21 §61",
          "处罚决定书尚未送达", "The decision has been served with effect."),
    Guard("remote_and_party_asked", remote, FACTS, "PPL21 §69",
          "不符合边远水上当场收缴条件", "Remote, on water or hard to reach, and the party asked."),
    Guard("plan_dates_set", plan_dated, FACTS, "PPL21 §66",
          "延期分期未确定日期", "Every date of the plan is set."),
    Guard("plan_sums_to_fine", plan_sums, FACTS, "PPL21 §66",
          "分期金额合计不等于罚款", "The instalments add up to what is owed."),
    Guard("deferral_over", deferral_over, FILE, "PPL21 §66",
          "延期缴纳期限未满", "The deferral has ended."),
    Guard("surcharge_told_in_decision", surcharge_told, FILE, "AEL §45",
          "未告知加处罚款标准，不得加处", "The rate was told to the party."),
    Guard("remedy_pending", remedy_pending, FILE, "PPL21 §73",
          "没有进行中的复议或者诉讼", "A reconsideration or suit is pending."),
    Guard("remedy_over", remedy_over, FILE, "PPL21 §73",
          "复议或者诉讼尚未结束", "The reconsideration or suit ended."),
    Guard("surcharge_equals_fine", surcharge_capped, FILE, "PPL21 §72",
          "加处罚款未达上限", "The surcharge reached the fine."),
    Guard("surcharge_over_30_days", surcharge_long, FILE, "AEL §46",
          "加处罚款未超过三十日", "The surcharge has run for more than 30 days."),
    Guard("pays_part", pays_part, FACTS, "PPL21 §67",
          "款项已经足额，应当登记缴清", "The payment leaves something owed."),
    Guard("each_pays_apart", payment.money_not_of_all, FACTS, "PPL21 §67",
          "各当事人分别缴款，缴款、延期分期和加处应当在该当事人的缴款中登记",
          "Where each party pays apart, payment, deferral and surcharge stand with its own payment."),
    Guard("enforced_share_pays", payment.enforced_share_pays, FACTS, "PPL21 §72",
          "该当事人的缴款未转强制执行，或者款项超过其应缴数额",
          "The payment of this party was handed over, and the sum is no more than it owes."),
    Guard("share_may_end", payment.share_may_end, FACTS, "AEL §40",
          "该当事人不具备终结执行情形，或者已经缴清，或者未写明情况",
          "The party still owes, and a ground of §40 holds for it and is explained."),
    Guard("share_overdue", payment.share_overdue, FILE, "AEL §34",
          "该当事人的缴款期限未过或者已经缴清，不得催告",
          "The days of this party are over, and it still owes."),
    Guard("published_of_one", closing.published_of_one, FACTS, "PPL21 §48",
          "处罚决定没有处罚该当事人，不得公示", "The decision punishes the party of whom it is published."),
    Guard("payment_dropped", dropped, FILE, "AEL §40",
          "决定仍然有效，应当继续收缴", "The decision fell, or its execution ended."),
)
# fmt: on
