"""The synthetic year: the same seed the same bytes, the right counts, and histories that the law of 2018 allows."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.file import at
from xiuhua.cases.procedure.setting import Setting
from xiuhua.org.rules import UnitKind, acts_in_name
from xiuhua.simulation import bureau, files, year
from xiuhua.simulation.world import World, load
from xiuhua.simulation.year import COLUMNS, Plan

SMALL = Plan(summary=90, ordinary=140, seed=7)

Case = dict[str, Any]


@pytest.fixture(scope="module")
def world() -> World:
    return load(Path(settings.REFERENCE_DIR))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """A small year, each row with its history as an object."""
    found = []
    for _, rows in year.make(Path(settings.REFERENCE_DIR), SMALL, workers=0):
        for row in rows:
            case = dict(zip(COLUMNS, row, strict=True))
            found.append({**case, "history": json.loads(case["history"])})
    return found


def closed_on(case: Case) -> str:
    return str(
        next(s["facts"]["case"]["closed_on"] for s in case["history"]["steps"] if "case" in s["facts"])
    )


def moves(case: Case) -> list[str]:
    return [step["move"] for step in case["history"]["steps"]]


def params(world: World, day: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in world.parameters:
        try:
            value = world.parameter(name, day)
        except KeyError:
            continue
        found[name] = value == "yes" if value in {"yes", "no"} else _number(value)
    return found


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def base(case: Case, world: World) -> dict[str, Any]:
    """The file as the import puts it together from the columns."""
    unit = next(u for u in world.units if u.code == case["unit"])
    cause = world.cause(case["cause"], case["found_on"])
    assert cause is not None
    floor, ceiling = cause.span(case["party_kind"])
    said = case["history"]["base"]
    town = acts_in_name(UnitKind(unit.kind)) is UnitKind.TOWN_GOVERNMENT
    return {
        "case": {
            **said["case"],
            "procedure": case["procedure"],
            "handling_unit_kind": unit.kind,
            "authority_kind": "town_government" if town else "district_bureau",
            "handling_area_codes": [place.code for place in unit.places],
            "our_power": True,
        },
        "violation": {
            **said["violation"],
            "facts": case["facts"],
            "place_code": case["area"],
            "occurred_on": case["found_on"],
            "ended_on": case["found_on"],
            "discovered_on": case["found_on"],
        },
        "cause": {
            "code": cause.code,
            "basis": cause.basis,
            "floor": floor,
            "ceiling": ceiling,
            "unit": "times"
            if any("units" in s["facts"].get("decision", {}) for s in steps(case))
            else "yuan",
            "kinds_allowed": list(cause.kinds),
            "needs_refusal": cause.needs_refusal,
        },
        "party": {
            "kind": case["party_kind"],
            "name": case["party_name"],
            "id_no": case["party_id_no"],
            "usci": case["party_credit_code"],
        },
        "officers": [
            {
                "id": f"staff:{number}",
                "kind": "officer",
                "certificate_no": number,
                "certificate_from": bureau.POSTS_FROM,
                "certificate_to": bureau.POSTS_TO,
            }
            for number in case["officers"].split(";")
        ],
    }


def steps(case: Case) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = case["history"]["steps"]
    return found


def replayed(case: Case, world: World) -> walk.Replay:
    def setting(step: walk.Step) -> Setting:
        found = params(world, step.on.isoformat())
        return Setting(step.on, world.calendar, found, frozenset({step.role}), step.by)

    made = [
        walk.Step(s["move"], date.fromisoformat(s["at"][:10]), s["facts"], s["role"], s["by"])
        for s in steps(case)
    ]
    return walk.replay(case["procedure"], made, base(case, world), setting)


@pytest.mark.slow
def test_every_history_of_a_small_year_walks_through_the_tables_of_its_days(
    cases: list[Case], world: World
) -> None:
    for case in cases:
        run = replayed(case, world)
        assert run.faults == (), (case["number"], run.faults)
        assert run.state == "closed"


def test_a_history_with_one_fact_changed_is_no_longer_lawful(cases: list[Case], world: World) -> None:
    """The walk above would see it: a second officer taken away, a fine above the limit, a notice not served."""
    summary = next(c for c in cases if c["procedure"] == "summary")
    told = next(s for s in steps(summary) if s["move"] == "tell_facts_and_rights")
    told["facts"]["notice"]["planned_fine"] += 5000
    assert replayed(summary, world).faults[0].code == "summary_fine_within_limit"
    told["facts"]["notice"]["planned_fine"] -= 5000
    ordinary = next(c for c in cases if "decide_penalty" in moves(c))
    told = next(s for s in steps(ordinary) if s["move"] == "serve_prior_notice")
    served = told["facts"]["notice"].pop("served_on")
    assert {f.code for f in replayed(ordinary, world).faults} >= {"notice_served"}
    told["facts"]["notice"]["served_on"] = served


def test_exactly_as_many_cases_were_closed_in_the_year_as_the_plan_says(cases: list[Case]) -> None:
    inside = Counter(c["procedure"] for c in cases if closed_on(c).startswith("2018"))
    assert inside == {"summary": SMALL.summary, "ordinary": SMALL.ordinary}


def test_the_year_has_neighbours_on_both_sides(cases: list[Case]) -> None:
    assert any(c["found_on"] < "2018" for c in cases)
    assert any(closed_on(c) > "2018-12-31" for c in cases)


def test_vendors_are_fined_fifty_on_the_spot_and_nobody_above_the_limit(
    cases: list[Case], world: World
) -> None:
    limits = {"citizen": 50, "individual_business": 50, "organisation": 1000}
    for case in cases:
        if case["procedure"] == "summary":
            fine = at(next(s for s in steps(case) if s["move"] == "decide_on_spot"), "facts.decision.fine")
            assert 0 < fine <= limits[case["party_kind"]]
            if case["cause"] == "SR11":
                assert fine == 50


def test_who_reviewed_or_decided_never_investigated(cases: list[Case]) -> None:
    for case in cases:
        pair = {f"staff:{n}" for n in case["officers"].split(";")}
        for step in steps(case):
            if step["role"] in {
                "case_centre_reviewer",
                "legal_reviewer",
                "bureau_deputy_head",
                "town_approver",
            }:
                assert step["by"] not in pair


def test_town_squads_act_in_the_name_of_their_towns(cases: list[Case], world: World) -> None:
    towns = {u.code for u in world.units if u.is_town}
    for case in cases:
        roles = {step["role"] for step in steps(case)}
        if case["unit"] in towns:
            assert not roles & {"case_centre_reviewer", "bureau_deputy_head", "bureau_head"}
        else:
            assert "town_approver" not in roles


def test_desks_work_on_working_days_and_in_working_hours(cases: list[Case], world: World) -> None:
    desks = {"squad_head", "brigade_head", "case_centre_reviewer", "legal_reviewer", "bureau_deputy_head"}
    for case in cases:
        for step in steps(case):
            if step["role"] in desks:
                assert world.calendar.is_working(date.fromisoformat(step["at"][:10])), step
                assert "08:00" <= step["at"][11:] <= "17:30"


def test_acts_that_only_refusal_makes_punishable_are_fined_after_a_failed_recheck_only(
    cases: list[Case], world: World
) -> None:
    for case in cases:
        cause = world.cause(case["cause"], case["found_on"])
        if cause and cause.needs_refusal and "serve_prior_notice" in moves(case):
            checks = [at(s, "facts.correction.recheck_result") for s in steps(case)]
            assert "not_corrected" in checks


def test_a_hearing_is_offered_where_it_is_due_and_nowhere_else(cases: list[Case], world: World) -> None:
    for case in cases:
        for step in steps(case):
            if step["move"] == "serve_prior_notice":
                kind = "organisation" if case["party_kind"] == "organisation" else "citizen"
                large = world.amount(f"hearing_fine_{kind}", step["at"][:10])
                due = at(step, "facts.notice.planned_fine") >= large
                assert ("offer_hearing" in moves(case)) is due


def test_numbers_stand_once(cases: list[Case]) -> None:
    numbers = [
        paper["number"]
        for case in cases
        for step in steps(case)
        for paper in step["facts"].get("documents", ())
        if "number" in paper
    ]
    numbers += [case["number"] for case in cases]
    assert len(numbers) > 400
    assert len(set(numbers)) == len(numbers)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_in_one_process_and_in_two(tmp_path: Path) -> None:
    folder = Path(settings.REFERENCE_DIR)
    plan = Plan(summary=45, ordinary=45, seed=11)
    made = []
    for workers in (0, 2):
        out = tmp_path / str(workers)
        out.mkdir()
        made.append(files.write_cases(folder, plan, out, workers=workers).read_bytes())
        assert (
            files.write_staff(folder, plan, out).read_bytes()
            == files.write_staff(folder, plan, tmp_path).read_bytes()
        )
    assert made[0] == made[1]
    other = files.write_cases(folder, Plan(summary=45, ordinary=45, seed=12), tmp_path, workers=0)
    assert other.read_bytes() != made[0]


def test_the_csv_says_what_the_parquet_says(tmp_path: Path) -> None:
    folder = Path(settings.REFERENCE_DIR)
    plan = Plan(summary=45, ordinary=0, seed=3)
    path = files.write_cases_csv(folder, plan, tmp_path, workers=0)
    assert path.read_text(encoding="utf-8").count("\n") >= plan.summary + 1


def test_shares_add_up_exactly(world: World) -> None:
    found = year.shares(12069, world.units, lambda unit: unit.people)
    assert sum(found.values()) == 12069
    assert min(found.values()) > 0


def test_the_bureau_has_as_many_people_who_bear_cases_as_its_head_count_says(world: World) -> None:
    staff = bureau.staffed(world, 2018)
    units = {u.code for u in world.units}
    demo = [row for unit in units for row in world.demo.get(unit, ()) if row["kind"] == "officer"]
    assert sum(p.unit in units for p in staff.people) + len(demo) == 1035
    assert all(team.head not in team.officers for team in staff.teams.values())
    assert len({p.staff_no for p in staff.people}) == len(staff.people)


def test_a_town_names_only_the_district_government_and_the_bureau_both_bodies(
    cases: list[Case], world: World
) -> None:
    """ARL17 §12, §13: which bodies may be asked depends on whose decision it is."""
    towns = {u.code for u in world.units if u.is_town}
    told: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for case in cases:
        for step in case["history"]["steps"]:
            if bodies := at(step, "facts.decision.reconsideration_bodies"):
                told[case["unit"] in towns].add(tuple(bodies))
    assert told == {True: {("district_government",)}, False: {("district_government", "city_department")}}
