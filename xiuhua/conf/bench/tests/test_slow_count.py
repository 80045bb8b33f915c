"""The clocks of the law agree with a slow counter that shares nothing with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from xiuhua.cases.procedure.periods import CLOCKS
from xiuhua.conf.bench import clocks
from xiuhua.conf.cli.reference import load_all
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.tests.kept import kept

WORKED = clocks.holidays(Path(settings.REFERENCE_DIR))


@pytest.fixture(scope="module")
def law(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[object]:
    yield from kept(django_db_blocker, lambda: load_all(by=SYSTEM, at=clock.now()))


@pytest.mark.slow
@pytest.mark.usefixtures("law", "db")
@pytest.mark.parametrize("year", [2018, 2021])
def test_no_period_of_the_law_differs_from_the_slow_counter_in_a_quarter_with_holidays(year: int) -> None:
    found = list(clocks.differences(date(year, 1, 20), date(year, 3, 10), WORKED))
    assert found == []


@pytest.mark.slow
@pytest.mark.usefixtures("law", "db")
@pytest.mark.parametrize("year", range(2018, 2027))
def test_no_period_of_the_law_differs_on_any_day_of_a_year(year: int) -> None:
    assert list(clocks.differences(date(year, 1, 1), date(year, 12, 31), WORKED)) == []


@pytest.mark.parametrize(
    ("family", "start", "last"),
    [
        ("registration", "2018-02-09", "2018-02-16"),
        ("registration", "2023-01-19", "2023-02-02"),
        ("case_decision", "2023-01-31", "2023-05-01"),
    ],
)
def test_the_counter_itself_counts_as_a_clerk_does(family: str, start: str, last: str) -> None:
    day = date.fromisoformat(start)
    row = clocks.in_force(family, day)
    assert row is not None
    assert clocks.slowly(row, day, WORKED) == date.fromisoformat(last)


def test_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    row = next(c for c in CLOCKS if c.unit == "month" and c.length)
    day, months = date(2023, 1, 31), row.length or 0
    last = clocks.slowly(row, day, WORKED)
    assert last is not None
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == 31 or (last + timedelta(days=1)).day == 1


def test_a_counter_that_is_wrong_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "_works", lambda day, worked: True)
    row = clocks.in_force("registration", date(2023, 1, 19))
    assert row is not None
    assert clocks.slowly(row, date(2023, 1, 19), WORKED) == date(2023, 1, 26)
