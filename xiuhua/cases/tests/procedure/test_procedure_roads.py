"""Every move of both procedures, in both texts of the law, made through its form on a lawful road."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.procedure.walk import replay
from xiuhua.cases.tests.procedure.live import Live
from xiuhua.cases.tests.procedure.roads import PAID, SERVED, waived
from xiuhua.cases.tests.procedure.roads import ROADS as OF_ONE
from xiuhua.cases.tests.procedure.roads_fallen import FALLEN
from xiuhua.cases.tests.procedure.roads_several import SEVERAL
from xiuhua.cases.tests.procedure.setting import setting_for

ROADS = (*OF_ONE, *SEVERAL, *FALLEN)
walked = cache(lambda road, year: road(year))
YEARS = {"2017": "2018", "2021": "2023"}


@pytest.mark.parametrize("year", YEARS.values(), ids=lambda y: f"in-{y}")
@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_a_lawful_road_can_be_walked_through_its_forms_and_replayed(
    road: Callable[[str], Live], year: str
) -> None:
    case = walked(road, year)
    run = replay(case.procedure, case.steps, case.base, setting_for)
    assert run.faults == ()
    assert run.state == case.state
    assert run.file == case.file
    assert {table.version for _, table in run.made} == {"2017" if year == "2018" else "2021"}


# Those of demolition are walked in test_procedure_demolition.
EVERY = [t for name, tables in TABLES.items() if name != "demolition" for t in tables]


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_every_move_of_a_table_lies_on_one_of_the_roads(table: Table) -> None:
    cases: list[Live] = [walked(road, YEARS[table.version]) for road in ROADS]
    made = {step.move for case in cases if case.procedure == table.procedure for step in case.steps}
    assert made == set(table.by_id)


def test_a_case_that_runs_across_the_change_of_law_is_judged_by_the_law_of_each_day() -> None:
    case = waived("2021")
    case.go("decide_penalty", "2021-07-14", "bureau_deputy_head").go("serve_decision", "2021-07-16", **SERVED)
    case.go("perform", "2021-07-20", "party", **PAID)
    run = replay("ordinary", case.steps, case.base, setting_for)
    assert run.faults == ()
    assert [table.version for move, table in run.made if move.id in ("decide_penalty", "serve_decision")] == [
        "2017",
        "2021",
    ]
