"""The main road of each procedure, and the stations that the case page draws. Pure data.

The road is what a plain case travels; whatever lies beside it is reached from the table. A station is done when
one of its moves was made, or when the case has reached one of its states by a side way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

MAIN_ROAD: dict[str, tuple[str, ...]] = {
    "summary": (
        "arrive_on_scene",
        "show_certificate",
        "tell_facts_and_rights",
        "hear_defence",
        "decide_on_spot",
        "hand_over_on_spot",
        "report_before_payment",
        "collect_cash",
        "hand_in_cash",
        "deposit_cash",
        "pay_at_bank",
        "acknowledge_warning",
        "report_for_record",
        "close_summary",
        "close_reported",
        "archive_case",
    ),
    "ordinary": (
        "check_lead",
        "propose_filing",
        "approve_filing",
        "assign_officers",
        "inspect",
        "interview",
        "order_correction",
        "recheck_correction",
        "close_investigation",
        "adjudicate",
        "pass_legal_review",
        "serve_prior_notice",
        "offer_hearing",
        "receive_defence",
        "receive_defence_instead",
        "recheck_defence",
        "waive_defence",
        "let_defence_lapse",
        "waive_hearing",
        "let_hearing_lapse",
        "request_hearing",
        "take_hearing_result",
        "discuss_collectively",
        "decide_penalty",
        "decide_after_discussion",
        "serve_decision",
        "publish_decision",
        "perform",
        "enter_deferral",
        "pay_instalment",
        "perform_deferred",
        "fall_overdue",
        "perform_late",
        "publish_performed",
        "close_performed",
        "archive_case",
    ),
    "demolition": (
        "go_to_scene",
        "order_demolition",
        "go_to_scene_building",
        "stop_work",
        "order_stop_and_remove",
        "remove_by_self_building",
        "demolish_at_once",
        "serve_order",
        "serve_by_notice",
        "remove_by_self",
        "demand_by_government",
        "demand_by_town",
        "hear_defence",
        "report_to_government",
        "report_after_defence",
        "decide_forced",
        "decide_town_demolition",
        "demolish",
        "order_clearing",
        "clear_rubble",
        "close_removed",
        "close_cleared",
        "archive_case",
    ),
}

# The states of the plain case in their order: the spine of the diagram.
SPINE: dict[str, tuple[str, ...]] = {
    "summary": (
        "lead",
        "on_scene",
        "identified",
        "told",
        "defence_heard",
        "decided",
        "delivered",
        "paid",
        "recorded",
        "closed",
    ),
    "ordinary": (
        "lead",
        "checked",
        "filing_proposed",
        "filed",
        "investigating",
        "investigation_closed",
        "adjudicated",
        "legal_review_passed",
        "notified",
        "defence_received",
        "defence_done",
        "decided",
        "served",
        "performed",
        "closed",
    ),
    "demolition": (
        "found",
        "on_scene",
        "ordered",
        "order_served",
        "demanded",
        "reported",
        "forced_decided",
        "removed",
        "closed",
    ),
}

ON_ROAD: dict[str, frozenset[str]] = {name: frozenset(moves) for name, moves in MAIN_ROAD.items()}


@dataclass(frozen=True, slots=True)
class Station:
    """One mark on the drawn road. `optional` ones are passed only by cases that need them."""

    id: str
    label_zh: str
    label_en: str
    moves: frozenset[str]
    states: frozenset[str]
    optional: bool = False

    def is_done(self, made: Collection[str]) -> bool:
        """Whether one of the moves in `made` passes this station."""
        return not self.moves.isdisjoint(made)


def _station(id: str, zh: str, en: str, moves: str, states: str, *, optional: bool = False) -> Station:
    return Station(id, zh, en, frozenset(moves.split()), frozenset(states.split()), optional)


# `states` are those in which the case stands at this station: its next act is the station's.
# fmt: off
TRACK: dict[str, tuple[Station, ...]] = {
    "summary": (
        _station("scene", "到场", "On the scene", "arrive_on_scene", "lead"),
        _station("identify", "亮证", "Certificate shown", "show_certificate", "on_scene"),
        _station("tell", "告知", "Told", "tell_facts_and_rights", "identified"),
        _station("defend", "申辩", "Defence heard", "hear_defence", "told"),
        _station("decide", "决定", "Decision", "decide_on_spot", "defence_heard"),
        _station("deliver", "交付", "Handed over", "hand_over_on_spot", "decided"),
        _station("cash", "收缴解缴", "Cash handed in", "collect_cash hand_in_cash deposit_cash",
                 "cash_collected cash_with_agency", optional=True),
        _station("pay", "缴款", "Payment",
                 "pay_at_bank deposit_cash acknowledge_warning settle_late finish_by_force", "delivered overdue"),
        _station("report", "备案", "Reported", "report_before_payment report_for_record", "paid"),
        _station("close", "结案", "Closed", "close_summary close_reported", "recorded"),
        _station("archive", "归档", "Archived", "archive_case", "closed"),
    ),
    "ordinary": (
        _station("check", "核查", "Checked", "check_lead", "lead"),
        _station("file", "立案", "Filed", "approve_filing", "checked filing_proposed"),
        _station("investigate", "调查取证", "Investigation", "inspect interview interview_at_check",
                 "filed investigating suspended"),
        _station("correct", "责令改正", "Correction ordered", "order_correction order_correction_at_check", "",
                 optional=True),
        _station("recheck", "复查", "Rechecked", "recheck_correction", "", optional=True),
        _station("conclude", "调查终结", "Concluded", "close_investigation", ""),
        _station("adjudicate", "案件审理", "Adjudicated", "adjudicate", "investigation_closed"),
        _station("review", "法制审核", "Legal review", "pass_legal_review", "adjudicated"),
        _station("notify", "事先告知", "Prior notice", "serve_prior_notice", "legal_review_passed"),
        _station("defend", "陈述申辩", "Defence", "recheck_defence waive_defence let_defence_lapse waive_hearing "
                 "let_hearing_lapse take_hearing_result", "notified hearing_offered defence_received"),
        _station("hear", "听证", "Hearing", "take_hearing_result", "hearing_pending", optional=True),
        _station("discuss", "集体讨论", "Discussed", "discuss_collectively", "", optional=True),
        _station("decide", "处罚决定", "Decision", "decide_penalty decide_after_discussion",
                 "defence_done discussed"),
        _station("serve", "送达", "Served", "serve_decision", "decided"),
        _station("perform", "缴款履行", "Performed", "perform perform_deferred perform_late execute",
                 "served deferred overdue"),
        _station("close", "结案", "Closed",
                 "close_performed close_executed close_terminated close_no_penalty close_withdrawn close_annulled "
                 "close_criminal close_referred",
                 "performed executed execution_terminated no_penalty_served withdrawn annulled "
                 "ended_by_criminal_case referred closed"),
    ),
    "demolition": (
        _station("arrive", "到场取证", "On the scene", "go_to_scene go_to_scene_building", "found found_being_built"),
        _station("stop", "责令停建", "Work stopped", "stop_work order_stop_and_remove",
                 "on_scene_building stopped", optional=True),
        _station("order", "责令拆除", "Order", "order_demolition order_stop_and_remove", "on_scene"),
        _station("serve_order", "送达公告", "Served and announced", "serve_order serve_by_notice", "ordered"),
        _station("demand", "催告", "Demand", "demand_by_government demand_by_town", "order_served"),
        _station("hear_party", "听取申辩", "Defence heard", "hear_defence", "demanded", optional=True),
        _station("report_up", "报告区政府", "Reported", "report_to_government report_after_defence",
                 "defence_heard", optional=True),
        _station("decide_force", "强拆决定", "Forced demolition decided", "decide_forced decide_town_demolition",
                 "reported"),
        _station("remove", "拆除", "Removed", "demolish demolish_at_once remove_by_self remove_on_request "
                 "remove_by_self_building remove_after_demand remove_before_force",
                 "ordered_being_built forced_decided"),
        _station("clear", "清理", "Rubble cleared", "clear_rubble", "clearing", optional=True),
        _station("close_demolition", "结案", "Closed", "close_removed close_cleared close_lawful close_cancelled "
                 "close_annulled", "removed cleared lawful cancelled annulled closed"),
        _station("archive", "归档", "Archived", "archive_case", ""),
    ),
}
# fmt: on


def station_of(procedure: str, state: str) -> Station | None:
    """Where a case in `state` stands; None where it has left the drawn road."""
    for station in TRACK[procedure]:
        if state in station.states:
            return station
    return None
