"""Working days and legal holidays, counted over a calendar. Pure; None comes in and out for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from xiuhua.cases.checker.days import day_of
from xiuhua.kernel.workdays import Calendar


def counting(calendar: Calendar) -> Mapping[str, Callable[..., Any]]:
    """`wd`, `wdays` and `legal_holiday` over the working days of `calendar`."""

    @lru_cache(maxsize=65536)
    def after(a: str, n: int) -> str:
        return calendar.after(day_of(a), n).isoformat()

    @lru_cache(maxsize=65536)
    def between(a: str, b: str) -> int:
        return calendar.between(day_of(a), day_of(b))

    def wd(a: str | None, n: int | None) -> str | None:
        """The n-th working day after `a`."""
        return None if a is None or n is None else after(a, n)

    def wdays(a: str | None, b: str | None) -> int | None:
        """Working days after `a`, up to and with `b`."""
        return None if a is None or b is None else between(a, b)

    def legal_holiday(day: str | None) -> bool:
        """A day off because of a named holiday; a plain weekend is not one."""
        return day is not None and day_of(day) in calendar.named

    return {"wd": wd, "wdays": wdays, "legal_holiday": legal_holiday}
