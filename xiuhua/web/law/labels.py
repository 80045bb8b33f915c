"""Labels of the codes of the law as data."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CERTAINTIES: Mapping[str, tuple[str | Promise, str]] = {
    "read": (_("已读原文"), "done"),
    "checked": (_("两处核对"), "done"),
    "memory": (_("凭记忆，待核"), "back"),
    "unverified": (_("未核实"), "refused"),
    "design": (_("本局设定"), "wait"),
    "generated": (_("演示数据"), "wait"),
}
ENFORCERS: Mapping[str, str | Promise] = {
    "C": _("城管执法"),
    "G": _("绿化"),
    "W": _("水务"),
    "H": _("房屋管理"),
    "T": _("交通"),
    "E": _("生态环境"),
    "M": _("市政"),
    "U": _("燃气"),
    "P": _("规划资源"),
    "TG": _("镇人民政府"),
    "O": _("其他部门"),
}
MEASURES: Mapping[str, str | Promise] = {
    "yuan": _("元"),
    "percent": "%",
    "person": _("人"),
    "case": _("件"),
    "hour": _("小时"),
    "metre": _("米"),
    "calendar_day": _("日（自然日）"),
    "working_day": _("个工作日"),
    "month": _("个月"),
}
WORDS: Mapping[str, str | Promise] = {
    "yes": _("是"),
    "no": _("否"),
    "citizen": _("公民"),
    "organisation": _("单位"),
    "district_government": _("区人民政府"),
    "city_department": _("市城管执法局"),
    "large_fine": _("较大数额罚款"),
    "large_confiscation": _("没收较大数额违法所得、较大价值非法财物"),
    "downgrade": _("降低资质等级"),
    "revoke_licence": _("吊销许可证件"),
    "suspend_business": _("责令停产停业"),
    "close_business": _("责令关闭"),
    "restrict_trade": _("限制开展生产经营活动"),
    "other_heavier": _("其他较重的行政处罚"),
    "heavier_or_complex": _("情节复杂或者给予较重处罚"),
    "public_interest": _("涉及重大公共利益"),
    "major_rights_and_hearing": _("直接关系当事人或者第三人重大权益，经过听证程序"),
    "complex": _("案件情况疑难复杂、涉及多个法律关系"),
    "other_by_law": _("法律、法规规定的其他情形"),
}
KINDS: Mapping[str, str | Promise] = {
    "warning": _("警告"),
    "public_criticism": _("通报批评"),
    "fine": _("罚款"),
    "confiscate_gains": _("没收违法所得"),
    "confiscate_property": _("没收非法财物"),
    "confiscate_vehicle": _("没收车辆"),
    "downgrade": _("降低资质等级"),
    "restrict_trade": _("限制开展生产经营活动"),
    "suspend_business": _("责令停产停业"),
    "close_business": _("责令关闭"),
    "revoke_licence": _("吊销许可证件"),
}
TIERS: Mapping[str, str | Promise] = {
    "mitigated": _("减轻"),
    "lighter": _("从轻"),
    "ordinary": _("一般"),
    "heavier": _("从重"),
    "none": _("不予处罚"),
}
DIRECTIONS: Mapping[str, str | Promise] = {
    "none": _("不予处罚"),
    "lighter": _("从轻、减轻"),
    "heavier": _("从重"),
    "either": _("两可"),
}
FORCES: Mapping[str, str | Promise] = {"must": _("应当"), "may": _("可以"), "weigh": _("酌情")}
WAYS: Mapping[str, tuple[str | Promise, str]] = {
    "lighter": (_("新法较轻，适用新法"), "now"),
    "unclear": (_("新旧轻重须比较"), "back"),
    "corrected": (_("案卷所载文本有误，重新核对"), "back"),
    "review": (_("已在变动后决定，复核"), "refused"),
    "steps": (_("以后的步骤按新规定"), "now"),
    "discretion": (_("裁量依据变动，决定前重新裁量"), "now"),
    "limitation": (_("时效：仅较短时适用"), "wait"),
}
