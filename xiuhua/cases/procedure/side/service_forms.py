"""What the moves of a service state. Pure data.

Every move that takes effect brings a row of `services`, which the main road reads; what led there stays in the matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import METHODS, RELATIONS
from xiuhua.cases.procedure.facts.shared import WHO, C, D, L, M, T, Y
from xiuhua.cases.procedure.guards.reading import DECISIONS, effective

# The papers of a case that a party must have in hand, named as everywhere.
PAPERS = (
    ("penalty_decision", "行政处罚决定书", "Penalty decision"),
    ("no_penalty_decision", "不予行政处罚决定书", "Decision of no penalty"),
    ("prior_notice", "行政处罚事先告知书", "Prior notice"),
    ("hearing_right_notice", "听证告知书", "Notice of the right to a hearing"),
    ("hearing_notice", "听证通知书", "Notice of the hearing"),
    ("correction_order", "责令（限期）改正通知书", "Order to correct"),
    ("measure_decision", "查封（扣押）决定书", "Decision to seal or seize"),
    ("demand_notice", "催告书", "Demand"),
    ("deferral_approval", "延期（分期）缴纳批准书", "Approval of a deferral"),
)
# Document → block of the file in which its number stands.
NUMBERED = {
    "penalty_decision": "decision",
    "no_penalty_decision": "no_penalty",
    "prior_notice": "notice",
    "correction_order": "correction",
    "deferral_approval": "deferral",
}

# fmt: off
OF_THE_PAPER: Fields = (
    silent("service.document", T, "delivery.document", required=True),
    silent("service.document_number", T, "delivery.document_number"),
    silent("service.issued_on", D, "delivery.issued_on"),
    silent("service.addressee", T, "delivery.addressee"),
    silent("service.delivery", T, "delivery.id", required=True),
)
BY_TWO: Fields = (
    silent("service.officer_ids", WHO, "case_officers", required=True),
    silent("delivery.officer_ids", WHO, "case_officers", required=True),
)
SENT: Fields = (
    asked("delivery.hard_reason", L, "直接送达有困难的理由", "Why direct service is hard"),
    asked("delivery.sent_on", D, "交寄（委托）日期", "Sent on", default="today"),
)
FORMS: Mapping[str, Fields] = {
    "choose_method": (
        asked("delivery.document", C, "送达文书", "Document to be served", choices=PAPERS),
        asked("delivery.issued_on", D, "文书日期", "Date of the document",
              default="no_penalty.decided_on|decision.decided_on|today"),
        asked("delivery.sealed", Y, "文书已盖章并注明日期", "It bears seal and date"),
        asked("delivery.way", C, "拟用的送达方式", "Way of service intended", choices=METHODS, default="const:direct"),
        silent("delivery.addressee", T, "party.name"),
        silent("delivery.chosen_on", D, "today", required=True),
        silent("delivery.id", T, "now", required=True),
        *(silent(f"delivery.{block}_number", T, f"{block}.number") for block in NUMBERED.values()),
        silent("delivery.decided_on", D, "decision.decided_on"),
        silent("delivery.no_penalty_decided_on", D, "no_penalty.decided_on"),
    ),
    "hand_over": (
        asked("service.on", D, "送达日期", "Day of service", default="today"),
        asked("service.place", T, "送达地点", "Place", default="service_address.address|party.address"),
        asked("service.receiver_name", T, "收件人", "Receiver", default="party.name"),
        asked("service.receiver_relation", C, "收件人身份", "Relation of the receiver", choices=RELATIONS),
        asked("service.receipt", Y, "送达回证已签收", "Receipt signed"),
        silent("service.method", T, "const:direct"),
        *OF_THE_PAPER,
        *BY_TWO,
    ),
    "refuse_receipt": (
        asked("delivery.refusal_reason", L, "拒收事由", "Reason of the refusal"),
        asked("delivery.refused_on", D, "拒收日期", "Refused on", default="today"),
    ),
    "leave_at_place": (
        asked("service.on", D, "留置日期", "Left on", default="today"),
        asked("service.place", T, "留置地点", "Where it was left", default="service_address.address|party.address"),
        asked("delivery.at_residence", Y, "该地点为受送达人住所", "It is the residence of the party"),
        asked("service.receipt", Y, "送达回证已记明情况", "The receipt notes what happened"),
        asked("service.witness_signed", Y, "见证人已签名", "Signed by a witness"),
        optional("service.witness_name", T, "见证人", "Witness"),
        optional("service.video_ref", T, "拍照录像编号", "Recording of the service"),
        silent("service.refusal_reason", T, "delivery.refusal_reason"),
        silent("service.method", T, "const:left"),
        *OF_THE_PAPER,
        *BY_TWO,
    ),
    "send_electronically": (
        asked("service.confirmation_signed_on", D, "电子送达确认书签订日期", "Consent to electronic service",
              default="service_address.confirmed_on"),
        asked("service.on", D, "发送日期", "Sent on", default="today"),
        asked("service.channel", T, "接收系统（邮箱、号码）", "Where it was sent",
              default="service_address.email|service_address.mobile"),
        asked("service.arrived_at", M, "到达时间", "Arrived", default="now"),
        silent("service.method", T, "const:electronic"),
        silent("service.officer_ids", WHO, "case_officers"),
        *OF_THE_PAPER,
    ),
    "send_by_post": (
        *SENT,
        asked("delivery.post_no", T, "邮件号码", "Number of the letter"),
        asked("delivery.slip_kept", Y, "邮寄凭证已存卷", "The posting slip is in the file"),
    ),
    "entrust_service": (
        *SENT,
        asked("delivery.entrusted_to", T, "受委托机关", "Who was entrusted"),
    ),
    "confirm_post": (
        asked("service.post_receipt_on", D, "回执收件日期", "Day on the receipt"),
        optional("service.receiver_name", T, "收件人", "Receiver", default="party.name"),
        optional("service.receiver_relation", C, "收件人身份", "Relation of the receiver", choices=RELATIONS),
        silent("service.method", C, "delivery.method"),
        silent("service.on", D, "delivery.sent_on"),
        silent("service.post_no", T, "delivery.post_no"),
        silent("service.officer_ids", WHO, "case_officers"),
        *OF_THE_PAPER,
    ),
    "fail_post": (
        asked("delivery.returned_on", D, "退回日期", "Came back on", default="today"),
        asked("delivery.attempts", L, "退回原因和已试方式", "Why it came back and what was tried"),
        asked("delivery.returned_mail_kept", Y, "退回邮件已存卷", "The returned letter is in the file"),
    ),
    "give_up_direct": (
        asked("delivery.attempts", L, "已试方式、时间和结果", "What was tried, when, and what came of it"),
        silent("delivery.given_up_on", D, "today", required=True),
    ),
    "announce": (
        asked("delivery.announced_on", D, "公告日期", "Announced on", default="today"),
        asked("delivery.announced_at", T, "公告的地点和方式", "Where and how it was announced"),
        asked("delivery.reason", L, "公告送达的原因和经过", "Reason and course of the announcement",
              default="delivery.attempts"),
    ),
    "complete_announcement": (
        silent("service.method", T, "const:announcement"),
        silent("service.on", D, "delivery.announced_on"),
        silent("service.announced_on", D, "delivery.announced_on"),
        silent("service.effective_on", D, "announced_until"),
        silent("service.other_methods_tried", Y, "yes"),
        silent("service.reason", L, "delivery.reason"),
        silent("service.place", T, "delivery.announced_at"),
        *OF_THE_PAPER,
    ),
}
# fmt: on
FIXED: Mapping[str, Mapping[str, Any]] = {
    "send_electronically": {"service.receipt": True},
    "send_by_post": {"delivery.method": "post"},
    "entrust_service": {"delivery.method": "entrusted"},
    "confirm_post": {"service.receipt": True},
}


def _of_this_paper(facts: Fragment) -> None:
    """Of the numbers and days that the file holds, the matter keeps those of its own document."""
    own = facts["delivery"]
    numbers = {block: own.pop(f"{block}_number", None) for block in NUMBERED.values()}
    decided = {
        "penalty_decision": own.pop("decided_on", None),
        "no_penalty_decision": own.pop("no_penalty_decided_on", None),
    }
    number = numbers.get(NUMBERED.get(own["document"], ""))
    if number:
        own["document_number"] = number
    if own["document"] in DECISIONS and decided[own["document"]]:
        own["decided_on"] = decided[own["document"]]


def _arrived(facts: Fragment) -> None:
    """What is sent electronically is served on the day of its arrival (CivPL23 §90)."""
    for row in facts.get("services", ()):
        row["effective_on"] = str(row.get("arrived_at") or "")[:10]


def _took_effect(facts: Fragment) -> None:
    """The row says on which day it took effect, and the matter with it."""
    for row in facts.get("services", ()):
        row["effective_on"] = effective(row)
        facts.setdefault("delivery", {})["effective_on"] = row["effective_on"]


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "choose_method": (_of_this_paper,),
    "hand_over": (_took_effect,),
    "leave_at_place": (_took_effect,),
    "send_electronically": (_arrived, _took_effect),
    "confirm_post": (_took_effect,),
    "complete_announcement": (_took_effect,),
}
