"""What the investigation gathers. Pure data; see the package."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.checker.fields.deciding import ITEM

FIELDS: Mapping[str, str] = {
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
        flag: delegated
        rows: tests""",
    "measures[].tests[]": """
        day: from to told_on""",
    "correction": """
        day: ordered_on served_on due_on rechecked_on
        text: recheck_result
        ids: officer_ids recheck_officer_ids""",
    "investigation_report": """
        day: on
        number: proposed_fine
        text: tier
        rows: items""",
    "investigation_report.items[]": ITEM,
    "recording[]": """
        text: step gap_reason
        moment: from_at
        day: uploaded_on
        count: required_seconds recorded_seconds
        ids: item_ids""",
}
