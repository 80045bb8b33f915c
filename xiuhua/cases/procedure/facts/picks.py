"""The code lists of the forms: code, Chinese, English. Pure data; documents print the same codes."""

from __future__ import annotations

from xiuhua.cases.procedure.facts.field import Pick

Picks = tuple[Pick, ...]

PENALTY_KINDS: Picks = (
    ("warning", "警告", "Warning"),
    ("criticism", "通报批评", "Public criticism"),
    ("fine", "罚款", "Fine"),
    ("confiscate_gains", "没收违法所得", "Confiscation of gains"),
    ("confiscate_property", "没收非法财物", "Confiscation of property"),
    ("confiscate_vehicle", "没收车辆", "Confiscation of the vehicle"),
    ("suspend_licence", "暂扣许可证件", "Suspension of a licence"),
    ("downgrade", "降低资质等级", "Lower grade"),
    ("revoke_licence", "吊销许可证件", "Revocation of a licence"),
    ("restrict_trade", "限制开展生产经营活动", "Restriction of trade"),
    ("suspend_business", "责令停产停业", "Suspension of business"),
    ("close_business", "责令关闭", "Closing of business"),
    ("bar_from_trade", "限制从业", "Bar from trade"),
)
ON_SPOT_KINDS: Picks = tuple(p for p in PENALTY_KINDS if p[0] in ("warning", "fine"))
TIERS: Picks = (
    ("lighter", "从轻处罚", "Lighter"),
    ("ordinary", "一般处罚", "Ordinary"),
    ("heavier", "从重处罚", "Heavier"),
    ("mitigated", "减轻处罚", "Mitigated"),
)
MITIGATION_GROUNDS: Picks = (
    ("30", "已满十四周岁不满十八周岁", "Aged 14 to 17"),
    ("31", "尚未完全丧失辨认或者控制能力的精神病人", "Limited capacity"),
    ("32_1", "主动消除或者减轻危害后果", "Removed or lessened the harm"),
    ("32_2", "受他人胁迫或者诱骗", "Forced or tricked"),
    ("32_3", "主动供述行政机关尚未掌握的违法行为", "Told what was not yet known"),
    ("32_4", "配合查处有立功表现", "Helped the investigation"),
    ("32_5", "法律、法规、规章规定的其他情形", "Other ground in law"),
)
NO_PENALTY_GROUNDS: Picks = (
    ("slight", "违法行为轻微并及时改正，没有造成危害后果", "Slight, corrected, no harm"),
    ("first", "初次违法且危害后果轻微并及时改正", "First, slight, corrected"),
    ("no_fault", "当事人有证据足以证明没有主观过错", "No fault proved"),
    ("corrected", "在责令改正的期限内已经改正", "Corrected in the period of the order"),
    ("not_proved", "违法事实不能成立", "Not proved"),
    ("time_barred", "违法行为已过追究时效", "Time-barred"),
    ("under_age", "当事人行为时不满十四周岁", "Under 14"),
    ("lacks_capacity", "当事人行为时不能辨认或者不能控制自己的行为", "No capacity"),
)
PARTY_KINDS: Picks = (
    ("citizen", "公民", "Citizen"),
    ("organisation", "法人或者其他组织", "Organisation"),
    ("individual_business", "个体工商户", "Individual business"),
)
INSPECTION_KINDS: Picks = (
    ("inspection", "现场检查", "Inspection"),
    ("survey", "勘验", "Survey"),
)
RECHECK_RESULTS: Picks = (
    ("corrected", "已改正", "Corrected"),
    ("partly_corrected", "部分改正", "Partly corrected"),
    ("not_corrected", "逾期未改正", "Not corrected"),
)
SWITCH_REASONS: Picks = (
    ("facts_unclear", "事实不清，需要调查", "Facts unclear"),
    ("over_limit", "罚款超过当场处罚限额", "Fine over the limit"),
    ("other_kind", "应给予警告、罚款以外的处罚", "Another kind of penalty"),
)
FAILED_CRITERIA: Picks = (
    ("no_party_or_act", "没有明确的当事人或者违法事实", "No party or act"),
    ("no_penalty_likely", "依法不应给予行政处罚", "No penalty likely"),
    ("time_barred", "超过追责时效", "Time-barred"),
    ("not_ours", "不属于本机关管辖", "Not ours"),
    ("filed_elsewhere", "其他机关已先立案", "Filed elsewhere"),
)
RECUSAL_RESULTS: Picks = (("granted", "同意回避", "Granted"), ("refused", "驳回申请", "Refused"))
NO_GROUND: Picks = (
    ("no_violation", "未发现违法行为", "No violation"),
    ("not_proved", "违法事实不能成立", "Not proved"),
    ("not_the_party", "违法行为人不是当事人", "Not this party"),
    ("party_gone", "当事人死亡或者终止", "Party dead or dissolved"),
)
CRIME_PAPERS: Picks = (
    ("letter", "涉嫌犯罪案件移送书", "Letter of referral"),
    ("report", "案情调查报告", "Report"),
    ("goods_list", "涉案物品清单", "List of goods"),
    ("expert_papers", "检验报告或者鉴定意见", "Expert papers"),
)
PLAN_CHANGES: Picks = (
    ("new_facts", "发现新的事实", "New facts"),
    ("new_basis", "适用的依据变化", "New basis"),
    ("heavier_plan", "拟处罚加重，且不因申辩", "Heavier plan, not because of the defence"),
)
METHODS: Picks = (
    ("direct", "直接送达", "Direct"),
    ("left", "留置送达", "Left at the place"),
    ("electronic", "电子送达", "Electronic"),
    ("entrusted", "委托送达", "Entrusted"),
    ("post", "邮寄送达", "By post"),
    ("announcement", "公告送达", "By announcement"),
)
RELATIONS: Picks = (
    ("self", "受送达人本人", "The party"),
    ("adult_cohabitant", "同住成年家属", "Adult member of the household"),
    ("legal_representative", "法定代表人", "Legal representative"),
    ("responsible_person", "主要负责人", "Person in charge"),
    ("mail_receiver", "负责收件的人", "Person who takes the mail"),
    ("agent", "代理人", "Agent"),
    ("designated", "指定代收人", "Person named to receive"),
)
# What becomes of money that was paid under a decision that fell, when a new one is made.
OLD_MONEY: Picks = (
    ("returned", "已退还", "Returned"),
    ("set_off", "抵缴新决定罚款", "Set off against the new fine"),
)
PAY_METHODS: Picks = (("bank", "银行缴款", "At the bank"), ("electronic", "电子支付", "Electronic payment"))
CASH_GROUNDS: Picks = (
    ("small_amount", "依法可以当场收缴的小额罚款", "Small amount"),
    ("hard_to_enforce_later", "不当场收缴事后难以执行", "Hard to enforce later"),
    ("remote_on_request", "边远、水上、交通不便地区，经当事人提出", "Far away, on the party's request"),
)
DEFERRALS: Picks = (("deferral", "延期缴纳", "Deferral"), ("instalment", "分期缴纳", "Instalments"))
TERMINATIONS: Picks = (
    ("died", "公民死亡，无遗产可供执行，又无义务承受人", "Party died without estate"),
    ("dissolved", "法人或者其他组织终止，无财产可供执行", "Organisation ended without assets"),
    ("object_lost", "执行标的灭失", "Object lost"),
    ("decision_revoked", "据以执行的行政决定被撤销", "Decision revoked"),
    ("three_years", "中止执行满三年未恢复", "Suspended for three years"),
)
OVERTURNED_BY: Picks = (
    ("reconsideration", "行政复议机关", "Reconsideration body"),
    ("court", "人民法院", "Court"),
    ("self", "本机关自行纠正", "The agency itself"),
)
# What a legal review looks at (PPL21 §58): counts by code tell where the units must learn.
RETURN_CODES: Picks = (
    ("authority", "主体、管辖或者权限有误", "Authority or jurisdiction"),
    ("party", "当事人认定有误", "Party"),
    ("facts", "事实不清", "Facts unclear"),
    ("evidence", "证据不足或者不合法", "Evidence lacking or unlawful"),
    ("law", "定性或者适用依据不当", "Wrong basis"),
    ("procedure", "程序违法或者缺失", "Procedure"),
    ("discretion", "裁量不当", "Discretion"),
    ("papers", "文书制作有误", "Papers"),
    ("crime", "涉嫌犯罪应当移送", "Suspected crime"),
)
