"""The only place that asks the time. Everything else receives `at` or `on`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai."""
    return _held.get() or datetime.now(SHANGHAI)


def day_of(moment: datetime) -> date:
    """The calendar day on which `moment` falls where the bureau works."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    return day_of(now())


@contextmanager
def held_at(moment: datetime) -> Iterator[datetime]:
    """Hold the clock: tests and replays live at `moment`, in this context only."""
    token = _held.set(moment.astimezone(SHANGHAI))
    try:
        yield moment
    finally:
        _held.reset(token)
