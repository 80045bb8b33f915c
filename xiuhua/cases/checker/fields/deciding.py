"""Review, notice, hearing, discussion and decision. Pure data; see the package."""

from __future__ import annotations

from collections.abc import Mapping

# What falls to one party for one act, in the report, the notice and the decision.
ITEM = """
        id: party violation
        texts: kinds
        number: fine floor ceiling
        text: tier basis mitigation_ground aggravation_ground"""

FIELDS: Mapping[str, str] = {
    "adjudication": """
        day: on
        id: reviewer_id
        text: opinion""",
    "legal_review": """
        day: on
        id: reviewer_id
        text: opinion qualification_no
        flag: first_time_reviewer""",
    "notice": """
        text: number party_name basis
        day: issued_on served_on renotified_on
        texts: planned_kinds
        number: planned_fine planned_confiscation
        count: defence_days
        rows: items
        flag: facts reasons tells_defence tells_hearing""",
    "notice.items[]": ITEM,
    "defences[]": """
        id: party
        day: received_on rechecked_on
        text: reason
        flag: recorded adopted waived_in_writing""",
    "defence": """
        day: received_on rechecked_on
        text: reason
        flag: recorded adopted waived_in_writing""",
    "hearing": """
        day: told_on requested_on notice_served_on held_on report_on
        id: host_id recorder_id
        text: private_ground
        flag: public record_signed refusal_noted waived_in_writing ended_by_absence""",
    "hearing_requests[]": """
        id: party
        day: requested_on waived_on
        flag: waived_in_writing""",
    "discussion": """
        day: on second_on
        id: chair_id
        ids: present_ids
        flag: opinions_recorded minutes_signed
        number: conclusion_fine""",
    "decision": """
        text: number number_series time place approver_role tier aggravation_ground mitigation_ground basis basis_note
        text: authority_name party_name change_reason bank_name
        day: decided_on delivered_on filed_with_agency_on
        id: approver_id
        ids: signed_by
        texts: kinds reconsideration_bodies
        number: fine
        count: reconsideration_days litigation_months pay_days
        flag: certificate_shown sign_refused refusal_noted defence_noted sealed facts evidence_listed surcharge_told
        flag: tells_reconsideration tells_litigation tells_reconsideration_first lighter_law_considered
        flag: waiver_considered
        rows: items""",
    "decision.items[]": ITEM,
    "no_penalty": """
        day: decided_on
        text: ground
        flag: education_given""",
    "other_decisions[]": """
        text: number party_name
        day: decided_on
        number: fine
        flag: same_act""",
    "documents[]": """
        text: kind authority_name
        day: issued_on
        flag: sealed blanks_struck""",
}
