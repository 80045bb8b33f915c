"""Forms of the demolition of illegal buildings. Pure data."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.demolition import ORDERED
from xiuhua.cases.procedure.facts.field import Fields, Kind, asked, optional, silent
from xiuhua.cases.procedure.facts.investigation import REFERRED
from xiuhua.cases.procedure.facts.on_scene import ANNULLED, ARCHIVED
from xiuhua.cases.procedure.facts.shared import (
    CLOSING,
    COUNT,
    FUTURE,
    HEAD,
    REASON,
    SIGNATURES,
    WHO,
    C,
    D,
    L,
    M,
    T,
    Y,
    service,
    video,
)

B = "demolition"
# Nobody files such a case: those who were on the scene handle it.
WHO_WENT = "inspections.-1.officer_ids|case_officers"
STRUCTURES = (
    ("brick_concrete", "砖混", "Brick and concrete"),
    ("steel", "钢结构", "Steel"),
    ("light_steel", "彩钢板", "Light steel panels"),
    ("wood", "木结构", "Wood"),
    ("other", "其他", "Other"),
)
GOODS_LEFT = (
    ("none", "无财物", "Nothing was there"),
    ("returned", "已交还", "Returned"),
    ("kept", "已妥善保管并通知领取", "In custody, and told to collect"),
)
SELF_REMOVAL = "自行拆除上述违法建筑"

# fmt: off
AREA: Fields = (asked(f"{B}.area_m2", Kind.DECIMAL, "建筑面积（平方米）", "Floor area (m²)", default=f"{B}.area_m2"),)
TELLING: Fields = (optional(f"{B}.reporter_told_on", D, "已告知举报人（日期）", "Reporter told on",
                            default=f"{B}.reporter_told_on"),)
BUILDING: Fields = (
    *AREA,
    asked(f"{B}.structure", C, "结构", "Structure", choices=STRUCTURES),
    asked(f"{B}.storeys", COUNT, "层数", "Storeys", default="const:1"),
    optional(f"{B}.use", T, "用途", "Use"),
    asked(f"{B}.builder_known", Y, "搭建人已查明", "The builder is known", default=f"{B}.builder_known"),
    asked(f"{B}.village_area", Y, "位于乡村规划区", "In a village planning area", default=f"{B}.village_area"),
)
SCENE: Fields = (
    asked(f"{B}.arrived_at", M, "到场时间", "Arrived", default="now"),
    optional(f"{B}.late_reason", T, "逾时到场的原因", "Why the arrival was late"),
    asked("inspection.officer_ids", WHO, "执法人员", "Officers", default="case_officers"),
    asked("inspection.certificate_shown", Y, "已出示执法证件", "Certificates shown"),
    asked("inspection.facts", L, "现场情况", "What was found", default="violation.facts"),
    *BUILDING,
    *SIGNATURES,
    silent("inspection.kind", T, "const:scene"),
    silent("inspection.on", D, "today", required=True),
    silent("inspection.from_at", M, "now"),
    silent("inspection.place", T, "violation.place"),
    *video("scene"),
)
# What an order says of the remedies against it, and who gave it.
ORDER: Fields = (
    silent(f"{B}.ordered_on", D, "today", required=True),
    silent(f"{B}.authority_name", T, "case.authority_name"),
    silent("decision.reconsideration_bodies", Kind.CHOICES, "reconsideration_bodies"),
    silent("decision.reconsideration_days", COUNT, "param:reconsideration_days"),
    silent("decision.litigation_months", COUNT, "param:litigation_months"),
    *HEAD,
    *TELLING,
)
REMOVED: Fields = (
    asked(f"{B}.removed_on", D, "拆除日期", "Removed on", default="today"),
    *AREA,
    asked(f"{B}.check_facts", L, "复查情况", "What the check found"),
    asked(f"{B}.check_officer_ids", WHO, "复查人员", "Checked by", default=WHO_WENT),
    silent(f"{B}.checked_on", D, "today", required=True),
)
GOODS: Fields = (
    asked(f"{B}.goods_listed", Y, "建筑内财物已清点登记", "The things inside were counted and listed"),
    optional(f"{B}.goods", Kind.GOODS, "财物清单", "The things", help="每行一件：名称，数量，状况"),
)
FORCED: Fields = (
    asked(f"{B}.demolished_at", M, "拆除时间", "Demolished at", default="now"),
    *AREA,
    *GOODS,
    asked(f"{B}.record", L, "拆除经过", "How it went"),
    optional("enforcement.present", T, "在场人", "Persons present"),
    silent("enforcement.officer_ids", WHO, WHO_WENT),
    *video("enforcement"),
)
DEMAND: Fields = (
    asked("demand.served_on", D, "催告书送达日期", "Demand served on", default="today"),
    asked("demand.duty_days", Kind.DAY_COUNT, "履行期限（日）", "Days to perform", default="const:10"),
    asked("demand.duty", L, "应履行的义务", "Duty", default=f"const:{SELF_REMOVAL}"),
    asked("demand.way", L, "履行方式", "Way", default="const:自行拆除并清理现场"),
    optional("demand.number", T, "区政府催告书文号", "Number of the government's demand"),
    *TELLING,
)
REPORT: Fields = (
    asked(f"{B}.report", L, "报告内容", "Report", default="const:当事人逾期未拆除，复议诉讼期限已满，建议强制拆除"),
    silent(f"{B}.reported_on", D, "today", required=True),
    silent(f"{B}.remedy_ended_on", D, "remedies_ended"),
)
FORCE_DECIDED: Fields = (
    asked("enforcement.reason", L, "强制拆除的理由", "Grounds", default="const:经催告逾期仍不拆除"),
    asked("enforcement.way", L, "强制拆除的方式", "Way", default="const:组织机械和人员拆除"),
    asked("enforcement.planned_on", D, "强制拆除的时间", "Planned for", time=FUTURE),
    asked("enforcement.tells_remedies", Y, "已载明复议诉讼的途径和期限", "It tells the remedies", default="yes"),
    asked(f"{B}.force_announced_on", D, "公告日期", "Announced on", default="today"),
    asked(f"{B}.self_due_on", D, "公告限期自行拆除至", "Last day to remove it oneself", time=FUTURE),
)


def _forced_by(basis: str, agency: str, own: Fields) -> Fields:
    return (
        *own,
        *FORCE_DECIDED,
        silent("enforcement.basis", T, f"const:{basis}"),
        silent("enforcement.agency", T, agency),
    )


def _closing(*fields: Fields) -> Fields:
    closing = tuple(f for f in CLOSING if f.path != "closing.officer_ids")
    went = silent("closing.officer_ids", WHO, WHO_WENT)
    return (*(f for group in fields for f in group), *TELLING, *closing, went)


SETTLED: Fields = (
    asked(f"{B}.goods_outcome", C, "建筑内财物的处理", "What became of the things inside", choices=GOODS_LEFT),
    optional(f"{B}.tools_returned_on", D, "暂扣工具材料退还日期", "Tools given back on"),
    asked(f"{B}.registry_no", T, "违法建筑信息系统登记号", "Number in the city's register"),
)
FORMS: Mapping[str, Fields] = {
    "go_to_scene": SCENE,
    "go_to_scene_building": SCENE,
    "pass_on": (*REFERRED, asked("case.our_power", Y, "本单位有职权查处", "It lies in our power", default="no")),
    "find_lawful": (
        asked(f"{B}.permit_no", T, "规划许可或者认定文书", "Permit, or paper of the planning authority"),
        asked(f"{B}.permit_reply", L, "核查情况", "What was found out"),
        silent(f"{B}.permit_checked_on", D, "today", required=True),
        *TELLING,
    ),
    "stop_work": (
        asked(f"{B}.stop_requirement", L, "当场口头责令的内容", "What was ordered by word of mouth",
              default="const:立即暂停施工，等候处理"),
        silent(f"{B}.stopped_on", D, "today", required=True),
        silent(f"{B}.stopped_at", M, "now"),
    ),
    "order_stop_and_remove": (
        asked(f"{B}.requirement", L, "责令内容", "What is ordered", default="const:立即停止建设，" + SELF_REMOVAL),
        asked(f"{B}.order_due_on", D, "自行拆除期限", "To be removed by", time=FUTURE),
        optional("decision.delivered_on", D, "当场送达日期", "Handed over on", default="today"),
        *ORDER,
    ),
    "take_tools": (
        asked("measure.items", Kind.GOODS, "暂扣的工具材料", "Tools and materials", help="每行一件：名称，数量，状况"),
        asked("measure.list_copies", COUNT, "清单份数", "Copies of the list", default="const:2"),
        asked("measure.store_place", T, "存放地点", "Where they are kept"),
        asked("measure.handed_over", Y, "决定书和清单已当场交付", "Decision and list handed over on the spot"),
        silent("measure.implemented_at", M, "now", required=True),
        silent("measure.decision_served_on", D, "today"),
        silent("measure.basis", T, "const:SHDB §11"),
        silent("measure.reason", T, "const:搭建尚未停止，需要暂扣施工工具和材料"),
        silent("measure.officer_ids", WHO, WHO_WENT),
    ),
    "remove_by_self_building": REMOVED,
    "demolish_at_once": (
        asked(f"{B}.refusal", L, "拒不停止或者拒不拆除的情况", "How it was refused"),
        silent("enforcement.number", T, f"{B}.number"),
        silent("enforcement.served_on", D, f"{B}.ordered_on"),
        silent("enforcement.basis", T, "const:SHDB §11"),
        silent("enforcement.way", T, "const:立即强制拆除"),
        *FORCED,
    ),
    "order_demolition": (
        asked(f"{B}.requirement", L, "责令内容", "What is ordered", default=f"const:{SELF_REMOVAL}"),
        asked(f"{B}.order_due_on", D, "限期拆除至", "To be removed by", time=FUTURE),
        *ORDER,
    ),
    "serve_order": (
        *(f for f in service("demolition_order") if f.path != "service.officer_ids"),
        silent("service.officer_ids", WHO, WHO_WENT),
        silent("service.document_number", T, f"{B}.number"),
        asked(f"{B}.order_announced_on", D, "现场公告日期", "Announced at the place on", default="today"),
        *TELLING,
    ),
    "serve_by_notice": (
        asked(f"{B}.notice_posted_on", D, "通告张贴日期", "Notice posted on", default="today"),
        asked(f"{B}.notice_place", T, "张贴地点", "Where", default="violation.place"),
        asked(f"{B}.attempts", L, "查找当事人的经过", "How the party was looked for"),
        silent("service.officer_ids", WHO, WHO_WENT),
        *TELLING,
    ),
    "remove_by_self": REMOVED,
    "remove_on_request": (
        asked(f"{B}.help_asked_on", D, "申请代为拆除日期", "Help asked for on"),
        asked(f"{B}.help_application", L, "申请内容", "What was asked for"),
        *REMOVED,
    ),
    "demand_by_government": DEMAND,
    "demand_by_town": tuple(f for f in DEMAND if f.path != "demand.number"),
    "hear_defence": (
        asked("defence.content", L, "当事人陈述申辩", "What the party said"),
        asked("defence.received_on", D, "日期", "Day", default="today"),
        silent("defence.officer_ids", WHO, WHO_WENT),
    ),
    "accept_defence": (
        asked("defence.reason", L, "申辩成立的理由", "Why the defence holds"),
        silent("defence.rechecked_on", D, "today", required=True),
    ),
    "remove_after_demand": REMOVED,
    "report_to_government": REPORT,
    "report_after_defence": (
        asked("defence.reason", L, "申辩不成立的理由", "Why the defence does not hold"),
        silent("defence.rechecked_on", D, "today", required=True),
        *REPORT,
    ),
    "decide_forced": _forced_by("URP §68; SHDB §10", "const:区人民政府", (
        asked(f"{B}.forced_decided_on", D, "强制拆除决定日期", "Decided on", default="today"),
        asked("enforcement.number", T, "强制拆除决定文号", "Number of the decision"),
        optional("enforcement.served_on", D, "决定书送达日期", "Decision served on"),
    )),
    "refuse_forced": REASON,
    "decide_town_demolition": _forced_by("URP §65; SHDB §23", "case.authority_name", (
        silent(f"{B}.forced_decided_on", D, "today", required=True),
        silent(f"{B}.remedy_ended_on", D, "remedies_ended"),
    )),
    "demolish": (
        *FORCED,
        asked("enforcement.residence", Y, "有人居住", "Somebody lives there"),
        asked("enforcement.cut_utilities", Y, "停水停电停气", "Water, power or gas cut off", default="no"),
        asked("enforcement.urgent", Y, "情况紧急", "Urgent", default="no"),
        optional("enforcement.urgent_reason", T, "紧急情况", "Why it is urgent"),
    ),
    "remove_before_force": REMOVED,
    "order_clearing": (
        asked(f"{B}.rubble", L, "遗留建筑垃圾情况", "What rubble is left"),
        asked("correction.requirement", L, "清理要求", "What is to be cleared", default="const:清理拆除后的建筑垃圾"),
        asked("correction.due_on", D, "清理期限", "To be cleared by", time=FUTURE),
        silent("correction.ordered_on", D, "today", required=True),
        silent("correction.officer_ids", WHO, WHO_WENT),
    ),
    "clear_rubble": (
        asked(f"{B}.cleared_on", D, "清理完毕日期", "Cleared on", default="today"),
        asked(f"{B}.clearing_facts", L, "复查情况", "What the check found"),
        silent("correction.rechecked_on", D, "today"),
        silent("correction.recheck_officer_ids", WHO, WHO_WENT),
    ),
    "close_removed": _closing(SETTLED),
    "close_cleared": _closing(SETTLED),
    "close_lawful": _closing(),
    "close_cancelled": _closing(),
    "annul_closed_order": ANNULLED,
    **{f"annul_order_{state}": ANNULLED for state in ORDERED},
    "redo_order": (
        asked("annulment.new_ground", L, "重新作出与原决定不同之处", "What differs from the old decision"),
    ),
    "close_annulled": (
        *_closing(),
        optional("refund.done_on", D, "恢复原状、退还或者赔偿日期", "Put right, given back or paid for on"),
    ),
    "archive_case": ARCHIVED,
}
# fmt: on
