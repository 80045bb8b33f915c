"""What people type into whatever form comes up in a `World`: sound answers of every kind, and those a move needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from xiuhua.cases.procedure.facts.field import FactField, Kind, Time
from xiuhua.cases.procedure.side.payment import OPEN
from xiuhua.cases.tests.procedure.saying_remedies import SAYS

TRUCK = {"name": "货车", "quantity": "1辆", "state": "旧"}
FISH = {"name": "鲜鱼", "quantity": "5箱", "state": "冰鲜"}
NO = frozenset(
    {
        "measure.living_necessity",
        "measure.already_sealed",
        "enforcement.residence",
        "enforcement.cut_utilities",
    }
)
# What a paper of others says, and what is judged beside the form, whatever the move is.
PLAIN: dict[str, Any] = {
    "reason": "示例",
    "service.method": "direct",
    "service.receiver_relation": "self",
    "service.receipt": True,
    "service.witness_signed": True,
    "service.video_ref": "示例",
    "item.receipt_no": "示例",
    "inspection.party_signed": True,
    "interview.pages_signed": 2,
    "interview.exchanges": "问：示例？\n答：是。",
    "investigation_report.tier": "ordinary",
    "hearing.host_id": "T",
    "hearing.public": True,
    "hearing.planned_place": "示例室",
    "discussion.present_ids": ["Z", "Y", "X"],
    "discussion.opinion_lines": "同意\n同意\n同意",
    "measure.kind": "seize",
    "measure.wanted": [TRUCK, FISH],
    "measure.perishable": [FISH],
    "measure.disposal_way": "sold",
    "measure.release_ground": ("no_violation", "not_needed"),
    "measure.remitted_on": "+0",
    "measure.proceeds": 1000,
    "measure.surplus_returned_on": "+0",
    "measure.test_until": "+9",
    "measure.collect_told_on": "+0",
    "duty.what": "示例",
    "duty.done_on": "+0",
    "surcharge.reason_less": "示例",
    "confiscation.witness_name": "示例",
    "confiscation.lot": ([TRUCK], [FISH], [TRUCK, FISH]),
    "confiscation.witness_one": "示例甲",
    "confiscation.witness_two": "示例乙",
    "confiscation.announced_on": "-8",
    "annulment.by": "court",
    "annulment.document": "示例判决1号",
    "annulment.on": "+0",
    "annulment.new_decision": False,
    "confiscation.way_reason": "示例",
    "confiscation.receiver": "示例接收单位",
    "delivery.document": "penalty_decision",
    "litigation.late_reason": "",
}
TODAY = frozenset({"today", "+0"})


def _of_remedies() -> dict[str, dict[str, Any]]:
    """The answers of remedies with their blocks: a key without a point lies in the block of the matter."""
    return {
        move: {key if "." in key else f"{procedure}.{key}": value for key, value in says.items()}
        for procedure, moves in SAYS.items()
        for move, says in moves.items()
    }


DECIDED = {"enforcement.basis": "AEL §37", "enforcement.way": "拆除并清运", "enforcement.planned_on": "+3"}
# Move → path → what is typed there.
SAID: dict[str, dict[str, Any]] = {
    "serve_hearing_notice": {"hearing.planned_at": "+14T09:30"},
    "reject_late_request": {"hearing.late_request_on": "+0"},
    "decide_own_enforcement": DECIDED,
    "decide_after_defence": DECIDED,
    "decide_immediately": {**DECIDED, "demand.flight_reason": "示例", "demand.flight_proof": "示例照片"},
    "agree_execution": {"demand.agreement_due_on": "+30", "demand.agreement_harmless": True},
    "suspend_execution": {"demand.suspension_ground": "no_capacity"},
    "terminate": {"termination.ground": "dissolved"},
    "decide_substitute": {
        "substitute.duty_kind": "remove_obstacle",
        "substitute.harm_kind": "traffic_safety",
        "substitute.planned_on": "+10",
        "substitute.performer_kind": "third_party",
        "substitute.performer": "示例清运公司",
    },
    "carry_out_substitute": {"substitute.supervisor_id": "A"},
    "decide_immediate": {"substitute.place_kind": "road", "substitute.thing_kind": "spillage"},
    "notify_absent": {"substitute.party_absent": True, "substitute.notified_on": "+0"},
    "sign_record": {"substitute.signatures": ["supervisor", "performer", "party"]},
    **{f"pay_part_{state}": {"item.amount": 400} for state in OPEN},
    **_of_remedies(),
}


def answer_of(asked: FactField, move: str, on: date, at: time, dice: Random) -> Any:
    """A sound answer to `asked`."""
    said = SAID.get(move, {}).get(asked.path, PLAIN.get(asked.path))
    if said is None:
        return _PLAIN[asked.kind](asked, on, at, dice)
    if isinstance(said, tuple):
        said = dice.choice(said)
    if isinstance(said, str) and said in TODAY:
        return on.isoformat()
    if isinstance(said, str) and said[:1] in ("+", "-"):
        days, mark, hour = said.partition("T")
        return (on + timedelta(days=int(days))).isoformat() + mark + hour
    return said


def is_said(asked: FactField, move: str) -> bool:
    """Whether it is answered even where something stands already or nobody must answer."""
    return asked.path in PLAIN or asked.path in SAID.get(move, {})


def _day(asked: FactField, on: date, at: time, dice: Random) -> str:
    ahead = 30 if asked.time is Time.FUTURE else 0
    return (on + timedelta(days=ahead)).isoformat()


def _moment(asked: FactField, on: date, at: time, dice: Random) -> str:
    ahead = 14 if asked.time is Time.FUTURE else 0
    return f"{datetime.combine(on + timedelta(days=ahead), at):%Y-%m-%dT%H:%M}"


_PLAIN: Mapping[Kind, Callable[[FactField, date, time, Random], Any]] = {
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.DAY_COUNT: lambda *_: 5,
    Kind.COUNT: lambda *_: 2,
    Kind.MONEY: lambda *_: 1000,
    Kind.DECIMAL: lambda *_: "20",
    Kind.TEXT: lambda *_: "示例",
    Kind.LONG_TEXT: lambda *_: "示例",
    Kind.YES_NO: lambda asked, *_: asked.path not in NO,
    Kind.CHOICE: lambda asked, on, at, dice: dice.choice(asked.choices)[0],
    Kind.CHOICES: lambda asked, on, at, dice: [c[0] for c in asked.choices],
    Kind.OFFICERS: lambda *_: ["A", "B"],
    Kind.PERSON: lambda *_: "T",
    Kind.GOODS: lambda *_: [TRUCK, FISH],
}
