"""Forms of review, notice, defence, hearing and decision."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.facts.field import Fields, Kind, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import (
    MITIGATION_GROUNDS,
    NO_PENALTY_GROUNDS,
    PENALTY_KINDS,
    PLAN_CHANGES,
    TIERS,
)
from xiuhua.cases.procedure.facts.shared import (
    CC,
    COUNT,
    HEAD,
    PERSON,
    REASON,
    RETURNED,
    TOLD_IN_DECISION,
    WHO,
    C,
    D,
    L,
    N,
    T,
    Y,
    service,
)

# fmt: off
ADJUDICATED: Fields = (
    optional("adjudication.authority", T, "主体和管辖", "Authority", default="const:主体适格，有管辖权"),
    optional("adjudication.party", T, "当事人", "Party", default="const:当事人认定准确"),
    optional("adjudication.facts", T, "事实和证据", "Facts", default="const:事实清楚，证据充分"),
    optional("adjudication.basis", T, "定性和依据", "Basis", default="const:定性准确，适用依据正确"),
    optional("adjudication.procedure", T, "程序和期限", "Procedure", default="const:程序合法，未超期限"),
    optional("adjudication.discretion", T, "裁量", "Discretion", default="const:裁量适当"),
    optional("adjudication.documents", T, "文书和案卷", "Papers", default="const:文书齐全规范"),
    optional("adjudication.comment", L, "补充意见", "Comment"),
    silent("adjudication.on", D, "today", required=True),
    silent("adjudication.reviewer_id", PERSON, "actor"),
)
REVIEWED: Fields = (
    optional("legal_review.authority", T, "主体和人员", "Authority", default="const:主体和人员合法"),
    optional("legal_review.facts", T, "事实和证据", "Facts", default="const:事实清楚，证据合法充分"),
    optional("legal_review.basis", T, "适用依据", "Basis", default="const:适用依据正确"),
    optional("legal_review.procedure", T, "程序", "Procedure", default="const:程序合法"),
    optional("legal_review.discretion", T, "裁量", "Discretion", default="const:裁量适当"),
    optional("legal_review.documents", T, "文书", "Papers", default="const:文书完备规范"),
    optional("legal_review.crime", T, "是否涉嫌犯罪", "Crime", default="const:不涉嫌犯罪"),
    asked("legal_review.first_time_reviewer", Y, "初次从事法制审核", "First-time reviewer", default="no"),
    optional("legal_review.qualification_no", T, "法律职业资格证号", "Qualification"),
    optional("legal_review.comment", L, "补充意见", "Comment"),
    silent("legal_review.on", D, "today", required=True),
    silent("legal_review.reviewer_id", PERSON, "actor"),
)
NO_PENALTY: Fields = (
    asked("no_penalty.ground", C, "不予处罚理由", "Ground", choices=NO_PENALTY_GROUNDS, default="no_penalty.ground"),
    asked("no_penalty.reason", L, "说明", "Explanation", default="no_penalty.reason"),
    asked("no_penalty.education", L, "教育内容", "How the party was educated"),
    silent("no_penalty.decided_on", D, "today", required=True),
    silent("no_penalty.approver_id", PERSON, "actor"),
    silent("no_penalty.approver_role", T, "actor_role"),
)
DEFENCE: Fields = (
    asked("defence.received_on", D, "陈述申辩日期", "Received on", default="today"),
    asked("defence.speaker_name", T, "陈述申辩人", "Speaker", default="party.name"),
    asked("defence.content", L, "陈述申辩内容", "What was said"),
    optional("defence.papers", T, "提交的证据", "Papers"),
    silent("defence.officer_ids", WHO, "case_officers"),
)
REQUESTED: Fields = (
    asked("hearing.requested_on", D, "要求听证日期", "Requested on", default="hearing.requested_on|today"),
)


def decision(fine: str) -> Fields:
    """The decision; `fine` names what the amount should be unless it is changed."""
    return (
        asked("decision.kinds", CC, "处罚种类", "Kinds", choices=PENALTY_KINDS, default="notice.planned_kinds"),
        optional("decision.fine", N, "罚款（元）", "Fine (yuan)", default=fine),
        optional("decision.gains", N, "没收违法所得（元）", "Gains confiscated (yuan)"),
        optional("decision.confiscated", Kind.GOODS, "没收的物品", "Things confiscated",
                 help="每行一件：名称，数量，状况"),
        optional("decision.units", COUNT, "计罚数量", "Units", help="按人、平方米、吨或者百分比计罚时填写"),
        asked("decision.tier", C, "裁量档次", "Tier", choices=TIERS, default="investigation_report.tier"),
        optional("decision.mitigation_ground", C, "减轻依据", "Ground of mitigation", choices=MITIGATION_GROUNDS),
        optional("decision.mitigation_reason", T, "减轻理由", "Reason of mitigation"),
        optional("decision.aggravation_ground", T, "从重理由", "Reason of the heavier tier"),
        optional("decision.change_reason", T, "与告知数额不同的理由", "Why it differs from the notice"),
        optional("decision.other_duties", L, "其他履行要求", "Other duties"),
        *HEAD,
        *TOLD_IN_DECISION,
    )


DECIDING_FORMS: Mapping[str, Fields] = {
    "adjudicate": ADJUDICATED,
    "return_from_adjudication": RETURNED,
    "pass_legal_review": REVIEWED,
    "fail_legal_review": (
        *RETURNED,
        silent("legal_review.on", D, "today", required=True),
        silent("legal_review.reviewer_id", PERSON, "actor"),
    ),
    "propose_no_penalty": (
        asked("no_penalty.ground", C, "不予处罚理由", "Ground", choices=NO_PENALTY_GROUNDS,
              default="investigation_report.no_penalty_ground"),
        asked("no_penalty.reason", L, "说明", "Explanation"),
        silent("no_penalty.proposed_on", D, "today"),
    ),
    "decide_no_penalty": NO_PENALTY,
    "drop_after_hearing_or_defence": NO_PENALTY,
    "serve_prior_notice": (
        asked("notice.planned_kinds", CC, "拟处罚种类", "Planned kinds", choices=PENALTY_KINDS,
              default="investigation_report.proposed_kinds"),
        optional("notice.planned_fine", N, "拟罚款（元）", "Planned fine (yuan)",
                 default="investigation_report.proposed_fine"),
        optional("notice.planned_confiscation", N, "拟没收价值（元）", "Planned confiscation (yuan)"),
        asked("notice.reasons_text", L, "理由", "Reasons", default="investigation_report.tier_reasons"),
        asked("notice.defence_days", Kind.DAY_COUNT, "陈述申辩期限（日）", "Days for the defence",
              default="param:defence_days"),
        asked("notice.tells_hearing", Y, "告知听证权利", "Tells the right to a hearing", default="hearing_due"),
        silent("notice.issued_on", D, "served:prior_notice.issued_on|today"),
        silent("notice.party_name", T, "party.name"),
        silent("notice.basis", T, "cause.basis", required=True),
        *service("prior_notice"),
    ),
    "offer_hearing": (
        asked("hearing.told_on", D, "告知听证日期", "Told on",
              default="served:hearing_right_notice.effective_on|notice.served_on"),
        *service("hearing_right_notice"),
    ),
    "receive_defence": DEFENCE,
    "receive_defence_instead": DEFENCE,
    "waive_defence": (
        asked("defence.waived_in_writing", Y, "已书面放弃陈述申辩", "Waived in writing"),
        asked("defence.waived_on", D, "放弃日期", "Waived on", default="today"),
    ),
    "let_defence_lapse": (),
    "recheck_defence": (
        asked("defence.adopted", Y, "采纳", "Adopted"),
        asked("defence.reason", L, "逐项复核情况和理由", "Answer to each point"),
        optional("defence.proposed_fine", N, "复核后拟罚款（元）", "Fine after the recheck (yuan)"),
        silent("defence.rechecked_on", D, "today", required=True),
        silent("defence.recheck_officer_ids", WHO, "case_officers"),
    ),
    "request_hearing": REQUESTED,
    "request_hearing_before_decision": REQUESTED,
    "waive_hearing": (
        asked("hearing.waived_in_writing", Y, "已书面放弃听证", "Hearing waived in writing"),
        optional("defence.waived_in_writing", Y, "一并放弃陈述申辩", "Defence waived as well"),
        asked("hearing.waived_on", D, "放弃日期", "Waived on", default="today"),
    ),
    "let_hearing_lapse": (),
    "take_hearing_result": (
        optional("hearing.notice_served_on", D, "听证通知送达日期", "Notice served on",
                 default="hearing.notice_served_on"),
        optional("hearing.held_on", D, "听证日期", "Held on", default="hearing.held_on"),
        optional("hearing.host_id", PERSON, "听证主持人", "Host", default="hearing.host_id"),
        optional("hearing.public", Y, "公开举行", "Public", default="hearing.public|yes"),
        optional("hearing.private_ground", T, "不公开的理由", "Why not public", default="hearing.private_ground"),
        optional("hearing.record_signed", Y, "笔录已核对签名", "Record signed", default="hearing.record_signed"),
        optional("hearing.ended_by_absence", Y, "当事人无故缺席终止", "Ended by absence",
                 default="hearing.ended_by_absence"),
        asked("hearing.opinion", L, "听证意见", "Opinion", default="hearing.opinion"),
        silent("hearing.report_on", D, "hearing.report_on|today", required=True),
    ),
    "renotify_changed_penalty": (
        asked("renotice.ground", C, "变更原因", "Ground", choices=PLAN_CHANGES),
        asked("renotice.reason", L, "说明", "Explanation"),
        silent("renotice.on", D, "today", required=True),
    ),
    "discuss_collectively": (
        asked("discussion.present_ids", WHO, "出席人员", "Present"),
        asked("discussion.opinion_lines", L, "每人意见", "Opinions", help="按出席人员顺序，每人一行"),
        asked("discussion.conclusion", L, "结论", "Conclusion"),
        optional("discussion.conclusion_fine", N, "决定罚款（元）", "Fine concluded (yuan)",
                 default="notice.planned_fine"),
        asked("discussion.minutes_signed", Y, "记录已签名", "Minutes signed"),
        optional("discussion.place", T, "地点", "Place"),
        silent("discussion.on", D, "today", required=True),
        silent("discussion.chair_id", PERSON, "actor"),
    ),
    "decide_penalty": decision("notice.planned_fine"),
    "decide_after_discussion": decision("discussion.conclusion_fine"),
    "return_after_discussion": REASON,
}
# fmt: on
