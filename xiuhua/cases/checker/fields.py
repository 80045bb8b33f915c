"""The fields of one case file as rules and doors name them. Pure data.

A block is a dict, a name that ends in `[]` a list of rows. What a field holds:

    day      YYYY-MM-DD                 moment   YYYY-MM-DDTHH:MM
    number   yuan, or a share           count    a whole number, 0 or more
    flag     true or false              text     any words, a code, a number of a paper
    mark     a flag, or words that stand for yes
    id       an officer or an exhibit   ids, texts, numbers   lists of such
    rows     a list of rows, whose fields stand under `block.field[]`
    party_kind, procedure   one of the codes of CODES
"""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, tuple[str, ...]] = {
    "procedure": ("ordinary", "summary"),
    "party_kind": ("citizen", "organisation", "individual_business"),
}

# One line for each kind of value: `kind: field field …`.
_FIELDS: Mapping[str, str] = {
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
    "inspections[]": """
        id: id
        text: kind no_witness_reason
        day: on
        ids: officer_ids
        flag: certificate_shown party_signed refusal_noted witness_signed""",
    "interviews[]": """
        id: id
        moment: from_at to_at
        ids: officer_ids person_ids
        flag: certificate_shown rights_told refusal_noted after_return video_replaces_record
        count: page_count pages_signed
        text: video_ref""",
    "evidence[]": """
        id: id
        text: kind note source sha256 expert_qualification_no
        day: collected_on device_legal_review_on device_technical_review_on device_published_on
        day: record_reviewed_on told_party_on
        moment: captured_at
        ids: collected_by
        flag: relied_on is_copy source_signed from_auto_camera after_return""",
    "registrations[]": """
        id: id
        day: approved_on made_on handled_on
        text: approver_role outcome
        flag: list_delivered""",
    "measures[]": """
        text: kind basis extension_approver_role outcome
        moment: approved_at implemented_at reported_at
        day: decision_served_on ended_on extended_on extension_served_on test_from test_to test_told_on
        day: claim_announced_on perishable_notice_on disposed_on
        ids: officer_ids
        count: list_copies
        flag: urgent certificate_shown party_present witness_signed told_rights remedies_told living_necessity
        flag: delegated""",
    "correction": """
        day: ordered_on served_on due_on rechecked_on
        text: recheck_result
        ids: officer_ids recheck_officer_ids""",
    "recusals[]": """
        id: person_id
        day: decided_on
        text: decided_by_role result""",
    "referral": """
        day: police_handed_on
        text: police_result""",
    "investigation_report": """
        day: on
        number: proposed_fine
        text: tier""",
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
        flag: facts reasons tells_defence tells_hearing""",
    "defence": """
        day: received_on rechecked_on
        text: reason
        flag: recorded adopted waived_in_writing""",
    "hearing": """
        day: told_on requested_on notice_served_on held_on report_on
        id: host_id recorder_id
        text: private_ground
        flag: public record_signed refusal_noted waived_in_writing ended_by_absence""",
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
        flag: waiver_considered""",
    "no_penalty": """
        day: decided_on
        text: ground
        flag: education_given""",
    "services[]": """
        text: document method receiver_relation reason refusal_reason
        mark: video
        day: on announced_on effective_on confirmation_signed_on post_receipt_on
        ids: officer_ids
        flag: receipt witness_signed other_methods_tried""",
    "deferral": """
        day: applied_on approved_on
        text: kind number approver_role
        flag: hardship_stated
        rows: plan""",
    "deferral.plan[]": """
        day: due
        number: amount""",
    "payment": """
        text: method cash_ground
        day: officer_handed_in_on agency_deposited_on
        rows: items""",
    "payment.items[]": """
        day: on
        number: amount
        text: receipt_no""",
    "surcharge": """
        day: from_on to_on
        number: amount waived
        count: days paused_days
        text: decision_number reason_less""",
    "demand": """
        day: served_on
        count: duty_days
        flag: asset_flight""",
    "enforcement": """
        day: decided_on
        moment: implemented_at
        flag: cut_utilities residence urgent""",
    "court": """
        day: applied_on remedy_ended_on start_on
        flag: signed_by_head sealed
        texts: materials""",
    "substitute": """
        day: decision_served_on demand_on executed_on notified_on
        text: place_kind
        id: supervisor_id
        flag: immediate party_absent all_signed""",
    "demolition": """
        moment: reported_at arrived_at demolished_at
        day: demand_served_on forced_decided_on notice_posted_on order_announced_on order_served_on remedy_ended_on
        day: reporter_told_on
        text: demand_by forced_decided_by
        flag: being_built goods_listed has_reporter urgent village_area""",
    "confiscated[]": """
        number: amount
        day: disposed_on remitted_on
        text: receipt_no""",
    "publicity": """
        flag: required masked_id masked_address shows_representative_id to_credit_catalogue
        day: published_on withdrawn_on overturned_on
        number: amount_wan
        text: number""",
    "reconsideration": """
        day: accepted_on copy_received_on replied_on decided_on
        text: procedure outcome""",
    "litigation": """
        day: accepted_on copy_received_on answered_on trial_on ended_on
        flag: head_attended
        mark: absence_statement""",
    "other_decisions[]": """
        text: number party_name
        day: decided_on
        number: fine
        flag: same_act""",
    "recording[]": """
        text: step gap_reason
        moment: from_at
        day: uploaded_on
        count: required_seconds recorded_seconds
        ids: item_ids""",
    "documents[]": """
        text: kind authority_name
        day: issued_on
        flag: sealed blanks_struck""",
    "archive": """
        day: archived_on
        count: case_count_in_volume index_pages actual_pages
        flag: cover note_sheet
        texts: groups""",
}


def _read(table: str) -> Mapping[str, str]:
    found = {}
    for line in table.split("\n"):
        kind, _, names = line.partition(":")
        found.update(dict.fromkeys(names.split(), kind.strip()))
    return found


# Block or list of rows → field → what it holds.
FIELDS: Mapping[str, Mapping[str, str]] = {name: _read(table) for name, table in _FIELDS.items()}
BLOCKS = frozenset(name for name in FIELDS if not name.endswith("[]"))
LISTS = frozenset(name[:-2] for name in FIELDS if name.endswith("[]") and "." not in name)
