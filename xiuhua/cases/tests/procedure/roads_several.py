"""Lawful histories of a case with two parties and two acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xiuhua.cases.tests.procedure.live import Live
from xiuhua.cases.tests.procedure.roads import SERVED, corrected

ORGANISATION_RANGE = {"by_kind": {"organisation": {"floor": 500, "ceiling": 60000}}}
FIRM = {
    "joined__kind": "organisation",
    "joined__name": "示例商贸有限公司",
    "joined__usci": "示例码",
    "joined__address": "示例路3号",
    "joined__reason": "雇用当事人设摊，共同实施违法行为",
    "cause": ORGANISATION_RANGE,
}
BOARD = {
    "code": "SR20",
    "name": "擅自设置招牌",
    "basis": "SHCA §26",
    "violates": "SHCA §22",
    "floor": 100,
    "ceiling": 3000,
    "unit": "yuan",
    "kinds_allowed": ["fine"],
    "statutory_enforcer": "C",
}


def act(id: str = "V2", **changed: Any) -> dict[str, Any]:
    """An act that is joined on top of the first: a board put up beside the stall."""
    cause = {**BOARD, **changed.pop("cause", {})}
    return {
        "added__cause_code": cause["code"],
        "added__facts": "在摊位旁设置招牌一块",
        "added__reason": "检查时一并发现",
        "added__evidence_ids": ["#1"],
        "violations": [{"id": id, "cause": cause}],
        **changed,
    }


def joined(y: str) -> Live:
    """张示例 and the firm that employs him; a stall and a board."""
    case = corrected(y).go("join_party", f"{y}-03-13", **FIRM)
    return case.go("add_violation", f"{y}-03-13", **act())


def weighed(said: Mapping[str, float], *, reasons: bool = False, tier: bool = True) -> dict[str, Any]:
    """`P1.V1` → fine of that pair; nothing is nothing."""
    typed: dict[str, Any] = {}
    for pair, fine in said.items():
        path = f"share__{pair.replace('.', '__')}"
        typed[f"{path}__kinds"] = ["fine"] if fine else ["none"]
        if fine:
            typed[f"{path}__fine"] = fine
        if fine and tier:
            typed[f"{path}__tier"] = "ordinary"
        if fine and reasons:
            typed[f"{path}__reasons"] = "初次，占地较小"
    return typed


PLAN = {"P1.V1": 1000, "P1.V2": 500, "P2.V1": 6000, "P2.V2": 0}
TO_FIRM = {"service__party": "P2", "service__receipt": True, "service__receiver_relation": "mail_receiver"}


def reviewed(y: str, plan: Mapping[str, float] = PLAN) -> Live:
    case = joined(y).go("close_investigation", f"{y}-03-14", **weighed(plan, reasons=True))
    case.go("adjudicate", f"{y}-03-15", "case_centre_reviewer")
    return case.go("pass_legal_review", f"{y}-03-18")


def told(y: str, plan: Mapping[str, float] = PLAN, *, hearing: bool = False) -> Live:
    case = reviewed(y, plan).go("serve_prior_notice", f"{y}-03-19", notice__tells_hearing=hearing, **SERVED)
    return case.go("serve_notice_on_party", f"{y}-03-20", **TO_FIRM)


SAID = {"heard__party": "P2", "heard__content": "公司未参与设置招牌", "heard__speaker_name": "示例经理"}
WAIVED = {"defence__waived_in_writing": True}


def heard(y: str) -> Live:
    """The first party waives; the firm speaks, and its words are answered."""
    case = told(y).go("hear_other_party", f"{y}-03-21", heard__received_on=f"{y}-03-21", **SAID)
    case.go("waive_defence", f"{y}-03-21", "party", **WAIVED)
    answer = {
        "heard__party": "P2",
        "heard__adopted": True,
        "heard__reason": "采纳，减轻",
        "heard__proposed_fine": 5000,
    }
    return case.go("recheck_other_party", f"{y}-03-22", **answer)


DECIDED = {"P1.V1": 1000, "P1.V2": 500, "P2.V1": 5000, "P2.V2": 0}


def decided(y: str) -> Live:
    return heard(y).go("decide_penalty", f"{y}-03-25", "bureau_deputy_head", **weighed(DECIDED))


def served(y: str) -> Live:
    case = decided(y).go("serve_decision_on_party", f"{y}-03-26", **TO_FIRM)
    return case.go("serve_decision", f"{y}-03-27", **SERVED)


# 60,000 yuan against the firm give it, and it alone, the right to a hearing.
LARGE = {"P1.V1": 1000, "P1.V2": 500, "P2.V1": 60000, "P2.V2": 0}
ASKS = {"request__party": "P2", "request__content": "金额过高"}
GIVES_UP = {"request__party": "P2", "request__waived_in_writing": True}
GIVEN_UP = {"hearing__waived_in_writing": True, "defence__waived_in_writing": True}


def offered(y: str) -> Live:
    case = told(y, LARGE, hearing=True).go("offer_hearing", f"{y}-03-20", **SERVED)
    return case.go("serve_hearing_right_on_party", f"{y}-03-20", **TO_FIRM)


def heard_on(y: str) -> dict[str, Any]:
    return {
        "hearing__notice_served_on": f"{y}-03-25",
        "hearing__held_on": f"{y}-04-10",
        "hearing__host_id": "T",
        "hearing__record_signed": True,
        "hearing__opinion": "维持拟处罚",
    }


def hearing_of_the_other(y: str) -> Live:
    """The firm asks, says more of it, and is heard."""
    case = offered(y).go("request_other_hearing", f"{y}-03-21", "party", **ASKS)
    return case.go("join_hearing", f"{y}-03-22", "party", **ASKS).go(
        "take_hearing_result", f"{y}-04-12", **heard_on(y)
    )


def hearing_given_up_by_the_first(y: str) -> Live:
    """The pedlar, who has no right to it, gives it up; the firm asks all the same, and is heard."""
    case = offered(y).go("waive_hearing", f"{y}-03-20", "party", **GIVEN_UP)
    case.go("request_other_hearing_late", f"{y}-03-22", "party", **ASKS)
    return case.go("take_hearing_result", f"{y}-04-12", **heard_on(y))


def hearing_given_up(y: str) -> Live:
    case = offered(y).go("waive_other_hearing", f"{y}-03-21", "party", **GIVES_UP)
    case.go("waive_hearing", f"{y}-03-21", "party", **GIVEN_UP)
    return case.go("waive_other_hearing_late", f"{y}-03-22", "party", **GIVES_UP)


def _apart(y: str) -> dict[str, Any]:
    """What the payments of both have stated by the time they go on to enforcement without a surcharge."""
    own = {
        "payment": {"began_on": f"{y}-03-27", "handed_over_on": f"{y}-04-20"},
        "surcharge": {"reason_less": "未作出加处罚款决定"},
    }
    return {"P1": own, "P2": own}


def in_default(y: str) -> Live:
    """Both let their own days go by, and the pedlar pays after his payment went on to enforcement."""
    case = decided(y).go("serve_decision_on_party", f"{y}-03-26", **TO_FIRM)
    case.go("serve_decision", f"{y}-03-27", shares=_apart(y), **SERVED)
    case.go("fall_overdue", f"{y}-04-21", "system")
    paid = {"item__party": "P1", "item__amount": 1500, "item__receipt_no": "示例票一"}
    return case.go("pay_enforced_share", f"{y}-04-22", "party", **paid)


def enforced(y: str) -> Live:
    """The firm pays in two parts."""
    case = in_default(y)
    for number, part in enumerate((2000, 3000)):
        paid = {"item__party": "P2", "item__amount": part, "item__receipt_no": f"示例票{number}"}
        case.go("pay_enforced_share", f"{y}-04-23", "party", **paid)
    return case.go("perform_late", f"{y}-04-24", "party").go("close_performed", f"{y}-04-25", "squad_head")


def dissolved(y: str) -> Live:
    """The firm is dissolved and has nothing."""
    ended = {"ending__party": "P2", "ending__ground": "dissolved", "ending__reason": "已注销，无财产"}
    case = in_default(y).go("terminate_share", f"{y}-05-03", **ended)
    says = {"termination__ground": "dissolved", "reason": "其余当事人已缴清"}
    case.go("terminate_execution", f"{y}-05-04", **says)
    return case.go("close_terminated", f"{y}-05-10", "squad_head")


def lapsed(y: str) -> Live:
    """Nobody says anything until the days of the last to be told are over; the firm waives late, in writing."""
    case = told(y).go("let_defence_lapse", f"{y}-03-26", "system")
    late = {"heard__party": "P2", "heard__waived_in_writing": True}
    return case.go("hear_other_party_late", f"{y}-03-27", **late)


def shrunk(y: str) -> Live:
    """Who and what was joined leaves again before the notice."""
    case = joined(y).go("amend_violation", f"{y}-03-13", added__id="V2", added__facts="设置招牌两块")
    case.go("drop_violation", f"{y}-03-13", added__id="V2", added__left_reason="招牌为他人设置")
    left = {"joined__id": "P2", "joined__left_reason": "查明未雇用当事人"}
    return case.go("release_party", f"{y}-03-13", **left)


def no_penalty(y: str) -> Live:
    case = corrected(y).go("join_party", f"{y}-03-13", **FIRM)
    none = dict.fromkeys(("P1.V1", "P2.V1"), 0.0)
    case.go(
        "close_investigation",
        f"{y}-03-14",
        **weighed(none),
        investigation_report__no_penalty_ground="not_proved",
    )
    case.go("adjudicate", f"{y}-03-15", "case_centre_reviewer").go("pass_legal_review", f"{y}-03-18")
    ground = {"no_penalty__ground": "not_proved", "no_penalty__reason": "无法证明"}
    case.go("propose_no_penalty", f"{y}-03-19", "squad_head", **ground)
    case.go("decide_no_penalty", f"{y}-03-20", "bureau_deputy_head", no_penalty__education="已教育")
    case.go("serve_no_penalty_on_party", f"{y}-03-21", **TO_FIRM)
    return case.go("serve_no_penalty", f"{y}-03-22", **SERVED)


SEVERAL: tuple[Callable[[str], Live], ...] = (
    served, enforced, dissolved, lapsed, shrunk, no_penalty,
    hearing_of_the_other, hearing_given_up_by_the_first, hearing_given_up,
)  # fmt: skip
