"""Whatever the procedure refuses, it names the article: for every guard of every move, for state, role and facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiuhua.cases.procedure.articles import ground_on
from xiuhua.cases.procedure.file import STEP
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.judging import refusals
from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure.setting import setting

EVERY = [t for tables in TABLES.values() for t in tables] + [t for s in SIDES.values() for t in s.tables]
# A day under each text of the penalty law, of civil procedure and of reconsideration.
DAYS = (date(2018, 5, 16), date(2021, 7, 14), date(2021, 7, 15), date(2022, 5, 16), date(2025, 5, 16))


def days_of(table: Table) -> list[date]:
    first, last = table.valid_from or date.min, table.valid_to or date.max
    return [day for day in DAYS if first <= day <= last]


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_every_guard_of_every_move_cites_an_article_on_every_day(table: Table) -> None:
    bare = [
        (m.id, name, day)
        for m in table.moves
        for name in m.guards
        for day in days_of(table)
        if not ground_on(GUARDS[name].article, m, day)
    ]
    assert bare == []


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_a_wrong_state_a_foreign_role_and_a_missing_fact_cite_an_article_too(table: Table) -> None:
    for m in table.moves:
        day = days_of(table)[-1].isoformat()
        found = refusals(table, m, "nowhere", {STEP: {}}, setting(day, "auditor"))
        assert {"wrong_state", "wrong_role"} <= {r.code for r in found}
        assert all(r.ground and r.sentence and r.meaning for r in found), (m.id, found)


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_no_refusal_cites_a_penalty_law_that_was_not_in_force(table: Table) -> None:
    for day in days_of(table):
        foreign = "PPL21" if day < date(2021, 7, 15) else "PPL17"
        for m in table.moves:
            for name in m.guards:
                ground = ground_on(GUARDS[name].article, m, day)
                assert not ground.startswith(foreign), (m.id, name, day, ground)


def test_the_days_lie_on_both_sides_of_the_change() -> None:
    assert DAYS[2] - DAYS[1] == timedelta(days=1)
