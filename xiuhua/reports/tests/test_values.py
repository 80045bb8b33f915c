"""Values, parts and data of a figure agree with the rows behind it, for whoever asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from xiuhua.cases.models import Case, Cause
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor, Refused
from xiuhua.org.figures import Period
from xiuhua.org.models import Headcount, Unit
from xiuhua.org.rules import HeadcountKind
from xiuhua.registers.tests.bureau import AT, Bureau, built
from xiuhua.reports import queries

YEAR = Period.year(2018)
# Closed on, procedure, squad.
CLOSED = (
    (date(2018, 1, 1), "summary", "east"),
    (date(2018, 12, 31), "ordinary", "east"),
    (date(2018, 12, 30), "summary", "west"),
    (date(2018, 5, 16), "ordinary", "town"),
    (date(2017, 12, 31), "summary", "east"),
    (date(2019, 1, 1), "ordinary", "west"),
)
_numbers = count(1)


def closed_case(bureau: Bureau, cause: Cause, day: date, procedure: str, where: str) -> Case:
    unit: Unit = getattr(bureau, where)
    case = Case(
        number=f"示例案{next(_numbers):05}",
        procedure=procedure,
        state="closed",
        state_since=AT,
        handling_unit=unit,
        authority=bureau.government if where == "town" else bureau.top,
        cause=cause,
        place="示例路",
        found_on=day,
        closed_on=day,
        base={},
        opened_at=AT,
    )
    case.save()
    return case


@pytest.fixture
def bureau(db: None) -> Bureau:
    made = built()
    with record.act("示例", by=SYSTEM, at=AT) as act:
        cause = Cause(
            code="SR11", name="示例案由", name_en="Sample", group="SR", source="示例", certainty="read"
        )
        cause.save()
        for day, procedure, where in CLOSED:
            closed_case(made, cause, day, procedure, where)
        act.entry(on=cause, facts={})
    return made


def head_count(number: int, kind: HeadcountKind = HeadcountKind.CASE_BEARING) -> None:
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row = Headcount(kind=kind, on=date(2018, 12, 31), number=number, source="示例", certainty="read")
        row.save()
        act.entry(on=row, facts={})


@pytest.fixture
def reader(bureau: Bureau) -> Actor:
    return bureau.actor("statistics_clerk")


@pytest.mark.parametrize(("figure", "number"), [("J01", 4), ("J03", 2), ("J04", 2)])
def test_a_value_is_the_number_of_the_rows_that_it_opens(reader: Actor, figure: str, number: int) -> None:
    found = queries.value(queries.FIGURES[figure], reader, YEAR)
    assert (found.value, found.rows, found.denominator) == (Decimal(number), number, None)
    assert queries.rows(queries.FIGURES[figure], reader, YEAR).count() == number


@pytest.mark.parametrize(("heads", "ratio"), [(3, "1.33"), (8, "0.50"), (4, "1.00"), (7, "0.57")])
def test_a_ratio_is_over_its_own_head_count_rounded_half_up(reader: Actor, heads: int, ratio: str) -> None:
    head_count(heads)
    head_count(99, HeadcountKind.LOCATED)
    found = queries.value(queries.FIGURES["J02"], reader, YEAR)
    assert str(found.value) == ratio
    assert found.rows == 4
    assert found.denominator is not None
    assert found.denominator.number == heads


def test_a_ratio_without_its_head_count_has_no_value_but_its_rows(reader: Actor) -> None:
    head_count(99, HeadcountKind.TRAINED)
    found = queries.value(queries.FIGURES["J02"], reader, YEAR)
    assert (found.value, found.rows, found.denominator) == (None, 4, None)
    assert queries.as_data(queries.FIGURES["J02"], reader, YEAR)["value"] is None


@pytest.mark.parametrize("figure", ["J01", "J02", "J03", "J04"])
def test_units_and_months_sum_up_to_the_rows(bureau: Bureau, reader: Actor, figure: str) -> None:
    shown = queries.FIGURES[figure]
    rows = queries.value(shown, reader, YEAR).rows
    assert sum(part.rows for part in queries.by_unit(shown, reader, YEAR)) == rows
    months = queries.by_month(shown, reader, YEAR)
    assert sum(part.rows for part in months) == rows
    assert [part.key for part in months] == list(range(1, 13))


def test_a_month_holds_its_first_and_its_last_day(reader: Actor) -> None:
    months = {part.key: part.rows for part in queries.by_month(queries.FIGURES["J01"], reader, YEAR)}
    assert {month: rows for month, rows in months.items() if rows} == {1: 1, 5: 1, 12: 2}
    may = Period(date(2018, 5, 1), date(2018, 5, 31))
    assert [(p.key, p.rows) for p in queries.by_month(queries.FIGURES["J01"], reader, may)] == [(5, 1)]


def test_units_are_named_most_cases_first(bureau: Bureau, reader: Actor) -> None:
    parts = queries.by_unit(queries.FIGURES["J01"], reader, YEAR)
    assert [(part.name, part.rows) for part in parts] == [("SE", 2), ("ST", 1), ("SW", 1)]
    assert [part.key for part in parts] == [bureau.east.pk, bureau.town.pk, bureau.west.pk]


@pytest.mark.parametrize(
    ("role", "where", "rows"),
    [
        ("squad_head", "east", 2),
        ("squad_head", "town", 1),
        ("bureau_head", "top", 3),
        ("town_approver", "government", 1),
    ],
)
def test_value_parts_and_rows_are_those_that_the_reader_may_see(
    bureau: Bureau, role: str, where: str, rows: int
) -> None:
    by, figure = bureau.actor(role, getattr(bureau, where)), queries.FIGURES["J01"]
    assert queries.value(figure, by, YEAR).rows == rows
    assert sum(part.rows for part in queries.by_unit(figure, by, YEAR)) == rows
    assert sum(part.rows for part in queries.by_month(figure, by, YEAR)) == rows


@pytest.mark.parametrize(
    "role", ["auditor", "system_administrator", "hearing_host", "complaint_clerk", "intake"]
)
def test_whoever_has_no_statistics_is_refused_every_reading(bureau: Bureau, role: str) -> None:
    by, figure = bureau.actor(role), queries.FIGURES["J01"]
    for read in (queries.rows, queries.value, queries.by_unit, queries.by_month, queries.as_data):
        with pytest.raises(Refused):
            read(figure, by, YEAR)


def test_the_data_of_a_figure_says_what_the_page_says(reader: Actor) -> None:
    head_count(2)
    data = queries.as_data(queries.FIGURES["J02"], reader, YEAR)
    assert (data["value"], data["rows"]) == (2.0, 4)
    assert data["period"] == {"from": "2018-01-01", "to": "2018-12-31", "basis": "closed_on"}
    assert data["denominator"]["number"] == 2
    assert (
        sum(part["rows"] for part in data["by_unit"]) == sum(part["rows"] for part in data["by_month"]) == 4
    )
