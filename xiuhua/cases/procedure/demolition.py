"""The demolition of illegal buildings (拆违): a procedure of its own, which imposes no fine. Pure data.

One text since the Administrative Coercion Law of 2012-01-01: the city's provisions (SHDB) with URP §64 to §68 and AEL.

Rules of the file
1. A case begins with a building that stands (24 hours to the scene) or with one being built (2 hours, SHDB §7).
2. What the district government demands and decides it decides itself (SHDB §10, URP §68): the office writes it down
   and issues no paper in its name. In a village planning area the town does both (URP §65, SHDB §23).
3. The file holds it all in the block `demolition`, the demand in `demand`, what is carried out in `enforcement`, tools
   that were taken in `measure`.

Apart from the draft: `archive_case` is added, one case in one volume as after a penalty; so is the way back from a
closed case whose order fell (`annul_closed_order`, `close_annulled`). An order may be taken to a reconsideration or a
court from the day on which it is known: wherever the road then stands, it ends when the order fell (`annul_order_…`), a
new order begins again at the scene (`redo_order`) while the building stands, and force waits until no remedy is under
way (AEL §44 asks for that of the decision; it is asked again of the force itself). `demand_by_town` is added,
because nobody may decide before a demand (AEL §35) and the draft knew only the government's; `take_tools` rests on the
proof that building goes on, since SHDB §11 itself gives the power and the catalogue's mark is of the cause. The town
decides when the period of its demand is over, as the government is asked to, and with what AEL §37 wants of either (the
draft asked it of the government only).
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.moves import Certainty, State, Table, move

HEADS = "bureau_deputy_head town_approver"
SQUAD_HEADS = "squad_head brigade_head"

STATES = (
    State("found", "发现违法建筑"),
    State("on_scene", "到达现场"),
    State("found_being_built", "发现正在搭建"),
    State("on_scene_building", "到场(在建)"),
    State("referred", "已移送", final=True),
    State("lawful", "非违法建筑"),
    State("stopped", "已暂停施工"),
    State("ordered_being_built", "责令停建自拆"),
    State("removed", "已拆除"),
    State("ordered", "责令限期拆除"),
    State("order_served", "拆除决定已送达公告"),
    State("demanded", "已催告"),
    State("defence_heard", "已听取申辩"),
    State("cancelled", "不再拆除"),
    State("reported", "已报告"),
    State("forced_decided", "强制拆除决定"),
    State("clearing", "清理中"),
    State("cleared", "已清理"),
    State("annulled", "已撤销"),
    State("closed", "已结案", final=True),
)

# Where an order has been made known to the builder, and the road has not ended.
ORDERED = (
    "ordered_being_built",
    "order_served",
    "demanded",
    "defence_heard",
    "reported",
    "forced_decided",
    "removed",
    "clearing",
    "cleared",
)

# One move is a few lines, so that the table can be read as one.
# fmt: off
MOVES = (
    move("go_to_scene", "到场取证", "found", "on_scene", "officer",
         guards="two_certified_officers certificate_shown recording_on",
         documents="inspection_record photo_note", clock=("illegal_building_reported", 24, "hour"),
         law="SHDB §7; SHDB §14", states="demolition.arrived_at"),
    move("go_to_scene_building", "到场取证(正在搭建)", "found_being_built", "on_scene_building", "officer",
         guards="two_certified_officers certificate_shown recording_on",
         documents="inspection_record photo_note", clock=("illegal_building_reported", 2, "hour"),
         law="SHDB §7", states="demolition.arrived_at"),
    move("pass_on", "移送职责部门", "on_scene", "referred", SQUAD_HEADS, guards="not_our_power",
         documents="referral_letter", law="SHDB §7", note="At once", states="referral.to"),
    move("find_lawful", "查明非违法建筑", "on_scene", "lawful", SQUAD_HEADS, guards="building_has_permit",
         documents="inspection_record", law="SHDB §8", states="demolition.permit_checked_on"),
    move("stop_work", "责令暂停施工", "on_scene_building", "stopped", "officer", guards="oral_stop_recorded",
         documents="stop_building_order", law="SHDB §11", states="demolition.stopped_on"),
    move("order_stop_and_remove", "责令停止建设自行拆除", "stopped", "ordered_being_built", HEADS,
         guards="facts_proved", documents="stop_building_order service_receipt",
         law="SHDB §11; URP §64; URP §68", states="demolition.ordered_on"),
    move("take_tools", "暂扣工具材料", "ordered_being_built", "ordered_being_built", "officer",
         guards="being_built_proved tools_handed_over", documents="measure_decision measure_list",
         law="SHDB §11; AEL §24", note="AEL steps apply", states="measure.implemented_at"),
    move("remove_by_self_building", "自行拆除(在建)", "ordered_being_built", "removed", "party",
         guards="removal_checked", documents="recheck_record", law="SHDB §11", states="demolition.removed_on"),
    move("demolish_at_once", "立即强制拆除", "ordered_being_built", "removed", "officer",
         guards="refuses_to_stop_or_remove being_built_proved recording_on goods_listed",
         documents="enforcement_record", law="SHDB §11", states="demolition.demolished_at"),
    move("order_demolition", "责令限期拆除", "on_scene", "ordered", HEADS,
         guards="facts_proved our_power authority_matches_unit", documents="demolition_order",
         law="SHDB §8; URP §64", states="demolition.ordered_on"),
    move("serve_order", "送达并公告", "ordered", "order_served", "officer",
         guards="served_by_lawful_method order_announced", documents="service_receipt announcement",
         law="SHDB §9; AEL §44", states="services"),
    move("serve_by_notice", "通告(当事人不明)", "ordered", "order_served", "officer",
         guards="party_unknown_or_unreachable", documents="announcement",
         clock=("notice_posted", 10, "calendar_day"), law="SHDB §9",
         note="At least 10 days; whether working days is not said", states="demolition.notice_posted_on"),
    move("remove_by_self", "自行拆除", "order_served", "removed", "party", guards="removal_checked",
         documents="recheck_record", law="SHDB §10", states="demolition.removed_on"),
    move("remove_on_request", "代为拆除", "order_served", "removed", "officer", guards="party_asked_for_help",
         documents="substitute_record", law="SHDB §10", states="demolition.removed_on"),
    move("demand_by_government", "区政府催告", "order_served", "demanded", "district_government",
         guards="demolition_due_passed demand_fields_complete", documents="demand_notice",
         law="SHDB §10; AEL §35", states="demand.served_on"),
    move("demand_by_town", "镇政府催告(乡村规划区)", "order_served", "order_served", "town_approver",
         guards="village_planning_area demolition_due_passed demand_fields_complete",
         documents="demand_notice", law="AEL §35; SHDB §23", certainty=Certainty.CHECKED,
         note="Not in the draft: the town that decides demands itself", states="demand.served_on"),
    move("hear_defence", "听取陈述申辩", "demanded", "defence_heard", "officer", guards="defence_recorded",
         documents="defence_record", law="SHDB §10; AEL §36", states="defence.received_on"),
    move("accept_defence", "申辩成立", "defence_heard", "cancelled", HEADS, guards="defence_accepted",
         documents="recheck_opinion", law="SHDB §10", states="defence.reason"),
    move("remove_after_demand", "催告后自行拆除", "demanded", "removed", "party", guards="removal_checked",
         documents="recheck_record", law="SHDB §10", states="demolition.removed_on"),
    move("report_to_government", "报告区政府", "demanded", "reported", HEADS,
         guards="remedy_periods_over demand_period_over", law="SHDB §10; AEL §44",
         states="demolition.reported_on"),
    move("report_after_defence", "复核后报告区政府", "defence_heard", "reported", HEADS,
         guards="remedy_periods_over demand_period_over", law="SHDB §10; AEL §44",
         states="demolition.reported_on"),
    move("decide_forced", "区政府作出强制拆除决定", "reported", "forced_decided", "district_government",
         guards="enforcement_fields_complete remedy_periods_over", documents="enforcement_decision",
         law="SHDB §10; URP §68; AEL §37", states="demolition.forced_decided_on"),
    move("refuse_forced", "区政府不作强拆决定", "reported", "cancelled", "district_government",
         guards="reason_given", law="SHDB §10", states="reason"),
    move("decide_town_demolition", "镇政府决定拆除(乡村规划区)", "order_served", "forced_decided",
         "town_approver",
         guards="village_planning_area demolition_due_passed demand_period_over remedy_periods_over "
                "enforcement_fields_complete",
         documents="enforcement_decision", law="URP §65; SHDB §23; AEL §44",
         states="demolition.forced_decided_on"),
    move("demolish", "实施强制拆除", "forced_decided", "removed", "officer",
         guards="enforcement_announced goods_listed not_at_night_or_holiday recording_on "
                "no_cutting_of_utilities remedy_periods_over",
         documents="enforcement_record", law="SHDB §12; AEL §43; AEL §44", states="demolition.demolished_at"),
    move("remove_before_force", "强拆前自行拆除", "forced_decided", "removed", "party",
         guards="removal_checked", documents="recheck_record", law="SHDB §10", states="demolition.removed_on"),
    move("order_clearing", "清理通知", "removed", "clearing", "officer", guards="rubble_left",
         documents="correction_order", law="SHDB §13", states="correction.ordered_on"),
    move("clear_rubble", "清理完毕", "clearing", "cleared", "officer", guards="rubble_cleared",
         documents="recheck_record", law="SHDB §13", states="demolition.cleared_on"),
    move("close_removed", "拆违结案", "removed", "closed", SQUAD_HEADS,
         guards="goods_returned_or_kept registry_updated reporter_told", documents="case_closing_report",
         clock=("illegal_building_reported", 1, "month"), law="SHDB §5; SHDB §6; SHDB §12",
         note="Reporter told in one month", states="case.closed_on"),
    move("close_cleared", "清理后结案", "cleared", "closed", SQUAD_HEADS,
         guards="goods_returned_or_kept registry_updated reporter_told", documents="case_closing_report",
         clock=("illegal_building_reported", 1, "month"), law="SHDB §5; SHDB §6; SHDB §13",
         states="case.closed_on"),
    move("close_lawful", "非违建结案", "lawful", "closed", SQUAD_HEADS, guards="reporter_told",
         documents="case_closing_report", clock=("illegal_building_reported", 1, "month"), law="SHDB §5",
         states="case.closed_on"),
    move("close_cancelled", "决定撤销结案", "cancelled", "closed", SQUAD_HEADS, guards="reporter_told",
         documents="case_closing_report", law="SHDB §5", states="case.closed_on"),
    move("annul_closed_order", "结案后决定被撤销变更", "closed", "annulled", HEADS,
         guards="annulled_by_remedy_or_self closed_decision_fell", law="AEL §41; ARL17 §28; ALL §70",
         note="Opens the case again: what can be given back is, or is paid for", states="annulment.document"),
    *(
        move(f"annul_order_{state}", "拆除决定被撤销", state, "annulled", HEADS, guards="annulled_by_remedy_or_self",
             law="AEL §41; ARL17 §28; ARL23 §64; ALL §70", note="The order fell on the way",
             states="annulment.document")
        for state in ORDERED
    ),
    move("redo_order", "重新作出决定", "annulled", "on_scene", HEADS,
         guards="new_decision_ordered not_same_facts_and_reasons building_still_stands", law="ARL23 §64; ALL §71",
         note="Nothing is ordered of a building that is gone", states="annulment.new_ground"),
    move("close_annulled", "撤销后结案", "annulled", "closed", SQUAD_HEADS, guards="money_and_goods_returned",
         documents="case_closing_report", law="AEL §41", states="case.closed_on"),
    move("archive_case", "归档", "closed", "closed", "squad_legal_clerk", guards="archive_in_order",
         documents="archive_index case_statistics_card", law="案卷管理规定 §5; 案卷管理规定 §7",
         certainty=Certainty.MEMORY,
         note="The city's rule is of penalty files; a demolition is bound by it as an ordinary case is",
         states="archive.archived_on"),
)
# fmt: on

TABLE = Table(
    procedure="demolition",
    version="2012",
    valid_from=date(2012, 1, 1),
    valid_to=None,
    states=STATES,
    moves=MOVES,
)
