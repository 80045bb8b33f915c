"""For which stage of a case each parameter matters. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """Until which event of the case a parameter matters, in which procedures; `substance`: it follows the act."""

    until: str
    procedures: frozenset[str] = frozenset({"summary", "ordinary"})
    substance: bool = False


SUMMARY, ORDINARY = frozenset({"summary"}), frozenset({"ordinary"})
_UNTIL: Mapping[str, tuple[str, frozenset[str], str]] = {
    "filing": ("filed_on", ORDINARY, "filing_days filing_required"),
    "on the spot": (
        "decided_on",
        SUMMARY,
        "summary_fine_citizen summary_fine_organisation on_spot_reconsideration_first",
    ),
    "before the decision": (
        "decided_on",
        ORDINARY,
        "decision_days decision_months_environment discussion_quorum discussion_needs_heavier hearing_request_days "
        "hearing_notice_days hearing_record_binding hearing_confiscation_counts hearing_fine_citizen "
        "hearing_fine_organisation hearing_kinds legal_review_every_ordinary legal_review_qualification "
        "legal_review_kinds notice_planned_penalty_required registration_days registration_by_head "
        "camera_review_required measure_days measure_extension_days measure_urgent_report_hours "
        "assistance_answer_days crime_referral_days",
    ),
    "before any decision": (
        "decided_on",
        SUMMARY | ORDINARY,
        "min_officers certificate_shown defence_days individual_business_counts_as same_act_higher_range "
        "lighter_later_law",
    ),
    "service": ("served_on", ORDINARY, "service_days announcement_days electronic_service"),
    "after the decision": (
        "",
        SUMMARY | ORDINARY,
        "cash_limit cash_hand_in_days cash_deposit_days cash_hard_to_enforce cash_remote_on_request pay_days "
        "surcharge_percent surcharge_cap_percent surcharge_pauses_in_remedy publicity_days "
        "publicity_withdrawal_days publication_of_decisions reconsideration_days reconsideration_bodies "
        "reconsideration_bodies_of_town "
        "reconsideration_answer_days reconsideration_answer_days_simple reconsideration_decision_days "
        "reconsideration_decision_days_simple reconsideration_extension_days reconsideration_simple_amount "
        "litigation_months litigation_days_after_reconsideration litigation_answer_days demand_court_days "
        "court_application_months enforcement_court "
        "summary_cases_per_volume collecting_bank upload_days perishable_days unclaimed_days",
    ),
    "after the spot": ("", SUMMARY, "on_spot_report_days"),
}
STAGES: Mapping[str, Stage] = {
    name: Stage(until, procedures) for until, procedures, names in _UNTIL.values() for name in names.split()
} | {name: Stage("decided_on", substance=True) for name in ("limitation_months", "limitation_months_health")}
# Parameters of leads and of figures, which no case waits for.
NOT_OF_CASES = frozenset(
    {
        "lead_transfer_days",
        "reporter_answer_days",
        "sanitation_complaint_days",
        "outlier_least_cases",
        "outlier_of_box",
        "repeat_months",
        "repeat_metres",
        "outlier_of_span",
    }
)
