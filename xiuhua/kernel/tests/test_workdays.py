"""Working days as a truth table: weekends, holidays, moved workdays, and where knowledge ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.kernel import queries
from xiuhua.kernel.models import Day
from xiuhua.kernel.workdays import Calendar, Due, Unit, add_months

# Two weeks with a holiday from Thursday to Saturday, for which the Sunday before is worked.
OFF = [date(2018, 4, 5), date(2018, 4, 6)]
WORKED = [date(2018, 4, 8)]
CALENDAR = Calendar(
    exceptions={**dict.fromkeys(OFF, False), **dict.fromkeys(WORKED, True)}, known_until=date(2018, 12, 31)
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2018, 4, 4), True),
        (date(2018, 4, 5), False),
        (date(2018, 4, 6), False),
        (date(2018, 4, 7), False),
        (date(2018, 4, 8), True),
        (date(2018, 4, 9), True),
        (date(2018, 4, 14), False),
    ],
)
def test_a_day_is_worked_as_the_notice_says_and_else_as_in_the_plain_week(day: date, works: bool) -> None:
    assert CALENDAR.is_working(day) is works


@pytest.mark.parametrize(
    ("start", "n", "unit", "due"),
    [
        (date(2018, 4, 4), 0, Unit.WORKING_DAY, date(2018, 4, 4)),
        (date(2018, 4, 4), 1, Unit.WORKING_DAY, date(2018, 4, 8)),
        (date(2018, 4, 4), 2, Unit.WORKING_DAY, date(2018, 4, 9)),
        (date(2018, 4, 5), 1, Unit.WORKING_DAY, date(2018, 4, 8)),
        (date(2018, 4, 4), 7, Unit.CALENDAR_DAY, date(2018, 4, 11)),
        (date(2018, 1, 31), 1, Unit.MONTH, date(2018, 2, 28)),
        (date(2018, 11, 30), 3, "month", date(2019, 2, 28)),
        (date(2018, 4, 4), 24, Unit.HOUR, date(2018, 4, 5)),
        (date(2018, 4, 4), 1, "hour", date(2018, 4, 4)),
    ],
)
def test_the_day_of_the_event_does_not_count(start: date, n: int, unit: str, due: date) -> None:
    assert CALENDAR.due(start, n, unit).day == due


def test_a_deadline_past_the_last_notice_is_provisional() -> None:
    assert CALENDAR.due(date(2018, 12, 30), 1, "calendar_day") == Due(date(2018, 12, 31), provisional=False)
    assert CALENDAR.due(date(2018, 12, 30), 2, "calendar_day") == Due(date(2019, 1, 1), provisional=True)


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        CALENDAR.due(date(2018, 4, 4), 1, "fortnight")


@given(st.dates(date(2018, 1, 1), date(2018, 12, 1)), st.integers(0, 60))
def test_after_and_between_are_each_others_inverse(start: date, n: int) -> None:
    end = CALENDAR.after(start, n)
    assert CALENDAR.between(start, end) == n
    assert n == 0 or CALENDAR.is_working(end)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_end_on_the_same_day_or_on_the_last(day: date, n: int) -> None:
    later = add_months(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def add(day: date, *, working: bool, named: bool = False, extra: bool = False) -> None:
    Day.objects.create(
        day=day,
        working=working,
        name="示例",
        named_holiday=named,
        extra=extra,
        source="示例",
        certainty="read",
    )


@pytest.mark.django_db
def test_the_calendar_of_the_database_knows_its_days_and_how_far_it_goes() -> None:
    assert queries.calendar().known_until == date.min
    for day in OFF:
        add(day, working=False, named=day == OFF[0])
    add(WORKED[0], working=True)
    add(date(2019, 8, 10), working=False, extra=True)
    found = queries.calendar()
    assert found.exceptions == {**CALENDAR.exceptions, date(2019, 8, 10): False}
    assert found.known_until == date(2018, 12, 31)
    assert found.named == {OFF[0]}


@pytest.mark.django_db
def test_the_calendar_is_read_anew_when_a_day_changes_and_only_then() -> None:
    add(OFF[0], working=False)
    first = queries.calendar()
    assert queries.calendar() is first
    Day.objects.update(working=True)
    second = queries.calendar()
    assert second.exceptions == {OFF[0]: True}
    assert second.version != first.version
