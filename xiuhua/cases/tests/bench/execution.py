"""Roads of the procedures by which a decision is carried out: each move by whoever makes it, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, LEGAL, O1, SERVED, Bench, Went, Who
from xiuhua.kernel.authz import Actor

FIRST_HEAD = ("bureau_head", 0)
SQUAD = frozenset({"officer", "squad_head", "squad_legal_clerk"})
Road = Sequence[Went]
PAID = {"item.receipt_no": "示例0001", "surcharge.reason_less": "示例：未决定加处"}
PAPER = {"court.document": "（2026）示例行审1号"}
DECIDED = {
    "enforcement.basis": "AEL §37",
    "enforcement.way": "拆除并清运",
    "enforcement.planned_on": "+3",
}
BROUGHT_IN = {"item.amount": 8000, "item.receipt_no": "示例0009"}
# Ten working days are over, and more; half a year after the receipt no remedy is left.
LATER, HALF_A_YEAR = 20, 190

DEMANDED: Road = (Went(O1, "issue_demand"), Went(O1, "serve_demand", 0, SERVED))
HEARD = Went(O1, "hear_demand_defence", 1, {"demand.defence.content": "示例：资金周转困难"})
REFUTED = {"demand.defence.reason": "示例：没有证据"}
ENFORCEMENT: Road = (
    *DEMANDED,
    Went(DEPUTY, "decide_own_enforcement", LATER, DECIDED),
    Went(O1, "serve_enforcement", 0, SERVED),
)
DONE = {"enforcement.residence": False, "enforcement.result": "示例：已拆除", "video.running": True}
AGREED = {
    "demand.agreement": "示例：一个月内缴清",
    "demand.agreement_due_on": "+30",
    "demand.agreement_harmless": True,
}
SUSPENDED = Went(DEPUTY, "suspend_execution", 1, {"demand.suspension_ground": "no_capacity",
                                                   "demand.suspension_reason": "示例：停业"})  # fmt: skip
# The last move of a road brings the matter to its last state.
DEMANDS: Mapping[str, Road] = {
    "performed": (*DEMANDED, Went(O1, "perform_after_demand", 1, PAID)),
    "enforcement_dropped": (
        *DEMANDED, HEARD, Went(DEPUTY, "accept_demand_defence", 1, {"demand.defence.reason": "示例：已履行"})),
    "enforced": (*ENFORCEMENT, Went(O1, "enforce", 3, DONE)),
    "enforced after a defence": (
        *DEMANDED, HEARD, Went(DEPUTY, "decide_after_defence", LATER, DECIDED | REFUTED),
        Went(O1, "serve_enforcement", 0, SERVED), Went(O1, "enforce", 3, DONE)),
    "enforced at once": (
        *DEMANDED,
        Went(DEPUTY, "decide_immediately", 1,
             DECIDED | {"demand.flight_reason": "示例：正在搬空仓库", "demand.flight_proof": "示例照片"}),
        Went(O1, "serve_enforcement", 0, SERVED), Went(O1, "enforce", 1, DONE)),
    "performed by agreement": (
        *ENFORCEMENT, Went(DEPUTY, "agree_execution", 0, AGREED), Went(O1, "keep_agreement", 5, PAID)),
    "execution_terminated": (
        *ENFORCEMENT,
        Went(DEPUTY, "terminate", 1, {"termination.ground": "dissolved", "termination.reason": "示例：已注销"})),
    "resumed": (
        *ENFORCEMENT, SUSPENDED,
        Went(DEPUTY, "resume_execution", 30, {"demand.resumed_reason": "示例：恢复营业"}),
        Went(O1, "enforce", 1, DONE)),
    "stopped": (
        *ENFORCEMENT, SUSPENDED,
        Went(DEPUTY, "stop_after_three_years", 1100,
             {"demand.no_harm_to_society": True, "termination.reason": "示例：确无财产"})),
    "handed_to_court": (*DEMANDED, Went(DEPUTY, "hand_to_court", HALF_A_YEAR)),
    "handed after a defence": (
        *DEMANDED, HEARD, Went(DEPUTY, "hand_to_court_after_defence", HALF_A_YEAR, REFUTED)),
}  # fmt: skip
BY_COURT = frozenset({"handed_to_court", "handed after a defence"})

DECIDE = Went(DEPUTY, "decide_substitute", LATER, {
    "substitute.duty_kind": "remove_obstacle",
    "substitute.harm_kind": "traffic_safety",
    "substitute.reason": "示例：堆物占道",
    "substitute.way": "机械清运",
    "substitute.planned_on": "+10",
    "substitute.budget": 2000,
    "substitute.performer_kind": "third_party",
    "substitute.performer": "示例清运公司",
})  # fmt: skip
LAST_DEMAND: Road = (DECIDE, Went(O1, "serve_substitute", 0, SERVED), Went(O1, "demand_again", 1))
CARRIED_OUT = Went(O1, "carry_out_substitute", 7, {
    "substitute.performer_no_interest": True,
    "substitute.no_violence": True,
    "substitute.result": "示例：已清运三车",
})  # fmt: skip
SIGNED = Went(O1, "sign_record", 0, {"substitute.signatures": ["supervisor", "performer", "party"]})
CHARGED = Went(DEPUTY, "charge_cost", 2, {"substitute.cost": 1800, "substitute.cost_basis": "示例发票"})
SUBSTITUTES: Mapping[str, Road] = {
    "performed": (*LAST_DEMAND, Went(O1, "perform_before", 1)),
    "closed": (*LAST_DEMAND, CARRIED_OUT, SIGNED, CHARGED, Went(HEAD, "close_substitute", 1)),
    "closed without cost": (
        *LAST_DEMAND, CARRIED_OUT, SIGNED, Went(DEPUTY, "waive_cost", 1, {"reason": "示例：费用很小"})),
    "cleared at once": (
        Went(O1, "decide_immediate", 0, {
            "substitute.place_kind": "road", "substitute.thing_kind": "spillage",
            "substitute.object": "示例：路面遗洒渣土", "substitute.party_cannot_clear": True,
            "substitute.reason": "示例：驾驶人受伤", "substitute.way": "冲洗清扫",
            "substitute.performer_kind": "agency", "substitute.performer": "示例中队"}),
        Went(O1, "notify_absent", 0, {
            "substitute.result": "示例：已清扫", "substitute.party_absent": True, "substitute.notified_on": "+0",
            **SERVED}),
        SIGNED, Went(DEPUTY, "waive_cost", 1, {"reason": "示例：费用很小"})),
}  # fmt: skip

APPLIED: Road = (
    Went(O1, "prepare", HALF_A_YEAR),
    Went(FIRST_HEAD, "sign_application", 1, {"court.signed_by_head": True, "court.sealed": True}),
    Went(O1, "apply_to_court", 1),
)
ACCEPTED = Went(LEGAL, "court_accepts", 3, PAPER)
REFUSED = Went(LEGAL, "court_refuses_accepting", 3, PAPER)
ASKED = Went(DEPUTY, "ask_higher_court", 5, {"court.higher_reason": "示例：符合受理条件"})
DISALLOWED: Road = (*APPLIED, ACCEPTED, Went(LEGAL, "court_disallows", 5, PAPER))
REVIEWED = Went(DEPUTY, "review_disallowed", 5, {"court.higher_reason": "示例：决定合法"})
ENDED = {"termination.ground": "dissolved", "termination.reason": "示例：无财产可供执行"}
COURTS: Mapping[str, Road] = {
    "executed": (
        *APPLIED, ACCEPTED, Went(LEGAL, "court_allows", 5, PAPER),
        Went(LEGAL, "court_executes", 30, PAPER | BROUGHT_IN)),
    "right_lost": (*APPLIED, REFUSED, Went(DEPUTY, "accept_refusal", 1, {"reason": "示例：已补充履行"})),
    "accepted by the higher court": (
        *APPLIED, REFUSED, ASKED, Went(LEGAL, "higher_accepts", 9, PAPER), Went(LEGAL, "court_allows", 3, PAPER),
        Went(LEGAL, "court_terminates", 30, PAPER | ENDED)),
    "refused by the higher court": (*APPLIED, REFUSED, ASKED, Went(LEGAL, "higher_refuses", 9, PAPER)),
    "left": (*DISALLOWED, Went(DEPUTY, "leave_disallowed", 1, {"reason": "示例：同意法院意见"})),
    "allowed by the higher court": (
        *DISALLOWED, REVIEWED, Went(LEGAL, "higher_allows", 9, PAPER),
        Went(LEGAL, "court_executes", 30, PAPER | BROUGHT_IN)),
    "disallowed by the higher court": (*DISALLOWED, REVIEWED, Went(LEGAL, "higher_disallows", 9, PAPER)),
}  # fmt: skip


def acting(bench: Bench, who: Who, case: Case, at: datetime) -> Actor:
    return bench.actor(who, case.handling_unit if who[0] in SQUAD else None, at)


def overdue(
    bench: Bench, year: int = 2026, last: str = "serve_decision", **base: Any
) -> tuple[Case, datetime]:
    """A case whose decision nobody followed in its time, and a moment of the day after."""
    case, at = bench.at_step(last, year, **base)
    at = at + timedelta(days=20)
    actions.lapse(case=case, at=at)
    case.refresh_from_db()
    assert case.state == "overdue"
    return case, at


def said(went: Went, at: datetime) -> dict[str, Any]:
    values = dict(went.says or {})
    for path, value in values.items():
        if isinstance(value, str) and re.fullmatch(r"\+\d+", value):
            values[path] = at.date() + timedelta(days=int(value))
    return values


def says(bench: Bench, went: Went, at: datetime) -> dict[str, Any]:
    """What a step says; whoever supervises is one of the squad."""
    values = said(went, at)
    if went.move == "carry_out_substitute":
        values["substitute.supervisor_id"] = str(bench.person(O1).pk)
    return values


@dataclass
class Beside:
    """A procedure beside the road of a case; `matter` once it has begun."""

    case: Case
    procedure: str
    matter: Matter | None = None

    @property
    def begun(self) -> Matter:
        assert self.matter is not None
        return self.matter


def step(bench: Bench, beside: Beside, went: Went, at: datetime) -> Matter:
    """Make one move: begin the matter with it, or go on in it."""
    case = beside.case
    by, values = acting(bench, went.who, case, at), says(bench, went, at)
    if beside.matter is None:
        beside.matter = actions.begin(
            case=case, procedure=beside.procedure, move=went.move, values=values, by=by, at=at
        )
    else:
        actions.take_in(matter=beside.matter, move=went.move, values=values, by=by, at=at)
    return beside.matter


def walked(bench: Bench, beside: Beside, road: Road, at: datetime) -> datetime:
    """Go the whole road; the moment of its last step."""
    for went in road:
        at += timedelta(days=went.days, minutes=10)
        step(bench, beside, went, at)
    beside.case.refresh_from_db()
    return at


def block(case: Case, name: str) -> dict[str, Any]:
    return dict(queries.file_of(case).get(name) or {})
