"""A demolition worked through its forms, and lawful roads that together make every move of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Self

from xiuhua.cases.procedure.demolition import ORDERED, TABLE
from xiuhua.cases.procedure.demolition_road import DEMOLITION
from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.filling import Known, fill
from xiuhua.cases.tests.procedure.live import PEOPLE, Live, opened
from xiuhua.cases.tests.procedure.setting import calendar, params_on

CAUSE = {"code": "WJ01", "basis": "URP §64", "kinds_allowed": ["fine"], "transfer_basis": "示例划转"}
SCENE: dict[str, Any] = {
    "inspection__certificate_shown": True,
    "inspection__party_signed": True,
    "demolition__area_m2": "36.5",
    "demolition__structure": "light_steel",
    "demolition__builder_known": True,
    "demolition__village_area": False,
}
CHECKED: dict[str, Any] = {"demolition__check_facts": "已全部拆除"}
SERVED: dict[str, Any] = {"service__receiver_relation": "self", "service__receipt": True}
FORCED: dict[str, Any] = {"demolition__goods_listed": True, "demolition__record": "有序拆除"}
CALM: dict[str, Any] = {"enforcement__residence": False}
SETTLED: dict[str, Any] = {"demolition__goods_outcome": "none", "demolition__registry_no": "示例0001"}
COUNTED: dict[str, Any] = {"archive__index_pages": 30, "archive__actual_pages": 30}
ITEM = "切割机，1台，完好"


@dataclass(frozen=True)
class Said:
    """A step as somebody makes it: what was typed, on which day, in which role."""

    move: str
    on: date
    role: str
    values: Mapping[str, Any]


class Building(Live):
    """One demolition on its way; `year` is that of the finding."""

    def __init__(self, year: int, *, being_built: bool = False, town: bool = False, **own: Any) -> None:
        found = {
            "reported_at": f"{year}-03-06T09:00",
            "being_built": being_built,
            "has_reporter": True,
            "builder_known": True,
            **own,
        }
        case = {"authority_kind": "town_government", "handling_unit_kind": "town_squad"} if town else {}
        base = opened("demolition", f"{year}-03-06", cause=CAUSE, demolition=found, case=case)
        super().__init__(base)
        self.year, self.state = year, TABLE.beginnings[being_built]
        self.said: list[Said] = []

    def facts_of(
        self, move: str, day: str, role: str, typed: Mapping[str, Any], at: str = "15:00"
    ) -> dict[str, Any]:
        on, fields = date.fromisoformat(day), DEMOLITION.forms[move]
        who = PEOPLE.get(role, "S")
        known = Known(datetime.combine(on, time.fromisoformat(at)), who, role, params_on(on), "", calendar())
        values = {**fill(fields, self.file, known), **typed}
        assert faults_of(fields, values, self.file, on) == {}, (
            move,
            faults_of(fields, values, self.file, on),
        )
        return compose_with(fields, values, DEMOLITION.fixed.get(move, {}), DEMOLITION.derived.get(move, ()))

    def go(self, move: str, day: str, role: str = "", /, **typed: Any) -> Self:
        super().go(move, day, role, **typed)
        values = {path.replace("__", "."): value for path, value in typed.items()}
        self.said.append(Said(move, date.fromisoformat(day), self.steps[-1].role, values))
        return self

    def on(self, month: int, day: int) -> str:
        return f"{self.year}-{month:02}-{day:02}"


def arrived(year: int, **more: Any) -> Building:
    case = Building(year)
    case.go("go_to_scene", case.on(3, 6), **SCENE | more)
    return case


def ordered(year: int, **more: Any) -> Building:
    case = arrived(year, **more)
    case.go("order_demolition", case.on(3, 12), "bureau_deputy_head", demolition__order_due_on=case.on(3, 30))
    return case


def served(year: int) -> Building:
    case = ordered(year)
    case.go("serve_order", case.on(3, 14), **SERVED, demolition__reporter_told_on=case.on(3, 14))
    return case


def demanded(year: int) -> Building:
    case = served(year)
    case.go("demand_by_government", case.on(4, 2), demand__number="示例府催〔1〕号")
    return case


def force_decided(year: int) -> Building:
    case = demanded(year)
    case.go("report_to_government", case.on(9, 18), "bureau_deputy_head")
    return case.go(
        "decide_forced",
        case.on(9, 20),
        enforcement__number="示例府强〔1〕号",
        enforcement__planned_on=case.on(10, 15),
        demolition__self_due_on=case.on(9, 30),
    )


def closed(case: Building, day: str) -> Building:
    case.go("close_removed", day, "squad_head", **SETTLED)
    return case


def fallen(year: int) -> Building:
    """The government revoked the order when the building was gone and the case closed."""
    case = by_force(year)
    case.file["reconsiderations"] = case.base["reconsiderations"] = [revocation(case)]
    says = {"annulment__by": "reconsideration", "annulment__document": "示例复决1号"}
    case.go("annul_closed_order", case.on(11, 5), "bureau_deputy_head", annulment__on=case.on(11, 2), **says)
    return case.go("close_annulled", case.on(11, 20), "squad_head")


def revocation(case: Building) -> dict[str, str]:
    return {"outcome": "revoked", "decided_on": case.on(11, 2), "document": "示例复决1号"}


def standing_in(state: str, year: int) -> Building:
    """A case whose order is known, where the road stands in `state` of those in which an order may fall."""
    if state == "ordered_being_built":
        return stopped(year)
    case = {"order_served": served, "forced_decided": force_decided}.get(state, demanded)(year)
    if state in ("removed", "clearing", "cleared"):
        case.go("remove_after_demand", case.on(4, 8), "party", **CHECKED)
    elif state == "defence_heard":
        case.go("hear_defence", case.on(4, 5), defence__content="已建成多年")
    elif state == "reported":
        case.go("report_to_government", case.on(9, 18), "bureau_deputy_head")
    if state in ("clearing", "cleared"):
        says = {"demolition__rubble": "约2立方米", "correction__due_on": case.on(4, 12)}
        case.go("order_clearing", case.on(4, 8), **says)
    if state == "cleared":
        case.go("clear_rubble", case.on(4, 11), demolition__clearing_facts="已清理")
    return case


def fallen_in(state: str, year: int, *, new: bool = False) -> Building:
    """The bureau itself takes the order back, and orders another one with `new`."""
    case = standing_in(state, year)
    says = {"annulment__by": "self", "annulment__document": "示例撤销决定1号", "annulment__new_decision": new}
    move = f"annul_order_{state}"
    return case.go(move, case.on(10, 8), "bureau_deputy_head", annulment__on=case.on(10, 8), **says)


def ordered_anew(year: int) -> Building:
    """The second order is served and the building is gone."""
    case = fallen_in("demanded", year, new=True)
    case.go(
        "redo_order", case.on(10, 9), "bureau_deputy_head", annulment__new_ground="补充测绘，重新认定面积"
    )
    due = {"demolition__order_due_on": case.on(10, 30)}
    case.go("order_demolition", case.on(10, 12), "bureau_deputy_head", **due)
    case.go("serve_order", case.on(10, 14), **SERVED, demolition__reporter_told_on=case.on(10, 14))
    case.go("remove_by_self", case.on(10, 20), "party", **CHECKED)
    return closed(case, case.on(10, 22))


def given_up(year: int) -> Building:
    case = fallen_in("order_served", year)
    return case.go("close_annulled", case.on(10, 20), "squad_head")


def _fallen_in(state: str) -> Callable[[int], Building]:
    def road(year: int) -> Building:
        return fallen_in(state, year)

    road.__name__ = f"fallen_in_{state}"
    return road


FALLEN = tuple(_fallen_in(state) for state in ORDERED)


def filed_away(year: int) -> Building:
    case = by_force(year)
    return case.go("archive_case", case.on(11, 5), "squad_legal_clerk", **COUNTED)


def by_force(year: int) -> Building:
    case = force_decided(year)
    case.go("demolish", case.on(10, 16), **FORCED | CALM)
    return closed(case, case.on(10, 20))


def by_itself(year: int) -> Building:
    case = served(year)
    case.go("remove_by_self", case.on(3, 20), "party", **CHECKED)
    case.go(
        "order_clearing", case.on(3, 20), demolition__rubble="约2立方米", correction__due_on=case.on(3, 25)
    )
    case.go("clear_rubble", case.on(3, 24), demolition__clearing_facts="已清理")
    case.go("close_cleared", case.on(3, 26), "squad_head", **SETTLED)
    return case


def on_request(year: int) -> Building:
    case = served(year)
    case.go(
        "remove_on_request",
        case.on(3, 22),
        demolition__help_asked_on=case.on(3, 18),
        demolition__help_application="请求代为拆除",
        **CHECKED,
    )
    return closed(case, case.on(3, 26))


def after_demand(year: int) -> Building:
    case = demanded(year)
    case.go("remove_after_demand", case.on(4, 8), "party", **CHECKED)
    return closed(case, case.on(4, 9))


def before_force(year: int) -> Building:
    case = force_decided(year)
    case.go("remove_before_force", case.on(9, 28), "party", **CHECKED)
    return closed(case, case.on(9, 29))


def defence_fails(year: int) -> Building:
    case = demanded(year)
    case.go("hear_defence", case.on(4, 5), defence__content="已建成多年")
    case.go("report_after_defence", case.on(9, 18), "bureau_deputy_head", defence__reason="无许可")
    case.go("refuse_forced", case.on(9, 20), reason="拟另行整治")
    case.go("close_cancelled", case.on(9, 21), "squad_head")
    return case


def defence_holds(year: int) -> Building:
    case = demanded(year)
    case.go("hear_defence", case.on(4, 5), defence__content="已补办许可")
    case.go("accept_defence", case.on(4, 8), "bureau_deputy_head", defence__reason="许可属实")
    case.go("close_cancelled", case.on(4, 9), "squad_head")
    return case


def builder_unknown(year: int) -> Building:
    case = ordered(year, demolition__builder_known=False)
    case.go("serve_by_notice", case.on(3, 14), demolition__attempts="走访三次，无人认领")
    return case


def lawful(year: int) -> Building:
    case = arrived(year)
    case.go(
        "find_lawful",
        case.on(3, 9),
        "squad_head",
        demolition__permit_no="示例规〔2010〕1号",
        demolition__permit_reply="许可真实有效",
        demolition__reporter_told_on=case.on(3, 9),
    )
    case.go("close_lawful", case.on(3, 10), "squad_head")
    return case


def passed_on(year: int) -> Building:
    case = arrived(year)
    case.go("pass_on", case.on(3, 6), "squad_head", referral__to="示例水务局", reason="河道内建筑")
    return case


def stopped(year: int) -> Building:
    case = Building(year, being_built=True)
    case.go("go_to_scene_building", case.on(3, 6), **SCENE)
    case.go("stop_work", case.on(3, 6))
    case.go(
        "order_stop_and_remove", case.on(3, 6), "bureau_deputy_head", demolition__order_due_on=case.on(3, 7)
    )
    return case


def gone_at_once(year: int) -> Building:
    case = stopped(year)
    case.go("take_tools", case.on(3, 7), measure__items=ITEM, measure__store_place="示例库",
            measure__handed_over=True)  # fmt: skip
    case.go("demolish_at_once", case.on(3, 8), demolition__refusal="继续浇筑", **FORCED)
    case.go(
        "close_removed",
        case.on(3, 20),
        "squad_head",
        demolition__tools_returned_on=case.on(3, 19),
        demolition__reporter_told_on=case.on(3, 19),
        **SETTLED,
    )
    return case


def building_given_up(year: int) -> Building:
    case = stopped(year)
    case.go("remove_by_self_building", case.on(3, 7), "party", **CHECKED)
    return case


def by_the_town(year: int) -> Building:
    case = Building(year, town=True)
    case.go("go_to_scene", case.on(3, 6), **SCENE | {"demolition__village_area": True})
    case.go("order_demolition", case.on(3, 12), "town_approver", demolition__order_due_on=case.on(3, 30))
    case.go("serve_order", case.on(3, 14), **SERVED)
    case.go("demand_by_town", case.on(4, 2))
    return case.go(
        "decide_town_demolition",
        case.on(9, 18),
        enforcement__planned_on=case.on(10, 15),
        demolition__self_due_on=case.on(9, 30),
    )


ROADS: tuple[Callable[[int], Building], ...] = (
    by_force, filed_away, fallen, by_itself, on_request, after_demand, before_force, defence_fails, defence_holds,
    builder_unknown, lawful, passed_on, gone_at_once, building_given_up, by_the_town, ordered_anew, given_up, *FALLEN,
)  # fmt: skip
