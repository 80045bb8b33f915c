"""What a move states by being that move, and asks nobody. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.guards.remedies import TAKEN_BACK

TOLD = {
    "decision.tells_reconsideration": True,
    "decision.tells_litigation": True,
    "decision.surcharge_told": True,
    "decision.number_series": "money10",
}
# A closed case whose decision fell is open again, and will be closed on another day.
REOPENED: Mapping[str, Any] = {"case.closed_on": None, "case.close_reason": None}
# What a move states by being that move.
FIXED: Mapping[str, Mapping[str, Any]] = {
    "dismiss_no_violation": {"violation.found": False},
    "tell_facts_and_rights": {
        "notice.facts": True,
        "notice.reasons": True,
        "notice.tells_defence": True,
        "notice.oral": True,
    },
    "hear_defence": {"defence.recorded": True},
    "drop_after_defence": {"defence.adopted": True},
    "decide_on_spot": {**TOLD, "decision.defence_noted": True, "decision.certificate_shown": True},
    "close_summary": {"case.close_reason": "performed"},
    "close_reported": {"case.close_reason": "performed"},
    "accept_machine_evidence": {"exhibit.from_auto_camera": True, "exhibit.relied_on": True},
    "suspend_investigation": {"suspension.ended_on": None},
    "propose_crime_referral": {"violation.crime_suspected": True},
    "take_back_from_police": {"referral.police_result": "refused"},
    "end_by_criminal_case": {"referral.police_result": "filed"},
    "adjudicate": {"adjudication.opinion": "pass"},
    "pass_legal_review": {"legal_review.opinion": "pass"},
    "fail_legal_review": {"legal_review.opinion": "reject"},
    "serve_prior_notice": {"notice.facts": True, "notice.reasons": True, "notice.tells_defence": True},
    "receive_defence": {"defence.recorded": True},
    "receive_defence_instead": {"defence.recorded": True},
    "renotify_changed_penalty": dict.fromkeys(
        ("notice", "defence", "defences", "hearing", "hearing_requests"), None
    ),
    "decide_penalty": {
        **TOLD,
        "decision.sealed": True,
        "decision.facts": True,
        "decision.evidence_listed": True,
    },
    "decide_after_discussion": {
        **TOLD,
        "decision.sealed": True,
        "decision.facts": True,
        "decision.evidence_listed": True,
    },
    "decide_no_penalty": {"no_penalty.education_given": True},
    "drop_after_hearing_or_defence": {"no_penalty.education_given": True},
    "enter_deferral": {"deferral.hardship_stated": True},
    "defer_late": {"deferral.hardship_stated": True},
    "redo_after_annulment": dict.fromkeys(
        (
            *TAKEN_BACK,
            *("decision", "no_penalty", "payment", "services", "shares"),
            # What ran for the old decision: the new one has days, surcharge and force of its own.
            *("deferral", "surcharge", "demand", "enforcement", "termination", "court"),
        ),
        None,
    ),
    "annul_closed_decision": REOPENED,
    # An on-the-spot case ends where its decision fell: nothing of it is done again.
    "annul_closed": {"case.close_reason": "annulled"},
    **{
        move: {
            "publicity.masked_id": True,
            "publicity.masked_address": True,
            "publicity.shows_representative_id": False,
        }
        for move in ("publish_decision", "publish_deferred", "publish_overdue", "publish_performed")
    },
    **{
        f"close_{reason}": {"case.close_reason": reason}
        for reason in (
            "annulled",
            "performed",
            "executed",
            "terminated",
            "no_penalty",
            "withdrawn",
            "criminal",
            "referred",
        )
    },
}
