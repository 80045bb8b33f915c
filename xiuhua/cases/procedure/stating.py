"""What a step must state to be that step at all: one field of its own fragment. Pure data.

The guards judge the whole file; this keeps an old fact from standing in for the act itself, such as the first
review for the second. A field called `on` or ending in `_on` is a day and may not lie after the step.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from xiuhua.cases.procedure.moves import Move

# Lapses and returns state nothing of their own but, where their guard asks it, a reason.
STATES_NOTHING = frozenset(
    {
        "acknowledge_warning",
        "fall_overdue",
        "reject_filing",
        "refuse_crime_referral",
        "return_for_evidence",
        "return_from_adjudication",
        "return_after_discussion",
        "waive_defence",
        "let_defence_lapse",
        "waive_hearing",
        "let_hearing_lapse",
        "perform",
        "perform_deferred",
        "perform_late",
        "settle_late",
        "break_deferral",
    }
)

# A path without a point is a list of which the step brings at least one row.
STATED: Mapping[str, str] = {
    "arrive_on_scene": "scene.arrived_at",
    "show_certificate": "inspections",
    "persuade": "persuasion.content",
    "dismiss_no_violation": "violation.found",
    "switch_to_ordinary": "switch.reason",
    "tell_facts_and_rights": "notice.planned_kinds",
    "hear_defence": "defence.recorded",
    "switch_after_defence": "switch.reason",
    "drop_after_defence": "defence.adopted",
    "decide_on_spot": "decision.decided_on",
    "hand_over_on_spot": "decision.delivered_on",
    "report_before_payment": "decision.filed_with_agency_on",
    "collect_cash": "payment.items",
    "hand_in_cash": "payment.officer_handed_in_on",
    "deposit_cash": "payment.agency_deposited_on",
    "pay_at_bank": "payment.items",
    "finish_by_force": "enforcement.finished_on",
    "annul_on_spot": "annulment.document",
    "annul_overdue": "annulment.document",
    "annul_paid": "annulment.document",
    "annul_recorded": "annulment.document",
    "annul_closed": "annulment.document",
    "report_for_record": "decision.filed_with_agency_on",
    "close_summary": "case.closed_on",
    "close_reported": "case.closed_on",
    "archive_case": "archive.archived_on",
    "check_lead": "inspections",
    "interview_at_check": "interviews",
    "order_correction_at_check": "correction.ordered_on",
    "pass_on_lead": "referral.to",
    "refuse_filing": "filing.refused_on",
    "propose_filing": "filing.proposed_on",
    "approve_filing": "filing.approved_on",
    "assign_officers": "filing.officer_ids",
    "decide_recusal": "recusals",
    "replace_officer": "replacements",
    "inspect": "inspections",
    "interview": "interviews",
    "take_samples": "samples",
    "request_evidence": "evidence_requests",
    "ask_assistance": "assistance",
    "commission_expert": "tests",
    "accept_machine_evidence": "evidence",
    "order_correction": "correction.ordered_on",
    "recheck_correction": "correction.rechecked_on",
    "suspend_investigation": "suspension.from_on",
    "resume_investigation": "suspension.ended_on",
    "withdraw_case": "investigation.result",
    "withdraw_suspended_case": "investigation.result",
    "transfer_jurisdiction": "referral.to",
    "propose_crime_referral": "referral.group_ids",
    "approve_crime_referral": "referral.approved_on",
    "hand_over_to_police": "referral.police_handed_on",
    "take_back_from_police": "referral.police_result",
    "end_by_criminal_case": "referral.police_result",
    "close_investigation": "investigation_report.on",
    "adjudicate": "adjudication.on",
    "pass_legal_review": "legal_review.on",
    "fail_legal_review": "legal_review.on",
    "propose_no_penalty": "no_penalty.ground",
    "decide_no_penalty": "no_penalty.decided_on",
    "serve_prior_notice": "notice.served_on",
    "offer_hearing": "hearing.told_on",
    "receive_defence": "defence.received_on",
    "receive_defence_instead": "defence.received_on",
    "recheck_defence": "defence.rechecked_on",
    "request_hearing": "hearing.requested_on",
    "request_hearing_before_decision": "hearing.requested_on",
    "take_hearing_result": "hearing.report_on",
    "renotify_changed_penalty": "renotice.on",
    "discuss_collectively": "discussion.on",
    "decide_penalty": "decision.decided_on",
    "decide_after_discussion": "decision.decided_on",
    "drop_after_hearing_or_defence": "no_penalty.decided_on",
    "serve_decision": "services",
    "serve_no_penalty": "services",
    "enter_deferral": "deferral.approved_on",
    "defer_late": "deferral.approved_on",
    "pay_instalment": "payment.items",
    "execute": "enforcement.finished_on",
    "terminate_execution": "termination.ground",
    "annul_decision": "annulment.document",
    "annul_overdue_decision": "annulment.document",
    "annul_performed_decision": "annulment.document",
    "annul_deferred_decision": "annulment.document",
    "annul_executed_decision": "annulment.document",
    "annul_terminated_decision": "annulment.document",
    "annul_no_penalty": "annulment.document",
    "annul_closed_decision": "annulment.document",
    "redo_after_annulment": "annulment.new_ground",
    "close_annulled": "case.closed_on",
    "publish_decision": "publicity.published_on",
    "publish_deferred": "publicity.published_on",
    "publish_overdue": "publicity.published_on",
    "publish_performed": "publicity.published_on",
    "close_performed": "case.closed_on",
    "close_executed": "case.closed_on",
    "close_terminated": "case.closed_on",
    "close_no_penalty": "case.closed_on",
    "close_withdrawn": "case.closed_on",
    "close_criminal": "case.closed_on",
    "close_referred": "case.closed_on",
}


@cache
def _split(path: str) -> tuple[str, str, bool]:
    """The block, the key in it, and whether it is a day."""
    name, _, key = path.partition(".")
    return name, key, path.endswith(("_on", ".on"))


_NOTHING: tuple[object, ...] = (None, "", [], {})


def unstated_by(move: Move, facts: Mapping[str, Any], day: str) -> str:
    """The same for a move that names its own fact, as those beside the main road do."""
    if move.states is None:
        return unstated(move.id, facts, day)
    return _missing(move.states, facts, day) if move.states else ""


def unstated(move_id: str, facts: Mapping[str, Any], day: str) -> str:
    """The path that a step of `move_id` must state and does not, or states as a later day; empty if all is well."""
    if move_id in STATES_NOTHING:
        return ""
    return _missing(STATED[move_id], facts, day)


def _missing(path: str, facts: Mapping[str, Any], day: str) -> str:
    name, key, is_day = _split(path)
    value = facts.get(name)
    if key and type(value) is dict:
        value = value.get(key)
        if is_day:
            return "" if type(value) is str and "" < value <= day else path
    return path if value in _NOTHING else ""
