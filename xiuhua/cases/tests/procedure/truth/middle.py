"""The investigation, its evidence, suspected crime, and the desks between investigation and notice."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import DAY, no, yes

SIGNED = "record_signed_or_noted"


def inspected(**row: Any) -> dict[str, Any]:
    return {"inspections": [row]}


def talked(**row: Any) -> dict[str, Any]:
    return {"interviews": [{"page_count": 2, "pages_signed": 2, **row}]}


def asked_for(**row: Any) -> dict[str, Any]:
    wanted = {"to": "示例物业", "items": [{"name": "租赁合同"}], "due_on": "2023-05-20"}
    return {"evidence_requests": [{**wanted, **row}]}


RECORDS = (
    yes(SIGNED, step=inspected(party_signed=True)),
    yes(SIGNED, step=inspected(witness_signed=True)),
    yes(SIGNED, step=inspected(refusal_noted=True, no_witness_reason="无人愿意")),
    no(SIGNED, step=inspected(refusal_noted=True)),
    no(SIGNED, step=inspected()),
    no(SIGNED, step={}),
    no(SIGNED, **inspected(party_signed=True)),
    yes(SIGNED, step=talked()),
    no(SIGNED, step=talked(pages_signed=1)),
    no(SIGNED, step=talked(page_count=0, pages_signed=0)),
    no(SIGNED, step=talked(page_count=None)),
    yes(SIGNED, step=talked(pages_signed=0, refusal_noted=True)),
    yes(SIGNED, step=talked(pages_signed=0, video_replaces_record=True, video_ref="V1")),
    no(SIGNED, step=talked(pages_signed=0, video_replaces_record=True)),
    no(SIGNED, step={**inspected(party_signed=True), **talked(pages_signed=1)}),
    yes("rights_told", step=talked(rights_told=True)),
    no("rights_told", step=talked()),
    no("rights_told", step={}),
    yes("party_told_of_sampling", step={"samples": [{"party_told": True, "voucher_no": "示例1"}]}),
    no("party_told_of_sampling", step={"samples": [{"party_told": True}]}),
    no("party_told_of_sampling", step={"samples": [{"voucher_no": "示例1"}]}),
    no("party_told_of_sampling", step={}),
    yes("evidence_asked_for", step=asked_for()),
    no("evidence_asked_for", step=asked_for(to=" ")),
    no("evidence_asked_for", step=asked_for(items=[])),
    no("evidence_asked_for", step=asked_for(due_on="2023-05-15")),
    no("evidence_asked_for", step={}),
    yes("question_for_other_department", step={"assistance": [{"to": "规划局", "question": "有无许可"}]}),
    no("question_for_other_department", step={"assistance": [{"to": "规划局"}]}),
    no("question_for_other_department", step={"assistance": [{"question": "有无许可"}]}),
    no("question_for_other_department", step={}),
    yes("expert_qualified", step={"tests": [{"qualification_no": "示例CMA"}]}),
    no("expert_qualified", step={"tests": [{"qualification_no": ""}]}),
    no("expert_qualified", step={}),
    yes("party_told_of_test_period", step={"tests": [{"told_on": DAY, "until": "2023-06-01"}]}),
    no("party_told_of_test_period", step={"tests": [{"until": "2023-06-01"}]}),
    no("party_told_of_test_period", step={"tests": [{"told_on": DAY}]}),
    no("party_told_of_test_period", step={}),
    yes("violation_found_prima_facie", evidence=[{}]),
    yes("violation_found_prima_facie", inspections=[{}]),
    no("violation_found_prima_facie"),
    no("violation_found_prima_facie", evidence=[{}], violation={"found": False}),
)


def order(**changed: Any) -> dict[str, Any]:
    return {
        "correction": {
            "ordered_on": "2023-05-10",
            "due_on": "2023-05-15",
            "rechecked_on": DAY,
            "recheck_result": "not_corrected",
            **changed,
        }
    }


DUE = "correction_due_reached"
CORRECTION = (
    yes(DUE, **order()),
    yes(DUE, **order(recheck_result="partly_corrected")),
    no(DUE, **order(rechecked_on="2023-05-15")),
    no(DUE, **order(due_on=None)),
    yes(DUE, **order(recheck_result="corrected", rechecked_on="2023-05-11")),
    no(DUE, **order(recheck_result="corrected", rechecked_on="2023-05-09")),
    no(DUE, **order(rechecked_on=None)),
    no(DUE, **order(ordered_on=None)),
    yes(
        "correction_ordered_if_penalty",
        investigation_report={"proposed_fine": 1},
        correction={"ordered_on": DAY},
    ),
    yes("correction_ordered_if_penalty", investigation_report={"proposed_kinds": []}),
    no("correction_ordered_if_penalty", investigation_report={"proposed_fine": 1}),
    no("correction_ordered_if_penalty", investigation_report={"proposed_kinds": ["warning"]}),
    yes("tier_named", investigation_report={"proposed_fine": 1, "tier": "lighter"}),
    yes("tier_named", investigation_report={}),
    no("tier_named", investigation_report={"proposed_fine": 1}),
    no("tier_named", investigation_report={"proposed_fine": 1, "tier": "sometimes"}),
    yes("registration_settled", registrations=[{"handled_on": DAY}]),
    yes("registration_settled"),
    no("registration_settled", registrations=[{"handled_on": DAY}, {"made_on": DAY}]),
    yes("facts_proved", evidence=[{}, {"relied_on": True}]),
    no("facts_proved", evidence=[{"relied_on": False}]),
    no("facts_proved"),
    no("facts_proved", evidence=[{"id": "E1", "relied_on": True}, {"id": "E1", "relied_on": False}]),
)


def item(**changed: Any) -> dict[str, Any]:
    whole = {
        "kind": "physical",
        "collected_on": DAY,
        "collected_by": ["A", "B"],
        "relied_on": True,
        **changed,
    }
    return {"evidence": [whole]}


FORMAL = "evidence_formal_ok"
OPINION = {"kind": "expert_opinion", "source": "other_agency", "expert_qualification_no": "示例"}
EVIDENCE = (
    yes(FORMAL),
    yes(FORMAL, **item()),
    yes(FORMAL, **item(kind="hearsay", relied_on=False)),
    no(FORMAL, **item(kind="hearsay")),
    no(FORMAL, **item(collected_on=None)),
    no(FORMAL, **item(collected_by=["A"])),
    yes(FORMAL, **item(collected_by=[], source="party")),
    yes(FORMAL, **item(is_copy=True, source_signed=True)),
    no(FORMAL, **item(is_copy=True)),
    yes(FORMAL, **item(kind="audio_visual", sha256="示例", note="现场录像")),
    no(FORMAL, **item(kind="audio_visual", note="现场录像")),
    no(FORMAL, **item(kind="electronic", sha256="示例")),
    yes(FORMAL, **item(**OPINION, told_party_on=DAY)),
    no(FORMAL, **item(**OPINION)),
    no(FORMAL, **item(kind="expert_opinion", source="other_agency", told_party_on=DAY)),
    yes(FORMAL, **item(id="E1", kind="hearsay"), step=item(id="E1")),
)

SHOT = {
    "from_auto_camera": True,
    "relied_on": True,
    "captured_at": "2023-03-28T20:15",
    "device_legal_review_on": "2022-06-01",
    "device_technical_review_on": "2022-06-10",
    "device_published_on": "2023-03-28",
    "record_reviewed_on": DAY,
}


def shot(**changed: Any) -> dict[str, Any]:
    return {"evidence": [{"from_auto_camera": False}, {**SHOT, **changed}]}


CAMERA = (
    *(
        line
        for guard, name in (
            ("device_legal_reviewed", "device_legal_review_on"),
            ("device_technically_reviewed", "device_technical_review_on"),
            ("device_place_published", "device_published_on"),
        )
        for line in (
            yes(guard, step=shot()),
            no(guard, step=shot(**{name: "2023-03-29"})),
            no(guard, step=shot(**{name: None})),
            no(guard, step=shot(captured_at=None)),
            no(guard, step={}),
            no(guard, **shot()),
            yes("machine_evidence_valid", **shot()),
            no("machine_evidence_valid", **shot(**{name: "2023-03-29"})),
            yes("machine_evidence_valid", **shot(**{name: None}, relied_on=False)),
        )
    ),
    yes("record_content_reviewed", step=shot()),
    no("record_content_reviewed", step=shot(record_reviewed_on="2023-05-17")),
    no("record_content_reviewed", step=shot(record_reviewed_on=None)),
    no("record_content_reviewed", step={}),
    no("machine_evidence_valid", **shot(record_reviewed_on=None)),
    yes("machine_evidence_valid"),
)

ENDED = {"ended_on": DAY}
SUSPENDED = {"from_on": "2023-05-01", "to_on": DAY, "ground": "等待鉴定", "approved_by": "Z"}
ON_AND_OFF = (
    yes("suspension_ground_exists", step={"suspension": {"ground": "等待鉴定", "approved_by": "Z"}}),
    no("suspension_ground_exists", step={"suspension": {"ground": " ", "approved_by": "Z"}}),
    no("suspension_ground_exists", step={"suspension": {"ground": "等待鉴定"}}),
    no("suspension_ground_exists", suspension={"ground": "等待鉴定", "approved_by": "Z"}),
    yes("suspension_ground_gone", step={"suspension": ENDED, "case": {"suspensions": [SUSPENDED]}}),
    no("suspension_ground_gone", step={"suspension": ENDED}),
    no("suspension_ground_gone", step={"suspension": {}, "case": {"suspensions": [SUSPENDED]}}),
    no(
        "suspension_ground_gone",
        step={"suspension": {"ended_on": "2023-05-17"}, "case": {"suspensions": [{}]}},
    ),
    no(
        "suspension_ground_gone",
        step={"suspension": ENDED, "case": {"suspensions": [{"to_on": "2023-05-02"}]}},
    ),
    yes("no_ground_after_filing", investigation={"result": "not_proved", "reason": "无法证实"}),
    no("no_ground_after_filing", investigation={"result": "not_proved"}),
    no("no_ground_after_filing", investigation={"result": "tired", "reason": "无法证实"}),
    yes("goods_go_along"),
    yes("goods_go_along", measures=[{"outcome": "returned"}], registrations=[{"handled_on": DAY}]),
    yes("goods_go_along", measures=[{}], referral={"goods_sent": True}),
    no("goods_go_along", measures=[{}]),
    no("goods_go_along", registrations=[{}]),
)

GIVEN = {"police_notice_no": "示例公"}
CRIME = (
    yes("crime_suspected", violation={"crime_suspected": True}),
    no("crime_suspected", violation={"crime_suspected": "maybe"}),
    no("crime_suspected"),
    yes("decided_by_first_head", referral={"approver_role": "bureau_head"}),
    yes("decided_by_first_head", referral={"approver_role": "town_approver"}),
    yes("decided_by_first_head", referral={"approver_role": "bureau_deputy_head", "acting_head": True}),
    no("decided_by_first_head", referral={"approver_role": "bureau_deputy_head"}),
    yes("decided_by_first_head", roles=("bureau_head",)),
    no("decided_by_first_head", roles=("bureau_deputy_head",)),
    yes("crime_papers_complete", referral={"materials": ["letter", "report", "goods_list"]}),
    no("crime_papers_complete", referral={"materials": ["letter", "report"]}),
    no("crime_papers_complete"),
    no(
        "crime_papers_complete",
        evidence=[{"kind": "expert_opinion"}],
        referral={"materials": ["letter", "report", "goods_list"]},
    ),
    yes(
        "crime_papers_complete",
        evidence=[{"kind": "expert_opinion"}],
        referral={"materials": ["letter", "report", "goods_list", "expert_papers"]},
    ),
    yes("seized_goods_go_along", measures=[{"outcome": "returned"}]),
    yes("seized_goods_go_along", measures=[{}], referral={"goods_sent": True}),
    no("seized_goods_go_along", measures=[{}]),
    yes("police_refused_filing", referral={"police_result": "refused", **GIVEN}),
    no("police_refused_filing", referral={"police_result": "filed", **GIVEN}),
    no("police_refused_filing", referral={"police_result": "refused"}),
    yes("police_filed_case", referral={"police_result": "filed", **GIVEN}),
    no("police_filed_case", referral={"police_result": "refused", **GIVEN}),
    no("police_filed_case", referral={"police_result": "filed"}),
    yes("goods_handed_to_police"),
    yes("goods_handed_to_police", measures=[{}], referral={"goods_receipt": "示例回执"}),
    no("goods_handed_to_police", confiscated=[{}]),
    yes("referral_receipt_present", referral={"receipt": "示例回执"}),
    no("referral_receipt_present"),
)

PAPERS = [{"kind": "filing_form"}, {"kind": "investigation_report"}, {"kind": "inspection_record"}]
APART = "reviewer_not_investigator"
ACTED: tuple[dict[str, Any], ...] = (
    {"inspections": [{"officer_ids": ["A"]}]},
    {"interviews": [{"officer_ids": ["A"]}]},
    {"samples": [{"officer_ids": ["A"]}]},
    {"measures": [{"officer_ids": ["A"]}]},
    {"correction": {"officer_ids": ["A"]}},
    {"correction": {"recheck_officer_ids": ["A"]}},
    {"filing": {"officer_ids": ["A"]}},
    {"replacements": [{"out_id": "B", "in_id": "A"}]},
)
REVIEW = (
    yes("file_complete", documents=PAPERS, evidence=[{}]),
    yes("file_complete", documents=[*PAPERS[:2], {"kind": "interview_record"}], evidence=[{}]),
    no("file_complete", documents=PAPERS),
    no("file_complete", documents=PAPERS[1:], evidence=[{}]),
    no("file_complete", documents=PAPERS[:2], evidence=[{}]),
    *(no(APART, by="A", **acted) for acted in ACTED),
    *(yes(APART, by="C", **acted) for acted in ACTED),
    *(no(APART, step={"adjudication": {"reviewer_id": "A"}}, **acted) for acted in ACTED[:1]),
    *(no(APART, by="C", step={"legal_review": {"reviewer_id": "A"}}, **acted) for acted in ACTED[:1]),
    *(no(APART, by="A", step={"legal_review": {"reviewer_id": "C"}}, **acted) for acted in ACTED[:1]),
    *(yes(APART, by="C", step={"legal_review": {"reviewer_id": "C"}}, **acted) for acted in ACTED[:1]),
    no(APART),
    no("not_the_investigator", by="A", **ACTED[0]),
    no("not_the_investigator", step={"decision": {"approver_id": "A"}}, **ACTED[0]),
    no("not_the_investigator", step={"no_penalty": {"approver_id": "A"}}, **ACTED[0]),
    no("not_the_investigator"),
    yes("not_the_investigator", by="Z", step={"decision": {"approver_id": "Z"}}, **ACTED[0]),
    yes("legal_reviewer_qualified", legal_review={"first_time_reviewer": False}),
    yes("legal_reviewer_qualified", legal_review={"first_time_reviewer": True, "qualification_no": "示例"}),
    no("legal_reviewer_qualified", legal_review={"first_time_reviewer": True}),
    yes(
        "legal_reviewer_qualified",
        legal_review={"first_time_reviewer": True},
        params={"legal_review_qualification": False},
    ),
)


def reviewed(**changed: Any) -> dict[str, Any]:
    return {"legal_review": {"on": "2023-05-05", "opinion": "pass", "reviewer_id": "L", **changed}}


OK = "legal_review_ok"
BUREAU = {"case": {"authority_kind": "district_bureau"}}
TOWN = {"case": {"authority_kind": "town_government"}}
LEGAL = (
    yes(OK, **BUREAU, **reviewed()),
    no(OK, **BUREAU),
    yes(OK, **BUREAU, day="2018-09-26"),
    yes(OK, **TOWN),
    no(OK, case={**TOWN["case"], "public_interest": True}),
    no(OK, case={**TOWN["case"], "multi_legal_relations": True}),
    no(OK, case={**TOWN["case"], "review_required_by_act": True}),
    no(OK, **TOWN, hearing={"told_on": "2023-05-08"}),
    no(OK, **TOWN, decision={"tier": "mitigated"}),
    no(OK, **TOWN, **reviewed(opinion="reject")),
    no(OK, **BUREAU, **reviewed(on="2023-05-17")),
    no(OK, **BUREAU, **reviewed(), decision={"approver_id": "L"}),
    no(OK, **BUREAU, **reviewed(), by="L"),
    yes(OK, **BUREAU, **reviewed(), by="Z"),
)

CASES = (
    *RECORDS,
    *CORRECTION,
    *EVIDENCE,
    *CAMERA,
    *ON_AND_OFF,
    *CRIME,
    *REVIEW,
    *LEGAL,
)
