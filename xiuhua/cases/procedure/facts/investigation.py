"""Forms of the ordinary procedure up to the report that closes the investigation."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.facts.field import Fields, Kind, Time, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import (
    CRIME_PAPERS,
    FAILED_CRITERIA,
    INSPECTION_KINDS,
    NO_GROUND,
    NO_PENALTY_GROUNDS,
    PENALTY_KINDS,
    RECHECK_RESULTS,
    RECUSAL_RESULTS,
    TIERS,
)
from xiuhua.cases.procedure.facts.shared import (
    CC,
    FUTURE,
    INSPECTION,
    INTERVIEW,
    PERSON,
    REASON,
    RETURNED,
    WHO,
    C,
    D,
    L,
    M,
    N,
    T,
    Y,
    service,
    video,
)

ANY = Time.ANY

# fmt: off
ORDER: Fields = (
    asked("correction.requirement", L, "改正要求", "What is required"),
    asked("correction.due_on", D, "改正期限", "Due on", time=FUTURE),
    silent("correction.ordered_on", D, "today", required=True),
    silent("correction.basis", T, "cause.basis"),
    silent("correction.officer_ids", WHO, "case_officers"),
    *service("correction_order"),
)
REFERRED: Fields = (
    asked("referral.to", T, "移送机关", "To"),
    *REASON,
    optional("referral.goods_sent", Y, "涉案物品一并移送", "Goods go along"),
    silent("referral.on", D, "today"),
)
WITHDRAWN: Fields = (
    asked("investigation.result", C, "撤案情形", "Result", choices=NO_GROUND),
    asked("investigation.reason", L, "撤案理由", "Reason"),
    silent("investigation.withdrawn_on", D, "today"),
    silent("investigation.approver_id", PERSON, "actor"),
)

INVESTIGATION_FORMS: Mapping[str, Fields] = {
    "check_lead": (
        *INSPECTION,
        silent("inspection.kind", T, "const:inspection"),
        asked("violation.facts", L, "违法事实", "Facts", default="violation.facts"),
        optional("case.reporter_told_on", D, "告知举报人日期", "Reporter told on"),
        *video("scene"),
    ),
    "interview_at_check": INTERVIEW,
    "order_correction_at_check": ORDER,
    "pass_on_lead": REFERRED,
    "refuse_filing": (
        asked("filing.failed_criterion", C, "不符合的立案条件", "Criterion that fails", choices=FAILED_CRITERIA),
        asked("filing.refusal_reason", L, "不予立案理由", "Reason"),
        silent("filing.refused_on", D, "today", required=True),
        silent("filing.approver_id", PERSON, "actor"),
    ),
    "propose_filing": (
        asked("filing.penalty_likely", Y, "依法应当给予行政处罚", "A penalty is likely", default="yes"),
        optional("filing.checked_facts", L, "核查情况", "What the check found", default="violation.facts"),
        optional("filing.unit_opinion", T, "承办意见", "Opinion", default="const:建议立案调查"),
        asked("filing.proposer_ids", WHO, "提请人", "Proposers", default="case_officers"),
        silent("filing.proposed_on", D, "today", required=True),
    ),
    "reject_filing": (*REASON, silent("filing.refused_on", D, "today")),
    "approve_filing": (
        optional("filing.approver_opinion", T, "审批意见", "Opinion", default="const:同意立案"),
        silent("filing.approved_on", D, "today", required=True),
        silent("filing.approver_id", PERSON, "actor"),
        silent("filing.approver_role", T, "actor_role"),
    ),
    "assign_officers": (
        asked("filing.officer_ids", WHO, "办案人员", "Officers", default="filing.proposer_ids"),
        optional("case.reporter_told_on", D, "告知举报人日期", "Reporter told on"),
    ),
    "decide_recusal": (
        asked("recusal.person_id", PERSON, "被申请回避人", "Person"),
        asked("recusal.result", C, "决定", "Decision", choices=RECUSAL_RESULTS),
        asked("recusal.reason", T, "理由", "Reason"),
        silent("recusal.decided_on", D, "today"),
        silent("recusal.decided_by_role", T, "actor_role"),
    ),
    "replace_officer": (
        asked("replacement.out_id", PERSON, "换下", "Leaves"),
        asked("replacement.in_id", PERSON, "换上", "Comes"),
        *REASON,
        silent("replacement.on", D, "today"),
    ),
    "inspect": (
        asked("inspection.kind", C, "种类", "Kind", choices=INSPECTION_KINDS, default="const:inspection"),
        *INSPECTION,
        *video("scene"),
    ),
    "interview": INTERVIEW,
    "take_samples": (
        asked("sample.what", T, "抽样物品", "Sample"),
        asked("sample.quantity", T, "数量", "Quantity"),
        optional("sample.spec", T, "规格、批号", "Specification, batch"),
        optional("sample.method", T, "抽样方法", "Method of sampling"),
        asked("sample.voucher_no", T, "抽样取证凭证号", "Voucher"),
        asked("sample.party_told", Y, "已告知当事人", "Party told"),
        asked("sample.officer_ids", WHO, "抽样人员", "Officers", default="case_officers"),
        asked("sample.on", D, "抽样日期", "Day", default="today"),
    ),
    "request_evidence": (
        asked("evidence_request.to", T, "证据持有人", "Who holds it"),
        asked("evidence_request.items", Kind.GOODS, "调取的证据", "Evidence asked for",
              help="每行一件：名称，份数，原件或者复制件"),
        asked("evidence_request.due_on", D, "提供期限", "To be handed over by", time=FUTURE),
        silent("evidence_request.officer_ids", WHO, "case_officers"),
        silent("evidence_request.on", D, "today", required=True),
    ),
    "ask_assistance": (
        asked("assistance_item.to", T, "协助机关", "To"),
        asked("assistance_item.question", L, "需要认定的事项", "Question"),
        silent("assistance_item.asked_on", D, "today"),
    ),
    "commission_expert": (
        asked("test.body", T, "鉴定检测机构", "Expert body"),
        asked("test.qualification_no", T, "机构资质编号", "Qualification"),
        asked("test.question", L, "委托事项", "Question"),
        optional("test.material", T, "送检材料", "Material sent"),
        asked("test.until", D, "鉴定检测期限", "Until", time=FUTURE),
        asked("test.told_on", D, "书面告知当事人日期", "Party told on", default="today"),
        silent("test.on", D, "today"),
    ),
    "accept_machine_evidence": (
        asked("exhibit.note", T, "记录内容说明", "What it shows"),
        asked("exhibit.captured_at", M, "抓拍时间", "Captured", time=ANY),
        asked("exhibit.sha256", T, "散列值", "Hash"),
        optional("exhibit.device_id", T, "设备编号", "Device"),
        optional("exhibit.device_legal_review_on", D, "设备法制审核日期", "Legal review of the device", time=ANY),
        optional("exhibit.device_technical_review_on", D, "设备技术审核日期", "Technical review", time=ANY),
        optional("exhibit.device_published_on", D, "设置地点公布日期", "Place published", time=ANY),
        asked("exhibit.record_reviewed_on", D, "内容审核日期", "Content reviewed", default="today"),
        asked("exhibit.collected_by", WHO, "调取人员", "Collected by", default="case_officers"),
        silent("exhibit.collected_on", D, "today"),
        silent("exhibit.kind", T, "const:electronic"),
        silent("exhibit.source", T, "const:officers"),
    ),
    "order_correction": ORDER,
    "recheck_correction": (
        asked("correction.rechecked_on", D, "复查日期", "Rechecked on", default="today"),
        asked("correction.recheck_result", C, "复查结论", "Result", choices=RECHECK_RESULTS),
        asked("correction.recheck_facts", L, "复查情况", "What was found"),
        asked("correction.recheck_officer_ids", WHO, "复查人员", "Officers", default="case_officers"),
        optional("correction.recheck_media", T, "复查照片（音像）编号", "Pictures"),
        silent("correction.recheck_place", T, "violation.place"),
    ),
    "suspend_investigation": (
        asked("suspension.ground", L, "中止理由", "Ground"),
        asked("suspension.stops_clock", Y, "依法停止计算办案期限", "The law stops the time limit"),
        silent("suspension.from_on", D, "today", required=True),
        silent("suspension.approved_by", PERSON, "actor"),
    ),
    "resume_investigation": (
        *REASON,
        asked("suspension.ended_on", D, "恢复日期", "Resumed on", default="today"),
        silent("suspended.from_on", D, "suspension.from_on"),
        silent("suspended.ground", L, "suspension.ground"),
        silent("suspended.approved_by", PERSON, "suspension.approved_by"),
        silent("suspended.stops_clock", Y, "suspension.stops_clock"),
    ),
    "withdraw_case": WITHDRAWN,
    "withdraw_suspended_case": WITHDRAWN,
    "transfer_jurisdiction": REFERRED,
    "propose_crime_referral": (
        asked("referral.group_ids", WHO, "专案人员", "Special group", default="case_officers"),
        asked("referral.report", L, "涉嫌犯罪情况", "Report"),
        silent("referral.proposed_on", D, "today"),
    ),
    "approve_crime_referral": (
        optional("referral.acting_head", Y, "主持工作的负责人", "Acting head"),
        silent("referral.approved_on", D, "today", required=True),
        silent("referral.approver_id", PERSON, "actor"),
        silent("referral.approver_role", T, "actor_role"),
    ),
    "refuse_crime_referral": REASON,
    "hand_over_to_police": (
        asked("referral.materials", CC, "移送材料", "Papers", choices=CRIME_PAPERS),
        optional("referral.police", T, "接收的公安机关", "Police authority that receives it"),
        asked("referral.police_handed_on", D, "移送日期", "Handed over on", default="today"),
        optional("referral.goods_sent", Y, "涉案物品一并移送", "Goods go along"),
    ),
    "take_back_from_police": (asked("referral.police_notice_no", T, "不予立案通知书文号", "Notice of refusal"),),
    "end_by_criminal_case": (asked("referral.police_notice_no", T, "立案通知书文号", "Notice of filing"),),
    "close_investigation": (
        asked("investigation_report.proposed_kinds", CC, "建议处罚种类", "Proposed penalty",
              choices=(*PENALTY_KINDS, ("none", "不予处罚", "No penalty"))),
        optional("investigation_report.proposed_fine", N, "建议罚款（元）", "Proposed fine (yuan)"),
        optional("investigation_report.tier", C, "裁量档次", "Tier", choices=TIERS),
        optional("investigation_report.tier_reasons", L, "裁量理由", "Reasons of the tier"),
        optional("investigation_report.no_penalty_ground", C, "不予处罚的理由", "Ground of no penalty",
                 choices=NO_PENALTY_GROUNDS),
        asked("case.complex_or_major", Y, "情节复杂或者重大", "Complex or grave", default="no"),
        silent("investigation_report.on", D, "today", required=True),
        silent("investigation_report.officer_ids", WHO, "case_officers"),
    ),
    "return_for_evidence": RETURNED,
}
# fmt: on
