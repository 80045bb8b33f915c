"""Guards of reconsiderations and suits."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

KNOWN: dict[str, Any] = {
    "delivered_on": "2024-03-01",
    "tells_reconsideration": True,
    "tells_litigation": True,
}
EARLY: dict[str, Any] = {**KNOWN, "delivered_on": "2018-03-01"}


def asked(day: str = "2026-06-01", **says: Any) -> dict[str, Any]:
    """A step of a reconsideration that says so."""
    return {"day": day, "matter": "reconsideration", "step": {"reconsideration": says}}


def sued(day: str = "2026-06-01", **says: Any) -> dict[str, Any]:
    """A step of a suit that says so."""
    return {"day": day, "matter": "litigation", "step": {"litigation": says}}


def review(**block: Any) -> dict[str, Any]:
    return {"matter": "reconsideration", "reconsideration": block}


def suit(**block: Any) -> dict[str, Any]:
    return {"matter": "litigation", "litigation": block}


SMALL: dict[str, Any] = {"kinds": ["fine"], "fine": 3000}
REPLY: dict[str, Any] = {"reply": "原决定正确", "evidence_list": "一至九", "evidence_handed_in": True}
ANSWER: dict[str, Any] = {"answer": "请求驳回", "evidence_list": "一至九", "evidence_handed_in": True}
SUMMARY, ORDINARY = {"procedure": "summary"}, {"procedure": "ordinary"}
BUREAU, TOWN = {"authority_kind": "district_bureau"}, {"authority_kind": "town_government"}
CAMERA: dict[str, Any] = {"id": "E1", "from_auto_camera": True}
PUBLISHED: dict[str, Any] = {"published_on": "2024-03-05", "amount_wan": 0.8}

RECONSIDERATION: tuple[Case, ...] = (
    # 60 days from 2024-03-01 end on 2024-04-30.
    yes("applied_in_60_days", decision=KNOWN, **asked(applied_on="2024-04-30")),
    no("applied_in_60_days", decision=KNOWN, **asked(applied_on="2024-05-01")),
    no("applied_in_60_days", decision=KNOWN, **asked(day="2024-04-29", applied_on="2024-04-30")),
    yes("applied_in_60_days", decision=KNOWN, **asked(applied_on="2024-05-01", late_reason="住院")),
    no("applied_in_60_days", decision=KNOWN, **asked(applied_on="2024-05-01", late_reason=" ")),
    yes(
        "applied_in_60_days",
        decision={**KNOWN, "tells_reconsideration": False},
        **asked(applied_on="2025-03-01"),
    ),
    no(
        "applied_in_60_days",
        decision={**KNOWN, "tells_reconsideration": False},
        **asked(applied_on="2025-03-02"),
    ),
    yes("applied_in_60_days", decision=EARLY, **asked(day="2018-04-30", applied_on="2018-04-30")),
    no("applied_in_60_days", decision=EARLY, **asked(day="2018-05-01", applied_on="2018-05-01")),
    no("applied_in_60_days", **asked(applied_on="2024-04-30")),
    # Until 2023 the party may choose against the bureau; a town's decision always goes to the district.
    yes("body_may_be_asked", case=BUREAU, **asked(day="2023-12-31", body="city_department")),
    no("body_may_be_asked", case=BUREAU, **asked(day="2024-01-01", body="city_department")),
    yes("body_may_be_asked", case=BUREAU, **asked(body="district_government")),
    yes("body_may_be_asked", case=TOWN, **asked(day="2018-05-16", body="district_government")),
    no("body_may_be_asked", case=TOWN, **asked(day="2018-05-16", body="city_department")),
    no("body_may_be_asked", case=BUREAU, **asked()),
    yes("on_spot_or_machine_decision", case=SUMMARY),
    yes("on_spot_or_machine_decision", case=ORDINARY, evidence=[CAMERA]),
    no("on_spot_or_machine_decision", case=ORDINARY, evidence=[{**CAMERA, "relied_on": False}]),
    no("on_spot_or_machine_decision", case=ORDINARY, evidence=[{"id": "E1"}]),
    yes("decision_found_wrong", **asked(self_check="wrong", found="当事人有误", document="纠正决定1号")),
    no("decision_found_wrong", **asked(self_check="right", found="当事人有误", document="纠正决定1号")),
    no("decision_found_wrong", **asked(self_check="wrong", found="", document="纠正决定1号")),
    no("decision_found_wrong", **asked(self_check="wrong", found="当事人有误")),
    yes("agency_upholds_decision", **asked(self_check="right", self_check_reason="事实清楚")),
    no("agency_upholds_decision", **asked(self_check="wrong", self_check_reason="事实清楚")),
    no("agency_upholds_decision", **asked(self_check="right")),
    yes("sixty_days_over", day="2024-05-01", decision=KNOWN),
    no("sixty_days_over", day="2024-04-30", decision=KNOWN),
    no("sixty_days_over", day="2024-05-01", decision={**KNOWN, "tells_reconsideration": False}),
    no("sixty_days_over", day="2024-05-01", decision=KNOWN, reconsiderations=[{"applied_on": "2024-04-01"}]),
    no("sixty_days_over", day="2024-05-01"),
    yes("sixty_days_over", day="2018-05-01", decision=EARLY),
    yes("reconsideration_notice_received", **asked(document="受理通知书1号")),
    no("reconsideration_notice_received", **asked(document="")),
    no("reconsideration_notice_received", **review(document="早先的通知书")),
    # Ten working days from Monday, 2025-03-03 end on 2025-03-17.
    yes(
        "completed_in_time",
        reconsideration={"completion_notice_on": "2025-03-03"},
        **asked(completed_on="2025-03-17"),
    ),
    no(
        "completed_in_time",
        reconsideration={"completion_notice_on": "2025-03-03"},
        **asked(completed_on="2025-03-18"),
    ),
    no("completed_in_time", **asked(completed_on="2025-03-17")),
    no("completed_in_time", **review(completion_notice_on="2025-03-03")),
    yes("completion_period_over", day="2025-03-18", **review(completion_notice_on="2025-03-03")),
    no("completion_period_over", day="2025-03-17", **review(completion_notice_on="2025-03-03")),
    no("completion_period_over", day="2025-03-18", **review()),
    no(
        "completion_period_over",
        day="2025-03-18",
        **review(completion_notice_on="2025-03-03", completed_on="2025-03-10"),
    ),
    yes("simple_reconsideration", case=SUMMARY, **asked(simple_ground="on_spot")),
    no("simple_reconsideration", case=ORDINARY, **asked(simple_ground="on_spot")),
    yes("simple_reconsideration", decision={"kinds": ["warning"]}, **asked(simple_ground="warning")),
    no("simple_reconsideration", decision={"kinds": ["warning", "fine"]}, **asked(simple_ground="warning")),
    no("simple_reconsideration", **asked(simple_ground="warning")),
    yes("simple_reconsideration", decision=SMALL, **asked(simple_ground="small_amount")),
    no("simple_reconsideration", decision={**SMALL, "fine": 3000.01}, **asked(simple_ground="small_amount")),
    no("simple_reconsideration", **asked(simple_ground="small_amount")),
    yes("simple_reconsideration", **asked(simple_ground="agreed")),
    no("simple_reconsideration", **asked()),
    # Ten calendar days under the old law, ten working days since, five in the simple procedure.
    yes(
        "reply_with_evidence",
        reconsideration={"copy_received_on": "2018-05-03"},
        **asked(day="2018-05-13", replied_on="2018-05-13", **REPLY),
    ),
    no(
        "reply_with_evidence",
        reconsideration={"copy_received_on": "2018-05-03"},
        **asked(day="2018-05-14", replied_on="2018-05-14", **REPLY),
    ),
    yes(
        "reply_with_evidence",
        reconsideration={"copy_received_on": "2025-03-03"},
        **asked(replied_on="2025-03-17", **REPLY),
    ),
    no(
        "reply_with_evidence",
        reconsideration={"copy_received_on": "2025-03-03"},
        **asked(replied_on="2025-03-18", **REPLY),
    ),
    yes(
        "reply_with_evidence",
        reconsideration={"copy_received_on": "2025-03-03", "procedure": "simple"},
        **asked(replied_on="2025-03-10", **REPLY),
    ),
    no(
        "reply_with_evidence",
        reconsideration={"copy_received_on": "2025-03-03", "procedure": "simple"},
        **asked(replied_on="2025-03-11", **REPLY),
    ),
    *(
        no(
            "reply_with_evidence",
            reconsideration={"copy_received_on": "2025-03-03"},
            **asked(replied_on="2025-03-10", **{**REPLY, **less}),
        )
        for less in ({"reply": ""}, {"evidence_list": ""}, {"evidence_handed_in": False})
    ),
    no("reply_with_evidence", **asked(replied_on="2025-03-10", **REPLY)),
    yes("reply_missed", day="2025-03-18", **review(copy_received_on="2025-03-03")),
    no("reply_missed", day="2025-03-17", **review(copy_received_on="2025-03-03")),
    no("reply_missed", day="2025-03-18", **review(copy_received_on="2025-03-03", replied_on="2025-03-10")),
    no("reply_missed", day="2025-03-18", **review()),
    yes("reply_missed", day="2018-05-14", **review(copy_received_on="2018-05-03")),
    yes("withdrawal_voluntary", **asked(voluntary=True, withdrawal_reason="已和解")),
    no("withdrawal_voluntary", **asked(voluntary=False, withdrawal_reason="已和解")),
    no("withdrawal_voluntary", **asked(voluntary=True, withdrawal_reason="")),
    yes("publicity_changed"),
    yes(
        "publicity_changed",
        decision={"fine": 5000},
        publicity={**PUBLISHED, "amount_wan": 0.5, "changed_on": "2023-05-16"},
    ),
    no("publicity_changed", decision={"fine": 5000}, publicity={**PUBLISHED, "changed_on": "2023-05-16"}),
    no("publicity_changed", decision={"fine": 5000}, publicity={**PUBLISHED, "amount_wan": 0.5}),
)

SUIT: tuple[Case, ...] = (
    # Six months from 2024-03-01 end on 2024-09-01.
    yes("filed_in_six_months", decision=KNOWN, **sued(filed_on="2024-09-01")),
    no("filed_in_six_months", decision=KNOWN, **sued(filed_on="2024-09-02")),
    no("filed_in_six_months", decision=KNOWN, **sued(day="2024-08-01", filed_on="2024-08-02")),
    yes("filed_in_six_months", decision=KNOWN, **sued(filed_on="2024-09-02", late_reason="不可抗力")),
    yes("filed_in_six_months", decision={**KNOWN, "tells_litigation": False}, **sued(filed_on="2025-03-01")),
    no("filed_in_six_months", decision={**KNOWN, "tells_litigation": False}, **sued(filed_on="2025-03-02")),
    no("filed_in_six_months", **sued(filed_on="2024-09-01")),
    yes("reconsideration_not_first", day="2024-03-01", case=ORDINARY),
    yes("reconsideration_not_first", day="2023-12-31", case=SUMMARY),
    no("reconsideration_not_first", day="2024-01-01", case=SUMMARY),
    yes("filed_in_15_days", reconsiderations=[{"served_on": "2024-05-01"}], **sued(filed_on="2024-05-16")),
    no("filed_in_15_days", reconsiderations=[{"served_on": "2024-05-01"}], **sued(filed_on="2024-05-17")),
    yes(
        "filed_in_15_days",
        reconsiderations=[{"served_on": "2024-05-01"}],
        **sued(filed_on="2024-05-17", late_reason="不可抗力"),
    ),
    no("filed_in_15_days", reconsiderations=[{"applied_on": "2024-05-01"}], **sued(filed_on="2024-05-16")),
    yes("six_months_over", day="2024-09-02", decision=KNOWN),
    no("six_months_over", day="2024-09-01", decision=KNOWN),
    no("six_months_over", day="2024-09-02", decision={**KNOWN, "tells_litigation": False}),
    no("six_months_over", day="2024-09-02", decision=KNOWN, litigations=[{"filed_on": "2024-08-01"}]),
    no("six_months_over", day="2024-09-02", decision=KNOWN, reconsiderations=[{"applied_on": "2024-04-01"}]),
    yes("six_months_over", day="2024-09-02", decision=KNOWN, reconsiderations=[{"state": "period_over"}]),
    no("six_months_over", day="2024-09-02"),
    yes("fifteen_days_over", day="2024-05-17", reconsiderations=[{"served_on": "2024-05-01"}]),
    no("fifteen_days_over", day="2024-05-16", reconsiderations=[{"served_on": "2024-05-01"}]),
    no("fifteen_days_over", day="2024-05-17"),
    no(
        "fifteen_days_over",
        day="2024-05-17",
        reconsiderations=[{"served_on": "2024-05-01"}],
        litigations=[{"filed_on": "2024-05-10"}],
    ),
    yes("court_notice_received", **sued(document="立案通知书1号")),
    no("court_notice_received", **sued(document=" ")),
    no("court_notice_received", **suit(document="早先的文书")),
    yes(
        "answer_with_evidence",
        litigation={"copy_received_on": "2024-05-01"},
        **sued(answered_on="2024-05-16", **ANSWER),
    ),
    no(
        "answer_with_evidence",
        litigation={"copy_received_on": "2024-05-01"},
        **sued(answered_on="2024-05-17", **ANSWER),
    ),
    *(
        no(
            "answer_with_evidence",
            litigation={"copy_received_on": "2024-05-01"},
            **sued(answered_on="2024-05-10", **{**ANSWER, **less}),
        )
        for less in ({"answer": ""}, {"evidence_list": ""}, {"evidence_handed_in": None})
    ),
    no("answer_with_evidence", **sued(answered_on="2024-05-10", **ANSWER)),
    yes("answer_missed", day="2024-05-17", **suit(copy_received_on="2024-05-01")),
    no("answer_missed", day="2024-05-16", **suit(copy_received_on="2024-05-01")),
    no("answer_missed", day="2024-05-17", **suit(copy_received_on="2024-05-01", answered_on="2024-05-10")),
    no("answer_missed", **suit()),
    yes("head_or_written_reason", **sued(head_attended=True, attendee="示例副局长", attendee_post="deputy")),
    no("head_or_written_reason", **sued(head_attended=True, attendee="示例副局长")),
    no("head_or_written_reason", **sued(head_attended=True, attendee="", attendee_post="deputy")),
    yes("head_or_written_reason", **sued(head_attended=False, absence_statement="出差", agents="示例科长")),
    no("head_or_written_reason", **sued(head_attended=False, absence_statement="", agents="示例科长")),
    no("head_or_written_reason", **sued(head_attended=False, absence_statement="出差")),
    no("head_or_written_reason", **sued(absence_statement="出差", agents="示例科长")),
    yes("court_allows_withdrawal", **sued(document="准许撤诉裁定1号", ended_on="2024-05-16")),
    no("court_allows_withdrawal", **sued(document="", ended_on="2024-05-16")),
    no("court_allows_withdrawal", **sued(document="准许撤诉裁定1号")),
    yes("mediation_allowed_kind", **sued(mediation_kind="discretion", agreed="减为五千元")),
    no("mediation_allowed_kind", **sued(mediation_kind="legality", agreed="减为五千元")),
    no("mediation_allowed_kind", **sued(mediation_kind="compensation")),
    yes(
        "appealed_in_15_days",
        litigation={"judgment_served_on": "2024-05-01"},
        **sued(appealed_on="2024-05-16"),
    ),
    no(
        "appealed_in_15_days",
        litigation={"judgment_served_on": "2024-05-01"},
        **sued(appealed_on="2024-05-17"),
    ),
    no("appealed_in_15_days", **sued(appealed_on="2024-05-16")),
    yes(
        "appealed_in_10_days",
        litigation={"ruling_served_on": "2024-05-01"},
        **sued(appealed_on="2024-05-11"),
    ),
    no(
        "appealed_in_10_days",
        litigation={"ruling_served_on": "2024-05-01"},
        **sued(appealed_on="2024-05-12"),
    ),
    no("appealed_in_10_days", litigation={"ruling_served_on": "2024-05-01"}, **sued()),
    yes("appeal_period_over", day="2024-05-17", **suit(judgment_served_on="2024-05-01")),
    no("appeal_period_over", day="2024-05-16", **suit(judgment_served_on="2024-05-01")),
    yes(
        "appeal_period_over",
        day="2024-05-12",
        **suit(first_outcome="suit_dismissed", ruling_served_on="2024-05-01"),
    ),
    no(
        "appeal_period_over",
        day="2024-05-11",
        **suit(first_outcome="suit_dismissed", ruling_served_on="2024-05-01"),
    ),
    no("appeal_period_over", **suit()),
    yes("ground_named_if_overturned", **sued(outcome="claims_dismissed")),
    yes("ground_named_if_overturned", **sued(outcome="revoked", ground="facts", found="主要证据不足")),
    no("ground_named_if_overturned", **sued(outcome="revoked", ground="facts")),
    no("ground_named_if_overturned", **sued(outcome="revoked", found="主要证据不足")),
    yes(
        "ground_named_if_overturned",
        **sued(outcome="varied", ground="improper", found="过重", varied_fine=5000),
    ),
    no("ground_named_if_overturned", **sued(outcome="varied", ground="improper", found="过重")),
    no("ground_named_if_overturned", **sued()),
    yes("earlier_judgment_final", litigations=[{"ended_on": "2024-05-01", "outcome": "claims_dismissed"}]),
    no("earlier_judgment_final", litigations=[{"outcome": "claims_dismissed"}]),
    no("earlier_judgment_final", litigations=[{"ended_on": "2024-05-01"}]),
    no("earlier_judgment_final"),
    yes(
        "judgment_duties_done",
        **suit(outcome="claims_dismissed", carried_out="无须履行", carried_out_on="2023-05-16"),
    ),
    no(
        "judgment_duties_done",
        **suit(outcome="claims_dismissed", carried_out="", carried_out_on="2023-05-16"),
    ),
    no("judgment_duties_done", **suit(outcome="claims_dismissed", carried_out="无须履行")),
    no(
        "judgment_duties_done",
        payment={"items": [{"amount": 8000}]},
        **suit(outcome="revoked", carried_out="已撤销", carried_out_on="2023-05-16"),
    ),
    yes(
        "judgment_duties_done",
        payment={"items": [{"amount": 8000}]},
        refund={"done_on": "2023-05-15"},
        **suit(outcome="revoked", carried_out="已撤销并退款", carried_out_on="2023-05-16"),
    ),
    yes("publicity_withdrawn_if_overturned", publicity=PUBLISHED, **suit(outcome="claims_dismissed")),
    yes("publicity_withdrawn_if_overturned", publicity=PUBLISHED, **suit(outcome="ordered_to_act")),
    no(
        "publicity_withdrawn_if_overturned",
        publicity={"published_on": "2023-05-05"},
        **suit(outcome="revoked"),
    ),
    yes(
        "publicity_withdrawn_if_overturned",
        publicity={"published_on": "2023-05-05", "withdrawn_on": "2023-05-16"},
        **suit(outcome="declared_unlawful"),
    ),
    no(
        "publicity_withdrawn_if_overturned",
        decision={"fine": 5000},
        publicity=PUBLISHED,
        **suit(outcome="varied"),
    ),
    yes(
        "publicity_withdrawn_if_overturned",
        decision={"fine": 5000},
        publicity={**PUBLISHED, "amount_wan": 0.5, "changed_on": "2023-05-16"},
        **suit(outcome="varied"),
    ),
    no("publicity_withdrawn_if_overturned", publicity=PUBLISHED, **suit()),
)

FELL = [{"outcome": "revoked", "decided_on": "2023-05-10"}]
SHOWN = {"published_on": "2023-05-05"}
RECALL: tuple[Case, ...] = (
    yes("decision_fell_after_publication", publicity=SHOWN, reconsiderations=FELL),
    yes(
        "decision_fell_after_publication",
        publicity=SHOWN,
        litigations=[{"outcome": "declared_unlawful", "ended_on": "2023-05-10"}],
    ),
    yes("decision_fell_after_publication", publicity=SHOWN, annulment={"on": "2023-05-10"}),
    yes(
        "decision_fell_after_publication",
        publicity={**SHOWN, "withdrawn_on": "2023-05-01"},
        reconsiderations=FELL,
    ),
    no(
        "decision_fell_after_publication",
        publicity={**SHOWN, "withdrawn_on": "2023-05-12"},
        reconsiderations=FELL,
    ),
    no("decision_fell_after_publication", reconsiderations=FELL),
    no("decision_fell_after_publication", publicity=SHOWN),
    no("decision_fell_after_publication", day="2023-05-09", publicity=SHOWN, reconsiderations=FELL),
    no(
        "decision_fell_after_publication",
        publicity=SHOWN,
        reconsiderations=[{"outcome": "upheld", "decided_on": "2023-05-10"}],
    ),
    no("decision_fell_after_publication", publicity=SHOWN, reconsiderations=[{"outcome": "revoked"}]),
    no(
        "decision_fell_after_publication",
        publicity=SHOWN,
        litigations=[{"outcome": "ordered_to_act", "ended_on": "2023-05-10"}],
    ),
    yes("withdrawal_explained", step={"publicity": {"withdrawal_reason": "决定已被撤销"}}),
    no("withdrawal_explained", step={"publicity": {"withdrawal_reason": " "}}),
    no("withdrawal_explained", publicity={"withdrawal_reason": "上次的理由"}),
    # A paper that revoked an earlier decision does not revoke the one made again, nor an old withdrawal a new item.
    no(
        "annulled_by_remedy_or_self",
        annulment={"by": "court", "document": "示例判决1号", "on": "2023-05-01"},
        decision={"decided_on": "2023-05-02"},
    ),
    yes(
        "annulled_by_remedy_or_self",
        annulment={"by": "court", "document": "示例判决1号", "on": "2023-05-02"},
        decision={"decided_on": "2023-05-02"},
    ),
    no("publicity_withdrawn", publicity={"published_on": "2023-05-05", "withdrawn_on": "2023-05-01"}),
    yes("publicity_changed", decision={"fine": 5000}, publicity={**PUBLISHED, "withdrawn_on": "2024-03-06"}),
)
