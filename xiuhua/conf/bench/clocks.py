"""The clocks of the law against a slow counter of its own: every period, from every day of nine years.

The counter shares nothing with the calendar or the table lookups of the program: it reads the file of holidays by
itself and goes from day to day.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from xiuhua.cases.procedure.periods import CLOCKS, FAMILIES, Clock, last_day
from xiuhua.conf.bench.measure import Measure
from xiuhua.conf.cli.reference import load_all
from xiuhua.kernel import clock as kernel_clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import SYSTEM

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
ONE = timedelta(days=1)
MONTHS_OF_A_YEAR = 12
HOURS_OF_A_DAY = 24


def holidays(folder: Path) -> Mapping[str, bool]:
    """ISO day → whether it is worked, for the days that the notices name; read afresh."""
    with (folder / "holidays.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["day"]: row["working"].strip() == "yes" for row in csv.DictReader(file)}


def slowly(clock: Clock, start: date, worked: Mapping[str, bool]) -> date | None:
    """The last day of a period that begins with an event on `start`, counted one by one; None without a length."""
    if clock.length is None:
        return None
    if clock.unit == "month":
        return _months(start, clock.length)
    if clock.unit == "hour":
        left = clock.length // HOURS_OF_A_DAY
    else:
        left = clock.length
    day = start
    while left:
        day = day + ONE
        if clock.unit != "working_day" or _works(day, worked):
            left = left - 1
    return day


def _works(day: date, worked: Mapping[str, bool]) -> bool:
    said = worked.get(day.isoformat())
    return said if said is not None else day.isoweekday() not in {6, 7}


def _months(start: date, months: int) -> date:
    """The same day so many months on, or the last of that month; found by trying days from the 31st down."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == MONTHS_OF_A_YEAR else (year, month + 1)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")


def in_force(family: str, day: date) -> Clock | None:
    """The period of a family in force on a day, looked for among all rows."""
    found = [
        c
        for c in CLOCKS
        if c.family == family and not (c.since and day < c.since) and not (c.until and day > c.until)
    ]
    assert len(found) <= 1, (family, day)
    return found[0] if found else None


def differences(first: date, last: date, worked: Mapping[str, bool]) -> Iterator[tuple[str, date]]:
    """Every period and day at which the program and the counter disagree."""
    calendar = kernel.calendar()
    for family in sorted(FAMILIES):
        day = first
        while day <= last:
            row = in_force(family, day)
            wanted = slowly(row, day, worked) if row else None
            if last_day(family, day, calendar) != wanted:
                yield family, day
            day += ONE


def measure() -> Sequence[Measure]:
    """All periods over all days; and how many deadlines a second the program finds."""
    load_all(by=SYSTEM, at=kernel_clock.now())
    found = list(differences(FIRST, LAST, holidays(Path(settings.REFERENCE_DIR))))
    days, calendar = (LAST - FIRST).days + 1, kernel.calendar()
    began = time.process_time()
    for family in FAMILIES:
        for n in range(days):
            last_day(family, FIRST + timedelta(days=n), calendar)
    took = time.process_time() - began
    asked = len(FAMILIES) * days
    note = (
        f"{len(FAMILIES)} periods from every day of {FIRST.year}-{LAST.year}: {found[:3] or 'no difference'}"
    )
    return [
        Measure("clocks.differences", len(found), "deadlines", asked, 0, note=note),
        Measure(
            "clocks.speed", round(asked / took), "deadlines/s", asked, better="higher", note="processor time"
        ),
    ]
