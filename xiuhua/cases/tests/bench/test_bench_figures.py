"""J01 to J04 on a few closed cases: by the day of closing, its edges included, over rows that one may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiuhua.cases import figures
from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench, Who
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.figures import Period
from xiuhua.org.models import Headcount, Unit
from xiuhua.org.rules import HeadcountKind
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

YEAR = Period.year(2024)
STATISTICS: Who = ("statistics_clerk", 0)
# Closed on, procedure, squad; the last two lie just outside the year, one is not closed at all.
CLOSED: tuple[tuple[date | None, str, str], ...] = (
    (date(2024, 1, 1), "summary", "east"),
    (date(2024, 12, 31), "ordinary", "east"),
    (date(2024, 2, 29), "summary", "east"),
    (date(2024, 2, 1), "ordinary", "west"),
    (date(2024, 12, 31), "ordinary", "town"),
    (date(2023, 12, 31), "summary", "east"),
    (date(2025, 1, 1), "ordinary", "east"),
    (None, "ordinary", "east"),
)
EXPECTED = {"J01": 5, "J02": 5, "J03": 2, "J04": 3}
FIGURES = {f.id: f for f in figures.CLOSING}


@pytest.fixture
def closed(bench: Bench) -> list[Case]:
    """The cases of `CLOSED`; filed and decided on other days, which must not count."""
    made = []
    for day, procedure, where in CLOSED:
        case, _ = bench.at_step("archive_case")
        unit: Unit = getattr(bench.bureau, where)
        case.handling_unit = unit
        case.authority = bench.bureau.government if where == "town" else bench.bureau.top
        case.procedure, case.closed_on = procedure, day
        case.filed_on, case.decided_on = date(2024, 6, 1), date(2023, 6, 1)
        made.append(case)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for case in made:
            case.save()
        act.entry(on=made[0], facts={})
    return made


def headcount(bench: Bench, number: int, kind: HeadcountKind, on: date) -> None:
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row = Headcount(kind=kind, on=on, number=number, source="示例", certainty="read")
        row.save()
        act.entry(on=row, facts={})


def count(bench: Bench, figure: str, period: Period = YEAR, who: Who = STATISTICS, **where: Any) -> int:
    return FIGURES[figure].rows(bench.actor(who, **where), period).count()


@pytest.mark.parametrize("figure", sorted(EXPECTED))
def test_a_figure_counts_what_was_closed_in_the_year_both_its_ends_included(
    bench: Bench, closed: list[Case], figure: str
) -> None:
    assert count(bench, figure) == EXPECTED[figure]


def test_summary_and_ordinary_cases_make_all_cases(bench: Bench, closed: list[Case]) -> None:
    for period in (YEAR, Period.year(2023), Period.year(2025), Period(date(2024, 2, 1), date(2024, 2, 29))):
        assert count(bench, "J03", period) + count(bench, "J04", period) == count(bench, "J01", period)


@pytest.mark.parametrize(
    ("day", "number"), [("2023-12-31", 1), ("2024-01-01", 1), ("2024-12-31", 2), ("2025-01-01", 1)]
)
def test_a_single_day_counts_itself_and_no_neighbour(
    bench: Bench, closed: list[Case], day: str, number: int
) -> None:
    on = date.fromisoformat(day)
    assert count(bench, "J01", Period(on, on)) == number


@pytest.mark.parametrize(
    ("who", "where", "number"),
    [
        (STATISTICS, None, 5),
        (O1, "east", 3),
        (O1, "west", 1),
        (O1, "town", 1),
        (("bureau_head", 0), None, 4),
        (("town_approver", 0), None, 1),
        (("duty_dispatcher", 0), None, 0),
        (("auditor", 0), None, 0),
        (("system_administrator", 0), None, 0),
    ],
)
def test_a_figure_counts_only_rows_that_its_reader_may_see(
    bench: Bench, closed: list[Case], who: Who, where: str | None, number: int
) -> None:
    unit = getattr(bench.bureau, where) if where else None
    assert count(bench, "J01", YEAR, who, unit=unit) == number


def test_the_denominator_is_the_case_bearing_head_count_on_the_last_day(bench: Bench) -> None:
    assert figures.case_bearing(YEAR) is None
    for kind in HeadcountKind:
        headcount(bench, {HeadcountKind.CASE_BEARING: 4}.get(kind, 1000), kind, date(2024, 12, 31))
    under = figures.case_bearing(YEAR)
    assert under is not None
    assert (under.number, under.source) == (4, "示例")


def test_a_head_count_of_nobody_is_no_denominator(bench: Bench) -> None:
    headcount(bench, 0, HeadcountKind.CASE_BEARING, date(2024, 12, 31))
    assert figures.case_bearing(YEAR) is None


def test_every_figure_says_in_both_languages_what_it_counts() -> None:
    for figure in figures.CLOSING:
        assert figure.definition
        assert figure.definition_en.isascii()
        day = "demolished_on" if figure.id == "G01" else "closed_on"
        assert (figure.day, figure.unit) == (day, "handling_unit")
    assert [f.id for f in figures.FIGURES if f.denominator] == ["J02"]
    for figure in figures.FIGURES:
        assert bool(figure.missing) is bool(figure.missing_en) is (figure.id == "B05")
        assert figure.definition_en.isascii()
        assert figure.missing_en.isascii()
