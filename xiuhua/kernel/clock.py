"""The only place that asks the time. Everything else receives `at` or `on`."""

from __future__ import annotations

import time
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


def milliseconds() -> int:
    """The moment as milliseconds since 1970 UTC, for what comes a thousand times a second."""
    held = _held.get()
    return time.time_ns() // 1_000_000 if held is None else round(held.timestamp() * 1000)


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
