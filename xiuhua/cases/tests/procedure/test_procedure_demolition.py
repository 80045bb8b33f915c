"""The demolition of illegal buildings: every move on a lawful road, none around what must come before it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases import rules
from xiuhua.cases.procedure import demolition_clocks
from xiuhua.cases.procedure.demolition import TABLE
from xiuhua.cases.procedure.demolition_road import DEMOLITION
from xiuhua.cases.procedure.facts.field import Kind
from xiuhua.cases.procedure.facts.filling import SOURCES
from xiuhua.cases.procedure.file import File, fold_all, merge
from xiuhua.cases.procedure.judging import is_lawful
from xiuhua.cases.tests.procedure import demolition_live as live
from xiuhua.cases.tests.procedure.demolition_live import ROADS, Building
from xiuhua.cases.tests.procedure.setting import calendar, setting

walked = cache(lambda road, year: road(year))
YEARS = (2018, 2026)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_a_lawful_road_can_be_walked_through_its_forms(road: Callable[[int], Building], year: int) -> None:
    case = walked(road, year)
    assert case.file == {**fold_all(case.base, [s.facts for s in case.steps])}
    assert case.state == TABLE.move(case.steps[-1].move).target


def test_every_move_of_the_table_lies_on_one_of_the_roads() -> None:
    assert {s.move for road in ROADS for s in walked(road, 2026).steps} == set(TABLE.by_id)


def test_it_begins_with_a_building_that_stands_or_with_one_being_built() -> None:
    assert TABLE.beginnings == ("found", "found_being_built")


def test_every_field_has_both_names_and_every_silent_one_a_source() -> None:
    for move, fields in DEMOLITION.forms.items():
        assert len({f.path for f in fields}) == len(fields), move
        for field in fields:
            if field.shown:
                assert field.label_zh, (move, field.path)
                assert field.label_en.replace("²", "").isascii(), (move, field.path)
                assert bool(field.choices) is (field.kind in (Kind.CHOICE, Kind.CHOICES)), (move, field.path)
            else:
                assert field.default, (move, field.path)
            for said in field.default.split("|"):
                source = said.partition(":")[0]
                assert (
                    source in ("", "const", "number", "param", "served") or source in SOURCES or "." in source
                )


def test_what_a_move_must_state_is_a_field_of_its_form_or_follows_from_it() -> None:
    for m in TABLE.moves:
        assert m.states is not None
        paths = {f.path for f in DEMOLITION.forms[m.id]}
        assert m.states in paths or m.states == "services", m.id


def test_papers_and_numbers_are_those_of_the_table() -> None:
    named = {kind for m in TABLE.moves for kind in m.documents}
    assert set(DEMOLITION.numbers) | set(DEMOLITION.issued_by) <= named
    # The government's own papers are not issued in the name of the bureau.
    assert "demand_by_government" not in DEMOLITION.issued_by["demand_notice"]
    assert "decide_forced" not in DEMOLITION.issued_by["enforcement_decision"]


# What is refused


def codes(case: Building, move: str, day: str, role: str = "", **typed: Any) -> set[str]:
    return {r.code for r in case.ask(move, day, role, **typed)}


def grounds(case: Building, move: str, day: str, role: str = "", **typed: Any) -> dict[str, str]:
    return {r.code: r.ground for r in case.ask(move, day, role, **typed)}


def test_the_government_demands_only_after_the_last_day_of_the_order() -> None:
    case = live.served(2026)
    says = {"demand__number": "示例府催〔1〕号"}
    assert grounds(case, "demand_by_government", case.on(3, 30), **says) == {
        "demolition_due_passed": "SHDB §10"
    }
    assert codes(case, "demand_by_government", case.on(3, 31), **says) == set()
    assert "wrong_role" in codes(case, "demand_by_government", case.on(3, 31), "officer", **says)


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_reported_before_the_remedies_and_the_demand_are_over(year: int) -> None:
    case = live.demanded(year)
    early = grounds(case, "report_to_government", case.on(4, 10), "bureau_deputy_head")
    assert early == {"remedy_periods_over": "AEL §53", "demand_period_over": "AEL §37"}
    assert set(grounds(case, "report_to_government", case.on(9, 14), "bureau_deputy_head")) == {
        "remedy_periods_over"
    }
    assert grounds(case, "report_to_government", case.on(9, 15), "bureau_deputy_head") == {}


def test_a_party_that_is_known_is_served_and_not_told_by_notice() -> None:
    case = live.ordered(2026)
    says = {"demolition__attempts": "走访"}
    assert grounds(case, "serve_by_notice", case.on(3, 14), **says) == {
        "party_unknown_or_unreachable": "SHDB §9"
    }


def test_a_notice_stands_in_for_the_service_only_when_its_ten_days_are_over() -> None:
    case = live.builder_unknown(2026)
    own = case.file["demolition"]
    assert (own["notice_posted_on"], own["order_served_on"]) == ("2026-03-14", "2026-03-24")
    service = case.file["services"][-1]
    assert (service["document"], service["effective_on"]) == ("demolition_order", "2026-03-24")


@pytest.mark.parametrize("town", [False, True])
def test_the_town_decides_only_in_a_village_planning_area(town: bool) -> None:
    case = live.served(2026)
    if town:
        case.file["case"] = {**case.file["case"], "authority_kind": "town_government"}
    says = {"enforcement__planned_on": case.on(10, 15), "demolition__self_due_on": case.on(9, 30)}
    found = grounds(case, "decide_town_demolition", case.on(9, 18), **says)
    assert found["village_planning_area"] == "URP §65"
    assert "demand_period_over" in found


def test_the_town_does_not_decide_before_its_own_demand() -> None:
    case = Building(2026, town=True)
    case.go("go_to_scene", case.on(3, 6), **live.SCENE | {"demolition__village_area": True})
    case.go("order_demolition", case.on(3, 12), "town_approver", demolition__order_due_on=case.on(3, 30))
    case.go("serve_order", case.on(3, 14), **live.SERVED)
    says = {"enforcement__planned_on": case.on(10, 15), "demolition__self_due_on": case.on(9, 30)}
    assert codes(case, "decide_town_demolition", case.on(9, 18), **says) == {"demand_period_over"}


def test_nothing_is_demolished_at_night_on_a_holiday_or_before_the_announced_day() -> None:
    case, calm = live.force_decided(2026), live.FORCED | live.CALM
    night = {"demolition__demolished_at": "2026-10-16T05:30"}
    assert codes(case, "demolish", case.on(10, 16), **calm, **night) == {"not_at_night_or_holiday"}
    assert codes(case, "demolish", case.on(10, 1), **calm) == {"not_at_night_or_holiday"}
    assert codes(case, "demolish", case.on(9, 30), **calm) == {"enforcement_announced"}
    assert codes(case, "demolish", case.on(10, 16), **calm | {"enforcement__cut_utilities": True,
                 "enforcement__residence": True}) == {"no_cutting_of_utilities"}  # fmt: skip
    assert codes(case, "demolish", case.on(10, 16), **calm | {"demolition__goods_listed": False}) == {
        "goods_listed"
    }
    assert codes(case, "demolish", case.on(10, 16), **calm | {"video__running": False}) == {"recording_on"}


def test_at_once_only_what_is_being_built_and_only_after_a_refusal() -> None:
    case = live.stopped(2026)
    says = live.FORCED | {"demolition__refusal": "继续浇筑"}
    assert codes(case, "demolish_at_once", case.on(3, 8), **says) == set()
    case.file["demolition"] = {**case.file["demolition"], "being_built": False}
    assert codes(case, "demolish_at_once", case.on(3, 8), **says) == {"being_built_proved"}
    assert "wrong_state" in codes(live.served(2026), "demolish_at_once", "2026-03-20", **says)


def test_tools_are_not_taken_without_handing_over_decision_and_list() -> None:
    case = live.stopped(2026)
    says: dict[str, Any] = {
        "measure__items": live.ITEM,
        "measure__store_place": "示例库",
        "measure__handed_over": False,
    }
    assert grounds(case, "take_tools", case.on(3, 7), **says) == {"tools_handed_over": "AEL §24"}
    assert codes(case, "take_tools", case.on(3, 7), **says | {"measure__handed_over": True}) == set()


def test_a_case_does_not_close_before_the_reporter_is_told_and_the_register_knows_it() -> None:
    case = live.stopped(2026)
    case.go("remove_by_self_building", case.on(3, 7), "party", **live.CHECKED)
    found = grounds(case, "close_removed", case.on(3, 10), "squad_head", **live.SETTLED)
    assert found == {"reporter_told": "SHDB §5"}
    told = {"demolition__reporter_told_on": case.on(3, 10)}
    kept = live.SETTLED | told | {"demolition__registry_no": " "}
    with pytest.raises(AssertionError, match="registry_no"):
        codes(case, "close_removed", case.on(3, 10), "squad_head", **kept)


def test_the_columns_of_a_case_are_read_off_the_order_and_the_removal() -> None:
    case = walked(live.by_force, 2018)
    found = rules.columns(case.file)
    assert found["decided_on"] == date(2018, 3, 12)
    assert found["served_on"] == date(2018, 3, 14)
    assert (str(found["area_m2"]), found["demolished_on"]) == ("36.5", date(2018, 10, 16))
    assert found["fine"] is None


@pytest.mark.parametrize("year", YEARS)
def test_the_block_of_the_file_has_the_fields_that_the_check_reads(year: int) -> None:
    case = walked(live.by_force, year)
    own = case.file["demolition"]
    assert (
        own
        | {
            "reported_at": f"{year}-03-06T09:00",
            "arrived_at": f"{year}-03-06T15:00",
            "order_served_on": f"{year}-03-14",
            "order_announced_on": f"{year}-03-14",
            "demand_served_on": f"{year}-04-02",
            "demand_by": "district_government",
            "remedy_ended_on": f"{year}-09-14",
            "forced_decided_on": f"{year}-09-20",
            "forced_decided_by": "district_government",
            "demolished_at": f"{year}-10-16T15:00",
            "goods_listed": True,
            "urgent": False,
        }
        == own
    )


# Clocks


def clocks_of(file: File, state: str, on: str = "2026-03-06") -> list[tuple[str, str]]:
    found = demolition_clocks.running(file, state, date.fromisoformat(on), calendar())
    return [(c.clock_id, (c.moment or c.due.day).isoformat()) for c in found]


def test_the_hours_to_the_scene_run_from_the_report_to_the_minute() -> None:
    for being_built, moment in ((False, "2026-03-07T09:00:00"), (True, "2026-03-06T11:00:00")):
        case = Building(2026, being_built=being_built)
        name = "illegal_building_scene" + ("_being_built" if being_built else "")
        assert clocks_of(case.file, case.state) == [
            (name, moment),
            ("illegal_building_reporter", "2026-04-06"),
        ]


def test_a_clock_ends_with_what_it_waits_for() -> None:
    assert clocks_of(live.arrived(2026).file, "on_scene") == [("illegal_building_reporter", "2026-04-06")]
    assert clocks_of(Building(2026, has_reporter=False).file, "on_scene") == []
    assert clocks_of({}, "found") == []
    assert clocks_of(live.ordered(2026).file, "ordered") == [
        ("demolition_due", "2026-03-30"),
        ("illegal_building_reporter", "2026-04-06"),
    ]
    assert clocks_of(live.served(2026).file, "order_served") == [("demolition_due", "2026-03-30")]
    assert clocks_of(live.demanded(2026).file, "demanded") == [("demand_due", "2026-04-12")]
    assert clocks_of(live.force_decided(2026).file, "forced_decided") == [("self_removal_due", "2026-09-30")]
    unknown = live.builder_unknown(2026).file
    assert ("illegal_building_notice", "2026-03-24") in clocks_of(unknown, "order_served", "2026-03-24")
    assert "illegal_building_notice" not in dict(clocks_of(unknown, "order_served", "2026-03-25"))
    clearing = {"correction": {"ordered_on": "2026-03-20", "due_on": "2026-03-25"}}
    assert clocks_of(clearing, "clearing") == [("clearing_due", "2026-03-25")]
    for state in ("closed", "referred", "no such state"):
        assert clocks_of(Building(2026).file, state) == []


# No way around

FACTS: dict[str, list[dict[str, Any]]] = {}
for _road in ROADS:
    for _step in _road(2026).steps:
        if dict(_step.facts) not in FACTS.setdefault(_step.move, []):
            FACTS[_step.move].append(dict(_step.facts))
ROLES = frozenset(r for m in TABLE.moves for r in m.roles)
DAYS = ("2026-03-06", "2026-03-14", "2026-04-02", "2026-04-20", "2026-09-18", "2026-09-20", "2026-10-16")
BEFORE = {
    "demolish": ({"decide_forced", "decide_town_demolition"}, {"serve_order", "serve_by_notice"}),
    "decide_forced": ({"demand_by_government"}, {"report_to_government", "report_after_defence"}),
    "decide_town_demolition": ({"demand_by_town"}, {"serve_order", "serve_by_notice"}),
    "demolish_at_once": ({"stop_work"}, {"order_stop_and_remove"}),
}


# What ends early; a wandering case seldom takes it, so that some come to force.
OUT = frozenset({"removed", "lawful", "referred", "cancelled"})


def wander(seed: int) -> tuple[list[str], File]:
    """Try moves by chance on days by chance, mostly with lawful facts."""
    chance = random.Random(seed)
    town = chance.random() < 0.4
    case = Building(2026, being_built=chance.random() < 0.3, town=town)
    file, state, made, day = case.file, case.state, list[str](), 0
    for _ in range(60):
        options = TABLE.leaving(state)
        if not options:
            break
        onward = [o for o in options if o.target not in OUT]
        m = chance.choice(onward if onward and chance.random() < 0.9 else options)
        day = min(day + chance.choice((0, 0, 1)), len(DAYS) - 1)
        fresh = merge(file, chance.choice(FACTS[m.id]) if chance.random() < 0.85 else {})
        if is_lawful(m, state, fresh, setting(DAYS[day], *ROLES, by="A")):
            file, state = fresh, m.target
            made.append(m.id)
    return made, file


@given(st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_however_a_case_wanders_force_comes_after_order_service_and_demand(seed: int) -> None:
    made, file = wander(seed)
    for move, gates in BEFORE.items():
        if move in made:
            earlier = set(made[: made.index(move)])
            assert all(earlier & gate for gate in gates), (move, made)
    if "demolish" in made:
        own = file["demolition"]
        assert own["order_served_on"] <= own["demand_served_on"] < own["forced_decided_on"]
        assert own["remedy_ended_on"] < own["forced_decided_on"] <= own["demolished_at"][:10]
        assert own["demand_by"] == own["forced_decided_by"]


def test_enough_of_the_wandering_cases_come_to_force_to_prove_something() -> None:
    made = [move for seed in range(300) for move in wander(seed)[0]]
    assert {"demolish_at_once", "decide_forced", "demand_by_town"} <= set(made)
