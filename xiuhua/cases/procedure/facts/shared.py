"""Groups of fields that several forms share."""

from __future__ import annotations

from xiuhua.cases.procedure.facts.field import Fields, Kind, Time, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import METHODS, PAY_METHODS, RELATIONS, RETURN_CODES

D, M, N, Y = Kind.DATE, Kind.MOMENT, Kind.MONEY, Kind.YES_NO
T, L, C, CC = Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.CHOICES
WHO, PERSON, COUNT = Kind.OFFICERS, Kind.PERSON, Kind.COUNT

# fmt: off
REASON: Fields = (asked("reason", L, "理由", "Reason"),)


# Why a review sends a case back, as the centre counts it; the words say the rest.
RETURNED: Fields = (
    asked("returned.codes", CC, "退回原因", "Why it is returned", choices=RETURN_CODES),
    *REASON,
)


def video(step: str) -> Fields:
    """The recording of a step: running, or why not. The clips themselves are tied to it later."""
    return (
        asked("video.running", Y, "执法记录仪已开启", "Body camera running", default="yes"),
        optional("video.gap_reason", T, "未录或者中断的原因", "Why not recorded"),
        silent("video.step", T, f"const:{step}"),
        silent("video.from_at", M, "now"),
    )


SIGNATURES: Fields = (
    asked("inspection.party_signed", Y, "当事人已签名", "Signed by the party"),
    optional("inspection.refusal_noted", Y, "拒签已注明", "Refusal noted"),
    optional("inspection.refusal_reason", T, "拒签原因", "Reason of the refusal"),
    optional("inspection.witness_signed", Y, "见证人已签名", "Signed by a witness"),
    optional("inspection.no_witness_reason", T, "无见证人的原因", "Why no witness"),
)
INSPECTION: Fields = (
    asked("inspection.on", D, "检查日期", "Day", default="today"),
    asked("inspection.from_at", M, "开始时间", "From", default="now"),
    optional("inspection.to_at", M, "结束时间", "To"),
    asked("inspection.place", T, "地点", "Place", default="violation.place"),
    asked("inspection.officer_ids", WHO, "检查人员", "Officers", default="case_officers"),
    asked("inspection.certificate_shown", Y, "已出示执法证件", "Certificates shown"),
    asked("inspection.facts", L, "现场情况", "What was found", default="violation.facts"),
    optional("inspection.present", T, "在场人", "Persons present"),
    optional("inspection.measurements", T, "测量数据", "Measurements"),
    optional("inspection.weather", T, "天气", "Weather"),
    *SIGNATURES,
    optional("inspection.recorder_id", PERSON, "记录人", "Recorder", default="actor"),
    optional("inspection.video_ref", T, "音像资料编号", "Recording"),
)
INTERVIEW: Fields = (
    asked("interview.from_at", M, "开始时间", "From"),
    asked("interview.to_at", M, "结束时间", "To"),
    asked("interview.place", T, "地点", "Place"),
    asked("interview.person.name", T, "被询问人", "Person asked", default="party.name"),
    optional("interview.person.relation", T, "与本案关系", "Relation to the case"),
    optional("interview.person.id_no", T, "证件号码", "Number of identity"),
    optional("interview.person.phone", T, "电话", "Telephone"),
    asked("interview.officer_ids", WHO, "询问人", "Officers", default="case_officers"),
    optional("interview.recorder_id", PERSON, "记录人", "Recorder", default="actor"),
    asked("interview.certificate_shown", Y, "已出示执法证件", "Certificates shown"),
    asked("interview.rights_told", Y, "已告知权利义务", "Rights and duties told"),
    asked("interview.exchanges", L, "问答", "Questions and answers", help="每行一句，以“问：”“答：”开头"),
    asked("interview.page_count", COUNT, "页数", "Pages", default="const:1"),
    asked("interview.pages_signed", COUNT, "已签名页数", "Pages signed"),
    optional("interview.refusal_noted", Y, "拒签已注明", "Refusal noted"),
    optional("interview.refusal_reason", T, "拒签原因", "Reason of the refusal"),
    *video("interview"),
)


def service(document: str) -> Fields:
    """How a paper reached the party; what a matter of service brought about stands in it already."""
    of = f"served:{document}."
    return (
        asked("service.method", C, "送达方式", "Way of service", choices=METHODS, default=of + "method|const:direct"),
        asked("service.on", D, "送达日期", "Day of service", default=of + "on|today"),
        optional("service.receiver_name", T, "收件人", "Receiver", default=of + "receiver_name|party.name"),
        optional("service.receiver_relation", C, "收件人身份", "Relation of the receiver", choices=RELATIONS,
                 default=of + "receiver_relation"),
        optional("service.receipt", Y, "送达回证已签收", "Receipt signed", default=of + "receipt"),
        optional("service.refusal_reason", T, "拒收事由", "Reason of the refusal", default=of + "refusal_reason"),
        optional("service.witness_signed", Y, "见证人已签名", "Signed by a witness", default=of + "witness_signed"),
        optional("service.video_ref", T, "送达音像编号", "Recording of the service", default=of + "video_ref"),
        optional("service.post_no", T, "邮件号码", "Number of the letter", default=of + "post_no"),
        optional("service.post_receipt_on", D, "邮件回执日期", "Day on the postal receipt",
                 default=of + "post_receipt_on"),
        optional("service.confirmation_signed_on", D, "电子送达确认书签订日期", "Consent to electronic service",
                 default=of + "confirmation_signed_on"),
        optional("service.announced_on", D, "公告日期", "Announced on", default=of + "announced_on"),
        optional("service.effective_on", D, "视为送达日期", "Took effect on", default=of + "effective_on"),
        optional("service.other_methods_tried", Y, "其他方式均无法送达", "All other ways tried",
                 default=of + "other_methods_tried"),
        optional("service.reason", T, "公告送达的原因和经过", "Reason of the announcement", default=of + "reason"),
        silent("service.document", T, f"const:{document}"),
        silent("service.delivery", T, of + "delivery"),
        silent("service.officer_ids", WHO, of + "officer_ids|case_officers"),
    )


def money_in(amount: str, *, method: str = "", must: bool = True) -> Fields:
    """One payment. `amount` names the sum that the platform expects, `method` how it came; empty where nobody knows."""
    field = asked if must else optional
    how = silent("payment.method", C, f"const:{method}") if method else field(
        "payment.method", C, "缴款方式", "Way of payment", choices=PAY_METHODS, default="const:bank")
    return (
        how,
        field("item.on", D, "缴款日期", "Day of payment", default="today"),
        field("item.amount", N, "金额（元）", "Amount (yuan)", default=amount),
        field("item.receipt_no", T, "财政票据号码", "Number of the finance receipt"),
    )


HEAD: Fields = (silent("decision.approver_id", PERSON, "actor"), silent("decision.approver_role", T, "actor_role"))
# What a decision tells of itself and of the ways against it: the platform knows it all.
TOLD_IN_DECISION: Fields = (
    silent("decision.decided_on", D, "today", required=True),
    silent("decision.basis", T, "cause.basis"),
    silent("decision.authority_name", T, "case.authority_name"),
    silent("decision.party_name", T, "party.name"),
    silent("decision.bank_name", T, "bank"),
    silent("decision.pay_days", COUNT, "pay_days"),
    silent("decision.reconsideration_bodies", CC, "reconsideration_bodies"),
    silent("decision.reconsideration_days", COUNT, "param:reconsideration_days"),
    silent("decision.litigation_months", COUNT, "param:litigation_months"),
)
SURCHARGE: Fields = (
    optional("surcharge.amount", N, "加处罚款（元）", "Surcharge (yuan)"),
    optional("surcharge.waived", N, "减免加处罚款（元）", "Surcharge waived (yuan)"),
    optional("surcharge.reason_less", T, "不加处或者减免的理由", "Why none or less"),
)
CLOSING: Fields = (
    silent("case.closed_on", D, "today", required=True),
    optional("closing.approver_opinion", T, "结案意见", "Opinion", default="const:同意结案"),
    silent("closing.approver_id", PERSON, "actor"),
    silent("closing.officer_ids", WHO, "case_officers"),
)
ENFORCED: Fields = (
    asked("enforcement.finished_on", D, "执行完毕日期", "Finished on",
          default="enforcement.finished_on|today"),
    optional("enforcement.way", T, "执行方式", "Way of enforcement", default="enforcement.way"),
)
FUTURE = Time.FUTURE
# fmt: on
