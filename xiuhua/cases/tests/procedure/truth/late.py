"""Service, money, remedies, publication, closing and the archive."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import DAY, no, yes

LAWFUL, RECEIPT = "served_by_lawful_method", "receipt_complete"
DECIDED = {"decision": {"decided_on": "2023-05-10"}}


def sent(method: str, **changed: Any) -> dict[str, Any]:
    row = {
        "document": "penalty_decision",
        "method": method,
        "on": "2023-05-15",
        "officer_ids": ["A", "B"],
        "receiver_relation": "self",
        "receipt": True,
        **changed,
    }
    return {"services": [{"document": "prior_notice"}, row, {"document": "correction_order"}]}


POSTED = {
    "announced_on": "2023-04-10",
    "effective_on": DAY,
    "other_methods_tried": True,
    "reason": "下落不明",
}
SERVICE = (
    yes(LAWFUL, step=sent("direct")),
    yes(LAWFUL, step=sent("direct", document="no_penalty_decision", receiver_relation="agent")),
    no(LAWFUL, step=sent("direct", officer_ids=["A"])),
    no(LAWFUL, step=sent("direct", receiver_relation="neighbour")),
    yes(LAWFUL, step=sent("left", witness_signed=True)),
    yes(LAWFUL, step=sent("left", video=True)),
    yes(LAWFUL, step=sent("left", video_ref="V3")),
    no(LAWFUL, step=sent("left")),
    no(LAWFUL, step=sent("left", video=True, officer_ids=["A"])),
    yes(LAWFUL, step=sent("electronic", confirmation_signed_on="2023-04-10")),
    no(LAWFUL, step=sent("electronic", confirmation_signed_on="2023-05-16")),
    no(LAWFUL, step=sent("electronic")),
    no(
        LAWFUL,
        step=sent("electronic", confirmation_signed_on="2018-04-10", on="2018-05-15"),
        day="2018-05-16",
    ),
    yes(LAWFUL, step=sent("post")),
    yes(LAWFUL, step=sent("entrusted")),
    yes(LAWFUL, step=sent("announcement", **POSTED)),
    no(LAWFUL, step=sent("announcement", **{**POSTED, "other_methods_tried": False})),
    no(LAWFUL, step=sent("announcement", **{**POSTED, "reason": ""})),
    no(LAWFUL, step=sent("pigeon")),
    no(LAWFUL, step={"services": [{"document": "prior_notice", "method": "post"}]}),
    no(LAWFUL, **sent("direct")),
    yes(RECEIPT, **DECIDED, step=sent("direct")),
    no(RECEIPT, **DECIDED, step=sent("direct", receipt=False)),
    no(RECEIPT, **DECIDED, step=sent("direct", on="2023-05-09")),
    no(RECEIPT, **DECIDED, step=sent("direct", on="2023-05-17")),
    no(RECEIPT, **DECIDED, step=sent("direct", effective_on="2023-05-01")),
    no(RECEIPT, **DECIDED, step={}),
    no(RECEIPT, step=sent("direct")),
    yes(RECEIPT, no_penalty={"decided_on": "2023-05-10"}, step=sent("direct")),
    yes(RECEIPT, **DECIDED, step=sent("left", refusal_reason="拒绝开门")),
    no(RECEIPT, **DECIDED, step=sent("left")),
    no(RECEIPT, **DECIDED, step=sent("left", receipt=False, refusal_reason="拒绝开门")),
    yes(RECEIPT, **DECIDED, step=sent("post", post_receipt_on=DAY)),
    no(RECEIPT, **DECIDED, step=sent("post")),
    no(RECEIPT, **DECIDED, step=sent("post", post_receipt_on="2023-05-17")),
    yes(RECEIPT, **DECIDED, step=sent("electronic", effective_on=DAY)),
    no(RECEIPT, **DECIDED, step=sent("electronic")),
    yes(RECEIPT, decision={"decided_on": "2023-04-01"}, step=sent("announcement", **POSTED)),
    no(RECEIPT, decision={"decided_on": "2023-04-01"}, step=sent("announcement", **POSTED), day="2023-05-15"),
    no(RECEIPT, **DECIDED, step=sent("announcement", **{**POSTED, "announced_on": "2023-04-17"})),
    no(RECEIPT, **DECIDED, step=sent("announcement", **{**POSTED, "announced_on": None})),
    no(RECEIPT, **DECIDED, step=sent("announcement", **{**POSTED, "effective_on": None})),
    no(
        RECEIPT,
        day="2018-06-01",
        decision={"decided_on": "2018-04-01"},
        step=sent("announcement", on="2018-04-10", announced_on="2018-04-10", effective_on="2018-05-30"),
    ),
)


def paid(*amounts: float, fine: float = 100, **changed: Any) -> dict[str, Any]:
    items = [{"on": DAY, "amount": a, "receipt_no": f"示例票{n}"} for n, a in enumerate(amounts)]
    return {"decision": {"kinds": ["fine"], "fine": fine}, "payment": {"items": items, **changed}}


CASH, COUNTED, FULL, SETTLED = "cash_allowed", "cash_counted", "paid_in_full", "surcharge_settled"
HAND: dict[str, Any] = {"handed_in_amount": 100, "officer_handed_in_on": DAY}
MONEY = (
    yes(CASH, **paid(100, method="cash")),
    no(CASH, **paid(101, fine=101, method="cash")),
    yes(CASH, **paid(101, fine=101, method="cash", cash_ground="hard_to_enforce_later")),
    no(CASH, **paid(101, fine=101, method="cash", cash_ground="small_amount")),
    no(CASH, **paid(100, method="bank")),
    no(CASH, **paid(0, fine=0, method="cash")),
    yes(CASH, day="2018-05-16", **paid(20, fine=20, method="cash")),
    no(CASH, day="2018-05-16", **paid(21, fine=21, method="cash")),
    yes("fine_receipt_issued", step={"payment": {"items": [{"receipt_no": "示例票"}]}}),
    no("fine_receipt_issued", step={"payment": {"items": [{"receipt_no": ""}]}}),
    no("fine_receipt_issued", step={}),
    no("fine_receipt_issued", **paid(100)),
    yes(COUNTED, **paid(100, **HAND)),
    no(COUNTED, **paid(100, **{**HAND, "handed_in_amount": 90})),
    no(COUNTED, **paid(90, **{**HAND, "handed_in_amount": 90})),
    no(COUNTED, **paid(100, **{**HAND, "handed_in_amount": None})),
    no(COUNTED, **paid(100, **{**HAND, "officer_handed_in_on": None})),
    no(COUNTED, **paid(100, **{**HAND, "officer_handed_in_on": "2023-05-17"})),
    yes("bank_slip_attached", payment={"agency_deposited_on": DAY, "bank_slip_no": "示例"}),
    no("bank_slip_attached", payment={"agency_deposited_on": DAY}),
    no("bank_slip_attached", payment={"bank_slip_no": "示例"}),
    yes(FULL, **paid(100)),
    yes(FULL, **paid(33.33, 33.33, 33.34)),
    no(FULL, **paid(99.99)),
    no(FULL, **paid(101)),
    no(FULL, **paid(100), day="2023-05-15"),
    yes(FULL, decision={"kinds": ["warning"]}),
    yes(FULL, **paid(150), surcharge={"amount": 60, "waived": 10}),
    no(FULL, **paid(100), surcharge={"amount": 60}),
    no(FULL, decision={"fine": 100, "gains": 50}, payment={"items": [{"on": DAY, "amount": 100}]}),
    yes(SETTLED, **paid(150), surcharge={"amount": 50}),
    no(SETTLED, **paid(100), surcharge={"amount": 50}),
    yes(SETTLED, **paid(100), surcharge={"amount": 50, "waived": 50, "reason_less": "协议减免"}),
    yes(SETTLED, **paid(100), surcharge={"reason_less": "未加处"}),
    no(SETTLED, **paid(100)),
    yes("enforcement_finished", enforcement={"finished_on": DAY}),
    no("enforcement_finished", enforcement={"finished_on": "2023-05-17"}),
    no("enforcement_finished"),
    yes("termination_ground", termination={"ground": "died"}),
    no("termination_ground", termination={"ground": "lost_interest"}),
    no("termination_ground"),
    yes("other_duties_done"),
    yes("other_duties_done", correction={"ordered_on": DAY, "rechecked_on": DAY}),
    no("other_duties_done", correction={"ordered_on": DAY}),
    no("other_duties_done", decision={"other_duties": "拆除棚架"}),
    yes("other_duties_done", decision={"other_duties": "拆除棚架"}, duties=[{"done_on": DAY}]),
    no("other_duties_done", decision={"other_duties": "拆除棚架"}, duties=[{"done_on": None}]),
)

# Handed over on 2023-05-02: fifteen days end on 2023-05-17.
OWING = {"decision": {"fine": 100, "delivered_on": "2023-05-02"}}
PLAN = [{"due": "2023-05-10", "amount": 50}, {"due": "2023-06-10", "amount": 50}]


def deferred(**changed: Any) -> dict[str, Any]:
    return {
        "decision": {"fine": 100},
        "deferral": {
            "applied_on": "2023-05-12",
            "approved_on": DAY,
            "approver_role": "bureau_deputy_head",
            "hardship_stated": True,
            "plan": PLAN,
            **changed,
        },
    }


def instalment(*amounts: float) -> dict[str, Any]:
    return {"payment": {"items": [{"on": DAY, "amount": a, "receipt_no": "示例票"} for a in amounts]}}


PASSED, APPROVED, MISSED = "payment_due_passed", "deferral_approved", "instalment_missed"
MATCHES = "instalment_amount_matches"
DEFAULT = (
    yes(PASSED, day="2023-05-18", **OWING),
    no(PASSED, day="2023-05-17", **OWING),
    no(PASSED, day="2023-05-18", decision=OWING["decision"], payment={"items": [{"amount": 100}]}),
    no(PASSED, day="2023-05-18", decision={"fine": 100}),
    yes(
        PASSED,
        day="2023-05-18",
        decision={"fine": 100},
        services=[
            {"document": "penalty_decision", "on": "2023-04-01", "effective_on": "2023-05-02"},
            {"document": "prior_notice", "on": "2023-05-10"},
        ],
    ),
    no(PASSED, day="2023-05-20", decision={"fine": 100}, services=[{"document": "prior_notice"}]),
    no(PASSED, day="2023-06-10", decision=OWING["decision"], deferral=deferred()["deferral"]),
    yes(PASSED, day="2023-06-11", decision=OWING["decision"], deferral=deferred()["deferral"]),
    yes("not_deferred"),
    no("not_deferred", **deferred()),
    yes("hardship_application", **deferred()),
    no("hardship_application", **deferred(hardship_stated=False)),
    no("hardship_application", **deferred(applied_on=None)),
    yes(APPROVED, **deferred()),
    no(APPROVED, **deferred(plan=[])),
    no(APPROVED, **deferred(plan=PLAN[:1])),
    no(APPROVED, **deferred(applied_on="2023-05-17", approved_on="2023-05-16")),
    no(APPROVED, **deferred(approved_on=None)),
    no(APPROVED, **deferred(approved_on="2023-05-17")),
    no(APPROVED, **deferred(approver_role="squad_head")),
    yes(MISSED, **deferred()),
    no(MISSED, **deferred(), **instalment(50)),
    no(MISSED, day="2023-05-10", **deferred()),
    no(MISSED),
    yes(MATCHES, **deferred(), step=instalment(50)),
    yes(MATCHES, **deferred(), **instalment(50), step=instalment(50)),
    no(MATCHES, **deferred(), step=instalment(40)),
    no(MATCHES, **deferred(), **instalment(50)),
    no(MATCHES, step=instalment(50)),
)

REVOKED = {"by": "court", "document": "（2023）示例行初1号", "on": DAY}
REDO = {"annulment": {"new_ground": "补充鉴定"}, "decision": None, "notice": None}
REMEDIES = (
    yes("annulled_by_remedy_or_self", annulment=REVOKED),
    no("annulled_by_remedy_or_self", annulment={**REVOKED, "by": "party"}),
    no("annulled_by_remedy_or_self", annulment={**REVOKED, "document": ""}),
    no("annulled_by_remedy_or_self", annulment={**REVOKED, "on": "2023-05-17"}),
    no("annulled_by_remedy_or_self"),
    yes("closed_decision_fell", annulment=REVOKED, litigations=[{"outcome": "revoked", "ended_on": DAY}]),
    yes(
        "closed_decision_fell", annulment=REVOKED, reconsiderations=[{"outcome": "varied", "decided_on": DAY}]
    ),
    no(
        "closed_decision_fell",
        annulment=REVOKED,
        litigations=[{"outcome": "claims_dismissed", "ended_on": DAY}],
    ),
    no("closed_decision_fell", annulment=REVOKED, reconsiderations=[{"outcome": "revoked"}]),
    no("closed_decision_fell", annulment=REVOKED),
    no("closed_decision_fell", litigations=[{"outcome": "revoked", "ended_on": DAY}]),
    yes("new_decision_ordered", annulment={"new_decision": True}, decision={"fine": 1}, step=REDO),
    no("new_decision_ordered", decision={"fine": 1}, step=REDO),
    no("new_decision_ordered", annulment={"new_decision": True}, decision={"fine": 1}),
    no("new_decision_ordered", annulment={"new_decision": True}, legal_review={"on": DAY}, step=REDO),
    no("new_decision_ordered", annulment={"new_decision": True}, no_penalty={"on": DAY}, step=REDO),
    yes("not_same_facts_and_reasons", step=REDO),
    no("not_same_facts_and_reasons", step={"annulment": {"new_ground": " "}}),
    no("not_same_facts_and_reasons", annulment={"new_ground": "补充鉴定"}),
    yes("money_and_goods_returned"),
    yes("money_and_goods_returned", **paid(100), refund={"done_on": DAY}),
    no("money_and_goods_returned", **paid(100)),
    no("money_and_goods_returned", measures=[{}], refund={"done_on": "2023-05-17"}),
    no("money_and_goods_returned", confiscated=[{}]),
    no(
        "money_and_goods_returned",
        **paid(100),
        refund={"done_on": "2023-05-01"},
        annulment={"on": "2023-05-10"},
    ),
    yes("old_money_accounted", refund={"way": "returned"}),
    yes("old_money_accounted", refund={"amount": 10, "done_on": DAY}, annulment={"on": DAY}),
    no("old_money_accounted", refund={"amount": 10, "done_on": "2023-05-01"}, annulment={"on": DAY}),
    no("old_money_accounted", refund={"amount": 10, "done_on": "2023-05-17"}),
    no("old_money_accounted", refund={"amount": 10, "way": "returned"}),
    yes("old_money_accounted", refund={"amount": 10, "way": "set_off", "request": "示例申请"}),
    no("old_money_accounted", refund={"amount": 10, "way": "set_off", "request": " "}),
    no(
        "old_money_accounted",
        refund={"amount": 10, "way": "set_off", "request": "示例申请"},
        parties=[{"id": "P2", "name": "示例公司"}],
    ),
    yes("publicity_withdrawn"),
    yes("publicity_withdrawn", publicity={"published_on": "2023-05-01", "withdrawn_on": DAY}),
    no("publicity_withdrawn", publicity={"published_on": "2023-05-01"}),
)

CITIZEN, FIRM = {"kind": "citizen"}, {"kind": "organisation"}
MASKED = {"masked_id": True, "masked_address": True}


def shown(**changed: Any) -> dict[str, Any]:
    return {
        "decision": {"number": "2230300001", "fine": 45000},
        "publicity": {"published_on": DAY, "number": "2230300001", "amount_wan": 4.5, **changed},
    }


FIELDS = "publicity_fields_complete"
PUBLIC = (
    yes("publicity_masked", party=CITIZEN, publicity=MASKED),
    no("publicity_masked", party=CITIZEN, publicity={"masked_id": True}),
    no("publicity_masked", party=CITIZEN, publicity={"masked_address": True}),
    yes("publicity_masked", party=FIRM, publicity={}),
    no("publicity_masked", party=FIRM, publicity={"shows_representative_id": True}),
    yes(FIELDS, **shown()),
    no(FIELDS, **shown(published_on=None)),
    no(FIELDS, **shown(published_on="2023-05-17")),
    no(FIELDS, **shown(number=None)),
    no(FIELDS, **shown(number="2230300002")),
    no(FIELDS, **shown(amount_wan=45)),
    yes(FIELDS, decision={"number": "1"}, publicity={"published_on": DAY, "number": "1"}),
)


def kinds(*names: str) -> list[dict[str, str]]:
    return [{"kind": name} for name in names]


COMPLETE, RECONCILED, RECORD, ARCHIVE = (
    "documents_complete",
    "money_reconciled",
    "case_record_complete",
    "archive_in_order",
)
LEFT: tuple[tuple[dict[str, Any], str], ...] = (
    ({"filing": {"approved_on": DAY}}, "filing_form"),
    ({"correction": {"ordered_on": DAY}}, "correction_order"),
    ({"investigation_report": {"on": DAY}}, "investigation_report"),
    ({"adjudication": {"on": DAY}}, "adjudication_opinion"),
    ({"legal_review": {"on": DAY}}, "legal_review_opinion"),
    ({"notice": {"served_on": DAY}}, "prior_notice"),
    ({"defence": {"rechecked_on": DAY}}, "recheck_opinion"),
    ({"discussion": {"on": DAY}}, "discussion_minutes"),
    ({"decision": {"decided_on": DAY}}, "penalty_decision"),
    ({"no_penalty": {"decided_on": DAY}}, "no_penalty_decision"),
    ({"deferral": {"approved_on": DAY}}, "deferral_approval"),
    ({"inspections": [{}]}, "survey_record"),
    ({"interviews": [{}]}, "interview_record"),
    ({"services": [{}]}, "service_receipt"),
    ({"payment": {"items": [{"on": DAY}]}}, "fine_receipt"),
)
SUMMARY = {"case": {"procedure": "summary"}}
DONE = {"receipt_no": "示例", "disposed_on": DAY}
VOLUME = {
    "archived_on": DAY,
    "case_count_in_volume": 1,
    "index_pages": 41,
    "actual_pages": 41,
    "cover": True,
    "note_sheet": True,
}
CLOSING = (
    yes(COMPLETE),
    *(no(COMPLETE, **happened) for happened, _ in LEFT),
    *(yes(COMPLETE, **happened, documents=kinds(paper)) for happened, paper in LEFT),
    yes(COMPLETE, payment={"items": [{"on": DAY}]}, enforcement={"finished_on": DAY}),
    yes(COMPLETE, **SUMMARY, inspections=[{}], documents=kinds("on_spot_decision")),
    no(COMPLETE, **SUMMARY),
    no(COMPLETE, **SUMMARY, documents=kinds("on_spot_decision"), payment={"items": [{}]}),
    yes(RECONCILED, **paid(100)),
    no(RECONCILED, **paid(90)),
    no(RECONCILED, decision={"fine": 100}, payment={"items": [{"amount": 100}]}),
    no(RECONCILED, **paid(100, method="cash")),
    yes(RECONCILED, **paid(100), refund={"amount": 100, "way": "set_off"}),
    no(RECONCILED, **paid(100), refund={"amount": 130, "way": "set_off"}),
    no(RECONCILED, **paid(100), refund={"amount": 130, "way": "set_off", "rest_returned_on": "2023-05-17"}),
    yes(RECONCILED, **paid(100), refund={"amount": 130, "way": "set_off", "rest_returned_on": DAY}),
    yes(RECONCILED, **paid(100), refund={"amount": 130, "way": "set_off", "done_on": DAY}),
    yes(RECONCILED, **paid(100, method="cash", agency_deposited_on=DAY)),
    yes("seized_goods_settled", measures=[{"outcome": "returned"}]),
    no("seized_goods_settled", measures=[{"outcome": "returned"}, {}]),
    yes("confiscated_goods_settled", confiscated=[DONE, {**DONE, "amount": 10, "remitted_on": DAY}]),
    no("confiscated_goods_settled", confiscated=[{**DONE, "amount": 10}]),
    no("confiscated_goods_settled", confiscated=[{"receipt_no": "示例"}]),
    no("confiscated_goods_settled", confiscated=[{"disposed_on": DAY}]),
    yes(RECORD, case={"recording_steps": ["scene"]}, recording=[{"step": "scene", "item_ids": ["V1"]}]),
    yes(RECORD, case={"recording_steps": ["scene"]}, recording=[{"step": "scene", "gap_reason": "没电"}]),
    no(RECORD, case={"recording_steps": ["scene"]}, recording=[{"step": "scene", "running": True}]),
    no(
        RECORD,
        case={"recording_steps": ["scene", "interview"]},
        recording=[{"step": "scene", "item_ids": ["V1"]}],
    ),
    yes(RECORD),
    yes(ARCHIVE, archive=VOLUME),
    no(ARCHIVE, archive={**VOLUME, "case_count_in_volume": 2}),
    yes(ARCHIVE, **SUMMARY, archive={**VOLUME, "case_count_in_volume": 50}),
    no(ARCHIVE, **SUMMARY, archive={**VOLUME, "case_count_in_volume": 51}),
    *(
        no(ARCHIVE, archive={**VOLUME, **worse})
        for worse in (
            {"archived_on": "2023-05-17"},
            {"case_count_in_volume": 0},
            {"index_pages": 40},
            {"index_pages": 0, "actual_pages": 0},
            {"cover": False},
            {"note_sheet": False},
        )
    ),
    no(ARCHIVE),
)

CASES = (*SERVICE, *MONEY, *DEFAULT, *REMEDIES, *PUBLIC, *CLOSING)
