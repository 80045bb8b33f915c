"""Guards of the demolition of illegal buildings (SHDB §5 to §13, URP §64 to §68, AEL §37, §43, §44). Pure."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.measures import COPIES
from xiuhua.cases.procedure.guards.reading import block, come, evidence, rows, step_of, written
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
GOODS_LEFT = frozenset({"none", "returned", "kept"})


def _own(file: File) -> Any:
    return block(file, "demolition")


def _said(file: File) -> Any:
    """What the step under judgement states of the building itself."""
    return block(step_of(file), "demolition")


def has_permit(file: File, setting: Setting) -> bool:
    """The paper of the planning authority is named, and what it says (SHDB §8)."""
    said = _said(file)
    checked = come(said.get("permit_checked_on"), setting.day)
    return checked and written(said.get("permit_no")) and written(said.get("permit_reply"))


def oral_stop(file: File, setting: Setting) -> bool:
    said = _said(file)
    return come(said.get("stopped_on"), setting.day) and written(said.get("stop_requirement"))


def refuses(file: File, setting: Setting) -> bool:
    """After the order, not before it: the party goes on or does not remove, and how is written."""
    return written(_said(file).get("refusal")) and come(_own(file).get("ordered_on"), setting.day)


def being_built(file: File, setting: Setting) -> bool:
    """The case began so, work was stopped on the scene, and evidence is relied on."""
    own = _own(file)
    stopped = come(own.get("stopped_on"), setting.day)
    return own.get("being_built") is True and stopped and any(e.get("relied_on") for e in evidence(file))


def tools_handed_over(file: File, setting: Setting) -> bool:
    """The things are listed, and decision and list in two copies were handed over on the spot (AEL §24)."""
    said = block(step_of(file), "measure")
    begun, served = said.get("implemented_at") or "", said.get("decision_served_on")
    listed = bool(rows(said, "items")) and (said.get("list_copies") or 0) >= COPIES
    return listed and bool(served) and served == begun[:10] and come(served, setting.day)


def removal_checked(file: File, setting: Setting) -> bool:
    """Somebody went there on or after the day of the removal and wrote down what is left."""
    said = _said(file)
    removed, checked = said.get("removed_on"), said.get("checked_on")
    seen = written(said.get("check_facts")) and bool(said.get("check_officer_ids"))
    return come(checked, setting.day) and come(removed, checked or "") and seen


def still_stands(file: File, setting: Setting) -> bool:
    """Nobody has removed the building, neither the party nor by force."""
    own = _own(file)
    return not own.get("removed_on") and not own.get("demolished_at")


def goods_listed(file: File, setting: Setting) -> bool:
    return _said(file).get("goods_listed") is True


def order_announced(file: File, setting: Setting) -> bool:
    """At the place, not before the order was given (AEL §44)."""
    own, announced = _own(file), _said(file).get("order_announced_on")
    return come(announced, setting.day) and come(own.get("ordered_on"), announced or "")


def party_unknown(file: File, setting: Setting) -> bool:
    """The builder is not known, or cannot be reached; how he was looked for is written, and the notice hangs."""
    own, said = _own(file), _said(file)
    posted = said.get("notice_posted_on")
    in_order = come(posted, setting.day) and come(own.get("ordered_on"), posted or "")
    return own.get("builder_known") is False and in_order and written(said.get("attempts"))


def asked_for_help(file: File, setting: Setting) -> bool:
    """Before the removal, in words of the party (SHDB §10)."""
    said = _said(file)
    in_time = come(said.get("help_asked_on"), said.get("removed_on") or "")
    return in_time and come(said.get("removed_on"), setting.day) and written(said.get("help_application"))


def due_passed(file: File, setting: Setting) -> bool:
    """The last day of the order is over, and no notice still waits for its own days to end."""
    own = _own(file)
    due, served = own.get("order_due_on"), own.get("order_served_on")
    return bool(due) and bool(served) and max(due, served) < setting.day


def fields_complete(file: File, setting: Setting) -> bool:
    """AEL §37: the building and place, grounds and basis, way and time, remedies, the agency and its day."""
    own, forced = _own(file), block(step_of(file), "enforcement")
    texts = ("reason", "basis", "way", "agency")
    told = forced.get("tells_remedies") is True and bool(forced.get("planned_on"))
    place = written(block(file, "violation").get("place")) and (own.get("area_m2") or 0) > 0
    return all(written(forced.get(t)) for t in texts) and told and place


def village_area(file: File, setting: Setting) -> bool:
    """The place lies there by what was found on the scene, and the town itself acts (URP §65)."""
    town = block(file, "case").get("authority_kind") == "town_government"
    return _own(file).get("village_area") is True and town


def forced_announced(file: File, setting: Setting) -> bool:
    """The announcement gave a last day to remove it oneself, and that day is over (AEL §44)."""
    own = _own(file)
    announced, until = own.get("force_announced_on"), own.get("self_due_on")
    return bool(announced) and bool(until) and announced < until < setting.day


def rubble_left(file: File, setting: Setting) -> bool:
    return written(_said(file).get("rubble"))


def rubble_cleared(file: File, setting: Setting) -> bool:
    said = _said(file)
    return come(said.get("cleared_on"), setting.day) and written(said.get("clearing_facts"))


def goods_settled(file: File, setting: Setting) -> bool:
    """What was inside went back or is kept; what was listed cannot be nothing; tools taken were given back."""
    own, measure = _own(file), block(file, "measure")
    outcome = own.get("goods_outcome")
    fits = outcome in GOODS_LEFT and (outcome != "none" or not own.get("goods"))
    return fits and (not measure.get("items") or come(own.get("tools_returned_on"), setting.day))


def registered(file: File, setting: Setting) -> bool:
    return written(_own(file).get("registry_no"))


def reporter_told(file: File, setting: Setting) -> bool:
    own = _own(file)
    return own.get("has_reporter") is False or come(own.get("reporter_told_on"), setting.day)


# fmt: off
GUARDS = (
    Guard("building_has_permit", has_permit, FACTS, "SHDB §8",
          "未取得规划部门认定，不得认定为合法建筑", "The building has the permit or is otherwise lawful."),
    Guard("oral_stop_recorded", oral_stop, FACTS, "SHDB §11",
          "当场责令暂停施工未记录", "The oral stop order is recorded."),
    Guard("refuses_to_stop_or_remove", refuses, FACTS, "SHDB §11",
          "当事人未拒绝停止或者拆除", "The party goes on building or refuses to remove."),
    Guard("being_built_proved", being_built, FILE, "SHDB §11",
          "不能证明正在搭建，不得立即强制拆除或者暂扣工具材料",
          "Evidence shows that the building was under construction."),
    Guard("tools_handed_over", tools_handed_over, FACTS, "AEL §24",
          "未当场交付暂扣决定书和清单", "Decision and list in two copies were handed over on the spot."),
    Guard("removal_checked", removal_checked, FACTS, "SHDB §10",
          "未复查拆除情况", "The removal was checked on site."),
    Guard("building_still_stands", still_stands, FILE, "SHDB §8",
          "建筑物已经拆除，不能重新责令拆除", "The building has not been removed."),
    Guard("goods_listed", goods_listed, FACTS, "SHDB §12",
          "未清点登记财物，不得拆除", "The things inside are listed before demolition."),
    Guard("order_announced", order_announced, FACTS, "SHDB §9",
          "责令限期拆除决定未公告", "The demolition order was announced."),
    Guard("party_unknown_or_unreachable", party_unknown, FACTS, "SHDB §9",
          "当事人可以确定和送达，不得以通告代替",
          "The party cannot be found or reached, and attempts are recorded."),
    Guard("party_asked_for_help", asked_for_help, FACTS, "SHDB §10",
          "当事人未申请代为拆除", "The party asked for help with the removal."),
    Guard("demolition_due_passed", due_passed, FILE, "SHDB §10",
          "限期拆除期限未到", "The due day of the demolition order passed."),
    Guard("enforcement_fields_complete", fields_complete, FACTS, "AEL §37",
          "强制执行决定书缺少法定事项",
          "The enforcement decision names party, grounds, way, time, remedies, agency."),
    Guard("village_planning_area", village_area, FILE, "URP §65",
          "不在乡村规划区，镇政府无权决定拆除", "The building stands in a village planning area."),
    Guard("enforcement_announced", forced_announced, FILE, "AEL §44",
          "强制拆除未公告限期自行拆除", "The forced demolition was announced and the term ran out."),
    Guard("rubble_left", rubble_left, FACTS, "SHDB §13",
          "没有需要清理的建筑垃圾", "Rubble remains after removal."),
    Guard("rubble_cleared", rubble_cleared, FACTS, "SHDB §13",
          "建筑垃圾未清理", "The rubble is gone."),
    Guard("goods_returned_or_kept", goods_settled, FACTS, "SHDB §12",
          "建筑内财物未妥善处理，不得结案", "The things found were returned or are in custody."),
    Guard("registry_updated", registered, FACTS, "SHDB §6",
          "未录入违法建筑信息系统", "The case is in the city's register of illegal buildings."),
    Guard("reporter_told", reporter_told, FACTS, "SHDB §5",
          "未将查处情况反馈举报人", "The reporter was told, or there is none."),
)
# fmt: on
