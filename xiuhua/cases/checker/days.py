"""Days and moments as ISO text. Pure; None comes in and out for what is missing.

A text that is no day raises ValueError: the rule that asked cannot be judged.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from xiuhua.kernel.workdays import add_months as months_on

# Days beyond these are slips of the pen; none is counted over centuries.
FIRST_YEAR, LAST_YEAR = 1900, 2199
NIGHT_FROM, NIGHT_TO = "22:00", "06:00"  # AEL §43


@lru_cache(maxsize=65536)
def day_of(text: str) -> date:
    """The day of an ISO text. Raises ValueError for none, and for a year in which no case can be."""
    day = date.fromisoformat(text[:10])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day.year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return day


def ordinal(text: str) -> int:
    return day_of(text).toordinal()


@lru_cache(maxsize=65536)
def iso(number: int) -> str:
    return date.fromordinal(number).isoformat()


def d(t: str | None) -> str | None:
    """The day of a moment."""
    return None if t is None else t[:10]


def days(a: str | None, b: str | None) -> int | None:
    """Calendar days from `a` to `b`; the first day does not count."""
    return None if a is None or b is None else ordinal(b) - ordinal(a)


def add_days(a: str | None, n: int | None) -> str | None:
    return None if a is None or n is None else iso(ordinal(a) + n)


@lru_cache(maxsize=65536)
def _months(a: str, n: int) -> str:
    return months_on(day_of(a), n).isoformat()


def add_months(a: str | None, n: int | None) -> str | None:
    """The same day `n` months on; a month end is clipped."""
    return None if a is None or n is None else _months(a, n)


def add_years(a: str | None, n: int | None) -> str | None:
    return None if a is None or n is None else _months(a, 12 * n)


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def hours(a: str | None, b: str | None) -> float | None:
    """Hours from moment `a` to moment `b`."""
    return None if a is None or b is None else (_moment(b) - _moment(a)) / timedelta(hours=1)


def overlap(a: str | None, b: str | None, c: str | None, e: str | None) -> bool:
    """Whether the spans a–b and c–e share more than a moment."""
    if a is None or b is None or c is None or e is None:
        return False
    return _moment(a) < _moment(e) and _moment(c) < _moment(b)


def age_on(birth: str | None, day: str | None) -> int | None:
    """Full years."""
    if birth is None or day is None:
        return None
    born, then = day_of(birth), day_of(day)
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def night(t: str | None) -> bool:
    """From 22:00 to 06:00; a day without a time is no night."""
    clock = "" if t is None else t[11:16]
    return clock != "" and (clock >= NIGHT_FROM or clock < NIGHT_TO)
