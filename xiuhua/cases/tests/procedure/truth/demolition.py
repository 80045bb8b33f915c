"""Guards of the demolition of illegal buildings."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

RELIED = [{"name": "现场检查笔录", "relied_on": True}]
TOWN, BUREAU = {"authority_kind": "town_government"}, {"authority_kind": "district_bureau"}
ITEM = {"name": "切割机", "quantity": "1台", "state": "完好"}


def said(**block: Any) -> dict[str, Any]:
    """What this step states of the building."""
    return {"step": {"demolition": block}}


PERMIT = {"permit_checked_on": "2023-05-16", "permit_no": "示例规〔2010〕1号", "permit_reply": "已取得许可"}
REMOVED = {
    "removed_on": "2023-05-15",
    "checked_on": "2023-05-16",
    "check_facts": "已全部拆除",
    "check_officer_ids": ["A", "B"],
}
TOOLS = {
    "implemented_at": "2023-05-16T10:00",
    "decision_served_on": "2023-05-16",
    "list_copies": 2,
    "items": [ITEM],
}
FORCED = {
    "reason": "逾期不拆",
    "basis": "URP §68",
    "way": "机械拆除",
    "agency": "示例区人民政府",
    "tells_remedies": True,
    "planned_on": "2023-05-30",
}
BUILDING = {"violation": {"place": "示例路1号"}, "demolition": {"area_m2": 36}}
HELP = {"help_asked_on": "2023-05-10", "removed_on": "2023-05-15", "help_application": "请求代拆"}
UNKNOWN = {"builder_known": False, "ordered_on": "2023-05-10"}
POSTED = {"notice_posted_on": "2023-05-12", "attempts": "走访邻里三次"}

DEMOLITION: tuple[Case, ...] = (
    yes("building_has_permit", **said(**PERMIT)),
    no("building_has_permit", demolition=PERMIT),
    no("building_has_permit", **said(**PERMIT | {"permit_no": ""})),
    no("building_has_permit", **said(**PERMIT | {"permit_reply": " "})),
    no("building_has_permit", **said(**PERMIT | {"permit_checked_on": "2023-05-17"})),
    yes("building_still_stands", demolition={"ordered_on": "2023-05-10"}),
    no("building_still_stands", demolition={"removed_on": "2023-05-15"}),
    no("building_still_stands", demolition={"demolished_at": "2023-05-15T10:00"}),
    yes("oral_stop_recorded", **said(stopped_on="2023-05-16", stop_requirement="立即停工")),
    no("oral_stop_recorded", **said(stopped_on="2023-05-16")),
    no("oral_stop_recorded", **said(stop_requirement="立即停工")),
    yes("refuses_to_stop_or_remove", demolition={"ordered_on": "2023-05-15"}, **said(refusal="继续施工")),
    no("refuses_to_stop_or_remove", **said(refusal="继续施工")),
    no("refuses_to_stop_or_remove", demolition={"ordered_on": "2023-05-15", "refusal": "继续施工"}),
    yes("being_built_proved", demolition={"being_built": True, "stopped_on": "2023-05-16"}, evidence=RELIED),
    no("being_built_proved", demolition={"being_built": True, "stopped_on": "2023-05-16"}),
    no("being_built_proved", demolition={"being_built": True}, evidence=RELIED),
    no("being_built_proved", demolition={"being_built": False, "stopped_on": "2023-05-16"}, evidence=RELIED),
    yes("tools_handed_over", step={"measure": TOOLS}),
    no("tools_handed_over", measure=TOOLS),
    no("tools_handed_over", step={"measure": TOOLS | {"list_copies": 1}}),
    no("tools_handed_over", step={"measure": TOOLS | {"items": []}}),
    no("tools_handed_over", step={"measure": TOOLS | {"decision_served_on": None}}),
    no("tools_handed_over", step={"measure": TOOLS | {"implemented_at": "2023-05-15T10:00"}}),
    no(
        "tools_handed_over",
        step={"measure": TOOLS | {"implemented_at": "2023-05-17T10:00", "decision_served_on": "2023-05-17"}},
    ),
    yes("removal_checked", **said(**REMOVED)),
    no("removal_checked", demolition=REMOVED),
    no("removal_checked", **said(**REMOVED | {"removed_on": "2023-05-17"})),
    no("removal_checked", **said(**REMOVED | {"checked_on": "2023-05-17"})),
    no("removal_checked", **said(**REMOVED | {"check_facts": ""})),
    no("removal_checked", **said(**REMOVED | {"check_officer_ids": []})),
    yes("goods_listed", **said(goods_listed=True)),
    no("goods_listed", **said(goods_listed=False)),
    no("goods_listed", demolition={"goods_listed": True}),
    yes("order_announced", demolition={"ordered_on": "2023-05-15"}, **said(order_announced_on="2023-05-16")),
    no("order_announced", demolition={"ordered_on": "2023-05-16"}, **said(order_announced_on="2023-05-15")),
    no("order_announced", demolition={"ordered_on": "2023-05-15"}, **said(order_announced_on="2023-05-17")),
    no("order_announced", demolition={"ordered_on": "2023-05-15"}),
    no("order_announced", **said(order_announced_on="2023-05-16")),
    yes("party_unknown_or_unreachable", demolition=UNKNOWN, **said(**POSTED)),
    no("party_unknown_or_unreachable", demolition=UNKNOWN | {"builder_known": True}, **said(**POSTED)),
    no("party_unknown_or_unreachable", demolition={"ordered_on": "2023-05-10"}, **said(**POSTED)),
    no("party_unknown_or_unreachable", demolition=UNKNOWN, **said(**POSTED | {"attempts": ""})),
    no(
        "party_unknown_or_unreachable",
        demolition=UNKNOWN,
        **said(**POSTED | {"notice_posted_on": "2023-05-09"}),
    ),
    no(
        "party_unknown_or_unreachable",
        demolition=UNKNOWN,
        **said(**POSTED | {"notice_posted_on": "2023-05-17"}),
    ),
    yes("party_asked_for_help", **said(**HELP)),
    no("party_asked_for_help", **said(**HELP | {"help_asked_on": "2023-05-16"})),
    no("party_asked_for_help", **said(**HELP | {"help_application": ""})),
    no("party_asked_for_help", **said(**HELP | {"removed_on": "2023-05-17"})),
    no("party_asked_for_help", demolition=HELP),
    yes("demolition_due_passed", demolition={"order_due_on": "2023-05-15", "order_served_on": "2023-05-01"}),
    no("demolition_due_passed", demolition={"order_due_on": "2023-05-16", "order_served_on": "2023-05-01"}),
    no("demolition_due_passed", demolition={"order_due_on": "2023-05-10", "order_served_on": "2023-05-16"}),
    no("demolition_due_passed", demolition={"order_due_on": "2023-05-15"}),
    no("demolition_due_passed", demolition={"order_served_on": "2023-05-15"}),
    yes("enforcement_fields_complete", **BUILDING, step={"enforcement": FORCED}),
    no("enforcement_fields_complete", **BUILDING, enforcement=FORCED),
    no("enforcement_fields_complete", step={"enforcement": FORCED}),
    no(
        "enforcement_fields_complete",
        violation={"place": "示例路1号"},
        demolition={"area_m2": 0},
        step={"enforcement": FORCED},
    ),
    *(
        no("enforcement_fields_complete", **BUILDING, step={"enforcement": FORCED | {name: ""}})
        for name in ("reason", "basis", "way", "agency", "tells_remedies", "planned_on")
    ),
    yes("village_planning_area", case=TOWN, demolition={"village_area": True}),
    no("village_planning_area", case=TOWN, demolition={"village_area": False}),
    no("village_planning_area", case=BUREAU, demolition={"village_area": True}),
    no("village_planning_area", demolition={"village_area": True}),
    yes(
        "enforcement_announced", demolition={"force_announced_on": "2023-05-01", "self_due_on": "2023-05-15"}
    ),
    no("enforcement_announced", demolition={"force_announced_on": "2023-05-01", "self_due_on": "2023-05-16"}),
    no("enforcement_announced", demolition={"force_announced_on": "2023-05-15", "self_due_on": "2023-05-15"}),
    no("enforcement_announced", demolition={"self_due_on": "2023-05-15"}),
    no("enforcement_announced", demolition={"force_announced_on": "2023-05-01"}),
    yes("rubble_left", **said(rubble="约2立方米")),
    no("rubble_left", **said(rubble=" ")),
    no("rubble_left", demolition={"rubble": "约2立方米"}),
    yes("rubble_cleared", **said(cleared_on="2023-05-16", clearing_facts="已清理")),
    no("rubble_cleared", **said(cleared_on="2023-05-17", clearing_facts="已清理")),
    no("rubble_cleared", **said(cleared_on="2023-05-16")),
    yes("goods_returned_or_kept", demolition={"goods_outcome": "none"}),
    yes("goods_returned_or_kept", demolition={"goods_outcome": "kept", "goods": [ITEM]}),
    no("goods_returned_or_kept", demolition={"goods_outcome": "none", "goods": [ITEM]}),
    no("goods_returned_or_kept", demolition={"goods_outcome": "lost"}),
    no("goods_returned_or_kept", demolition={}),
    yes(
        "goods_returned_or_kept",
        demolition={"goods_outcome": "none", "tools_returned_on": "2023-05-16"},
        measure={"items": [ITEM]},
    ),
    no("goods_returned_or_kept", demolition={"goods_outcome": "none"}, measure={"items": [ITEM]}),
    no(
        "goods_returned_or_kept",
        demolition={"goods_outcome": "none", "tools_returned_on": "2023-05-17"},
        measure={"items": [ITEM]},
    ),
    yes("registry_updated", demolition={"registry_no": "示例0001"}),
    no("registry_updated", demolition={"registry_no": ""}),
    yes("reporter_told", demolition={"has_reporter": False}),
    yes("reporter_told", demolition={"has_reporter": True, "reporter_told_on": "2023-05-16"}),
    no("reporter_told", demolition={"has_reporter": True, "reporter_told_on": "2023-05-17"}),
    no("reporter_told", demolition={"has_reporter": True}),
    # Who does not know whether somebody reported has not told him.
    no("reporter_told", demolition={}),
    # Shared guards, in the procedure that has no matter beside it.
    yes(
        "demand_fields_complete",
        demand={"duty": "自拆", "duty_days": 10, "way": "自拆", "tells_defence": True},
    ),
    no(
        "demand_fields_complete",
        demand={"duty": "自拆", "duty_days": 0, "way": "自拆", "tells_defence": True},
    ),
)
