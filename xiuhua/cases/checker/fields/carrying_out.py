"""Service, payment, enforcement, publication, remedies and the archive. Pure data; see the package."""

from __future__ import annotations

from collections.abc import Mapping

_BLOCKS: Mapping[str, str] = {
    "services[]": """
        id: party
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
        id: party
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
    "archive": """
        day: archived_on
        count: case_count_in_volume index_pages actual_pages
        flag: cover note_sheet
        texts: groups""",
}

# Block → the list in which each of several parties who pay apart has one of its own.
OF_EACH: Mapping[str, str] = {
    "payment": "payments",
    "deferral": "deferrals",
    "surcharge": "surcharges",
    "demand": "demands",
    "enforcement": "enforcements",
    "court": "courts",
    "publicity": "publications",
}
FIELDS: Mapping[str, str] = {
    **_BLOCKS,
    **{f"{rows}[]": f"id: party\n{_BLOCKS[block]}" for block, rows in OF_EACH.items()},
    "deferrals[].plan[]": _BLOCKS["deferral.plan[]"],
    # The payments themselves are one list of the case.
    "payments[].items[]": _BLOCKS["payment.items[]"],
}
