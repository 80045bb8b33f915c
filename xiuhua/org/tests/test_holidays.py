"""The working calendar of 2017 to 2026, day by day against two independent packages."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays
import pytest
from django.conf import settings

from xiuhua.kernel.workdays import Calendar
from xiuhua.org.actions.reference import HOLIDAYS
from xiuhua.org.rules.tables import Row, read

YEARS = range(2017, 2027)

# Days on which an oracle is known to be wrong, with the reason. None today: the three agree on every day.
DIFFERENCES: dict[date, str] = {}

# Weekend days that a notice joins to a holiday (“与周末连休”) and that chinesecalendar counts as plain weekend.
JOINED = {
    *(date(2017, 4, 29), date(2017, 4, 30), date(2017, 12, 30), date(2017, 12, 31)),
    *(date(2018, 6, 16), date(2018, 6, 17), date(2018, 9, 22), date(2018, 9, 23)),
    *(date(2024, 6, 8), date(2024, 6, 9)),
}


@cache
def rows() -> tuple[Row, ...]:
    text = (settings.REFERENCE_DIR / "holidays.csv").read_text(encoding="utf-8")
    return tuple(read(HOLIDAYS.shape, text).rows)


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days)]


def calendar() -> Calendar:
    return Calendar({r["day"]: r["working"] for r in rows()}, known_until=date(2026, 12, 31))


@pytest.mark.parametrize("year", YEARS)
def test_working_days_are_those_of_both_oracles(year: int) -> None:
    ours, other = calendar(), holidays.country_holidays("CN", years=year)
    for day in days(year):
        if day not in DIFFERENCES:
            assert ours.is_working(day) == chinese_calendar.is_workday(day), day
            assert ours.is_working(day) == other.is_working_day(day), day


@pytest.mark.parametrize("year", YEARS)
def test_named_holidays_are_those_of_the_notices(year: int) -> None:
    named = {r["day"] for r in rows() if r["named_holiday"]}
    for day in days(year):
        off, name = chinese_calendar.get_holiday_detail(day)
        expected = day in JOINED or (off and name is not None)
        assert (day in named) == expected, day


def test_every_year_names_its_notice() -> None:
    for row in rows():
        assert row["source"].startswith("国办发明电〔20"), row["day"]
        assert row["source"][6:10] in {str(row["day"].year), str(row["day"].year - 1)}, row["day"]


def test_nothing_is_said_of_days_that_no_notice_covers_yet() -> None:
    assert {r["day"].year for r in rows()} == set(YEARS)
