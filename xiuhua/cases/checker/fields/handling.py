"""The case itself, its act, its norm, its party and its people. Pure data; see the package."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, str] = {
    "case": """
        procedure: procedure
        text: case_no lead_source handling_unit_kind authority_kind authority_name close_reason street_power_basis
        text: decision_limit_extension_basis
        day: lead_received_on reporter_told_on closed_on earlier_filing_elsewhere_on
        flag: complex_or_major public_interest multi_legal_relations review_required_by_act appointed_jurisdiction
        count: decision_limit_extended_by_days
        texts: handling_area_codes recording_steps
        rows: suspensions""",
    "case.suspensions[]": """
        day: from_on to_on
        text: ground
        id: approved_by
        flag: stops_clock""",
    "violation": """
        day: occurred_on ended_on discovered_on corrected_on
        text: place_code
        flag: continuing first_offence slight harm crime_suspected affects_life_health_finance gains_returned
        number: illegal_gains""",
    "cause": """
        text: code basis statutory_enforcer transfer_basis
        day: version_from version_to lighter_later_version_from
        number: floor ceiling
        numbers: concurrent_ceilings
        flag: needs_refusal seize_power
        texts: kinds_allowed""",
    "party": """
        party_kind: kind
        text: name id_no address phone usci licence_no trade_name legal_representative
        day: birth_date
        flag: lacks_capacity""",
    "parties[]": """
        id: id
        party_kind: kind
        text: name id_no address phone usci licence_no trade_name legal_representative reason left_reason
        day: birth_date joined_on left_on
        flag: lacks_capacity""",
    "violations[]": """
        id: id same_act_as
        ids: evidence_ids
        day: occurred_on ended_on discovered_on corrected_on joined_on left_on
        text: place_code reason left_reason
        flag: continuing first_offence slight harm crime_suspected affects_life_health_finance gains_returned
        number: illegal_gains""",
    "causes[]": """
        id: violation
        text: code basis statutory_enforcer transfer_basis
        day: version_from version_to lighter_later_version_from
        number: floor ceiling
        numbers: concurrent_ceilings
        flag: needs_refusal seize_power
        texts: kinds_allowed""",
    "officers[]": """
        id: id
        text: name certificate_no kind
        day: certificate_from certificate_to
        flag: interest_declared""",
    "filing": """
        day: proposed_on approved_on
        ids: proposer_ids
        id: approver_id
        text: approver_role""",
    "recusals[]": """
        id: person_id
        day: decided_on
        text: decided_by_role result""",
    "referral": """
        day: police_handed_on
        text: police_result""",
}
