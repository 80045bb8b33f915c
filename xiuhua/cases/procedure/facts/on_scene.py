"""Forms of the summary procedure."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import (
    CASH_GROUNDS,
    MITIGATION_GROUNDS,
    ON_SPOT_KINDS,
    OVERTURNED_BY,
    PENALTY_KINDS,
    SWITCH_REASONS,
    TIERS,
)
from xiuhua.cases.procedure.facts.shared import (
    CC,
    CLOSING,
    COUNT,
    ENFORCED,
    PERSON,
    SIGNATURES,
    SURCHARGE,
    TOLD_IN_DECISION,
    WHO,
    C,
    D,
    L,
    M,
    N,
    T,
    Y,
    money_in,
    video,
)

# fmt: off
SWITCH: Fields = (
    asked("switch.reason", C, "转程序的理由", "Reason", choices=SWITCH_REASONS),
    optional("switch.fine", N, "应处罚款（元）", "Fine deserved (yuan)"),
    optional("switch.kinds", CC, "应给予的处罚", "Kinds deserved", choices=PENALTY_KINDS),
)
ANNULLED: Fields = (
    asked("annulment.by", C, "撤销机关", "Overturned by", choices=OVERTURNED_BY, default="annulment.by"),
    asked("annulment.document", T, "撤销文书名称和文号", "Paper and number", default="annulment.document"),
    asked("annulment.on", D, "撤销日期", "Day", default="annulment.on"),
    optional("annulment.new_decision", Y, "责令重新作出决定", "New decision ordered",
             default="annulment.new_decision|no"),
)
REPORTED: Fields = (
    asked("decision.filed_with_agency_on", D, "备案日期", "Reported on", default="today"),
)
ARCHIVED: Fields = (
    asked("archive.archived_on", D, "归档日期", "Archived on", default="today"),
    asked("archive.case_count_in_volume", COUNT, "卷内案件数", "Cases in the volume", default="const:1"),
    asked("archive.index_pages", COUNT, "目录页数", "Pages in the index"),
    asked("archive.actual_pages", COUNT, "实际页数", "Pages counted"),
    asked("archive.cover", Y, "有卷宗封面", "Cover", default="yes"),
    asked("archive.note_sheet", Y, "有备考表", "Note sheet", default="yes"),
    optional("archive.volume_no", T, "卷宗号", "Volume"),
    silent("archive.number", T, "number:archive"),
    silent("archive.archivist_id", PERSON, "actor"),
)

SUMMARY_FORMS: Mapping[str, Fields] = {
    "arrive_on_scene": (
        asked("scene.arrived_at", M, "到场时间", "Arrived", default="now"),
        asked("scene.officer_ids", WHO, "执法人员", "Officers", default="case_officers"),
        asked("violation.place", T, "地点", "Place", default="violation.place"),
        optional("case.reporter_told_on", D, "告知举报人日期", "Reporter told on"),
        *video("scene"),
    ),
    "show_certificate": (
        asked("inspection.certificate_shown", Y, "已出示执法证件", "Certificates shown"),
        asked("inspection.facts", L, "现场情况", "What was found", default="violation.facts"),
        *SIGNATURES,
        silent("inspection.kind", T, "const:scene"),
        silent("inspection.on", D, "today", required=True),
        silent("inspection.from_at", M, "scene.arrived_at"),
        silent("inspection.place", T, "violation.place"),
        silent("inspection.officer_ids", WHO, "scene.officer_ids", required=True),
    ),
    "persuade": (
        asked("persuasion.content", L, "教育劝阻内容", "What was said"),
        asked("persuasion.result", T, "劝阻结果", "Result", default="const:当事人当场改正"),
        asked("violation.slight", Y, "违法行为轻微", "The act is slight"),
        asked("violation.harm", Y, "造成危害后果", "Harm was done"),
        asked("violation.corrected_on", D, "改正日期", "Corrected on", default="today"),
        silent("persuasion.at", M, "now"),
        silent("persuasion.place", T, "violation.place"),
        silent("persuasion.facts", L, "violation.facts"),
        silent("persuasion.officer_ids", WHO, "scene.officer_ids"),
    ),
    "dismiss_no_violation": (asked("inspection.facts", L, "现场情况", "What was found"),
                             silent("inspection.kind", T, "const:scene"),
                             silent("inspection.on", D, "today"),
                             silent("inspection.officer_ids", WHO, "scene.officer_ids")),
    "switch_to_ordinary": SWITCH,
    "tell_facts_and_rights": (
        asked("violation.facts", L, "违法事实", "Facts", default="violation.facts"),
        asked("notice.planned_kinds", CC, "拟给予的处罚", "Planned penalty", choices=ON_SPOT_KINDS),
        optional("notice.planned_fine", N, "拟罚款（元）", "Planned fine (yuan)"),
        silent("notice.told_at", M, "now"),
        silent("notice.basis", T, "cause.basis"),
    ),
    "hear_defence": (
        optional("defence.content", L, "当事人陈述申辩", "What the party said", help="未提出的可以不填"),
        silent("defence.heard_at", M, "now"),
    ),
    "switch_after_defence": SWITCH,
    "drop_after_defence": (asked("defence.reason", L, "申辩成立的理由", "Why the defence holds"),),
    "decide_on_spot": (
        asked("decision.kinds", CC, "处罚", "Penalty", choices=ON_SPOT_KINDS, default="notice.planned_kinds"),
        optional("decision.fine", N, "罚款（元）", "Fine (yuan)", default="notice.planned_fine"),
        optional("decision.tier", C, "裁量档次", "Tier", choices=TIERS),
        optional("decision.mitigation_ground", C, "减轻依据", "Ground of mitigation", choices=MITIGATION_GROUNDS),
        asked("decision.signed_by", WHO, "署名执法人员", "Signed by", default="scene.officer_ids"),
        silent("decision.time", T, "clock"),
        silent("decision.place", T, "violation.place"),
        silent("decision.number", T, "number:on_spot_decision"),
        silent("decision.defence_text", L, "defence.content"),
        silent("decision.tells_reconsideration_first", Y, "param:on_spot_reconsideration_first"),
        *TOLD_IN_DECISION,
    ),
    "hand_over_on_spot": (
        asked("decision.sign_refused", Y, "当事人拒绝签收", "Signature refused", default="no"),
        optional("decision.refusal_text", T, "拒签情况", "How it was refused"),
        silent("decision.delivered_on", D, "today", required=True),
    ),
    "report_before_payment": REPORTED,
    "collect_cash": (
        asked("payment.cash_ground", C, "当场收缴理由", "Ground", choices=CASH_GROUNDS),
        *money_in("decision.fine", method="cash"),
    ),
    "hand_in_cash": (
        asked("payment.handed_in_amount", N, "清点金额（元）", "Cash counted (yuan)"),
        asked("payment.officer_handed_in_on", D, "交至机关日期", "Handed in on", default="today"),
    ),
    "deposit_cash": (
        asked("payment.bank_slip_no", T, "银行缴款凭证号", "Number of the bank slip"),
        asked("payment.agency_deposited_on", D, "缴付银行日期", "Deposited on", default="today"),
    ),
    "pay_at_bank": money_in("still_owed"),
    "acknowledge_warning": (),
    "settle_late": (*money_in("still_owed", must=False), *SURCHARGE),
    "finish_by_force": (*ENFORCED, *money_in("", must=False), *SURCHARGE),
    "annul_on_spot": ANNULLED,
    "annul_overdue": ANNULLED,
    "annul_paid": ANNULLED,
    "annul_recorded": ANNULLED,
    "annul_closed": ANNULLED,
    "report_for_record": REPORTED,
    "close_summary": CLOSING,
    "close_reported": CLOSING,
}
# fmt: on
