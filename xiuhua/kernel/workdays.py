"""Working days as they really were: weekends, holidays and moved workdays (调休). Pure.

A `Calendar` is a table of exceptions over the plain week, known up to a last day. Past that day it falls back
to the plain week and says so: such a deadline is provisional.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE = timedelta(days=1)


class Unit(StrEnum):
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, and whether the calendar was known that far."""

    day: date
    provisional: bool = False


def add_months(day: date, n: int) -> date:
    """The same day `n` months on; a month end is clipped."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Calendar:
    """`exceptions` maps a day to True (worked) or False (off).

    `known_until` is the last day with a published notice. `named` holds the days off because of a named
    holiday; a plain weekend is not one.
    """

    exceptions: Mapping[date, bool]
    known_until: date
    version: str = ""
    named: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        known = self.exceptions.get(day)
        return day.weekday() < 5 if known is None else known

    def after(self, day: date, n: int) -> date:
        """The n-th working day after `day`; the day itself does not count. n ≥ 0."""
        while n > 0:
            day += ONE
            n -= self.is_working(day)
        return day

    def between(self, a: date, b: date) -> int:
        """Working days after `a`, up to and with `b`."""
        return sum(self.is_working(a + ONE * i) for i in range(1, (b - a).days + 1))

    def due(self, start: date, n: int, unit: Unit | str) -> Due:
        """The last day of a period of `n` `unit`s that begins with an event on `start`.

        The day of the event does not count. Hours are rounded to the day on which they end at the latest.
        Raises ValueError for an unknown unit.
        """
        match Unit(unit):
            case Unit.WORKING_DAY:
                day = self.after(start, n)
            case Unit.CALENDAR_DAY:
                day = start + ONE * n
            case Unit.MONTH:
                day = add_months(start, n)
            case Unit.HOUR:
                day = start + timedelta(hours=n)
        return Due(day, provisional=day > self.known_until)
