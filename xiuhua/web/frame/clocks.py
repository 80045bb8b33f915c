"""How a deadline is told: words, shape and colour. Pure; the deadline itself is computed by its room."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiuhua.kernel.workdays import Calendar


class Tone(StrEnum):
    """Far, due soon, overdue, suspended. The name is the class of the mark."""

    FAR = ""
    SOON = "is-soon"
    OVER = "is-over"
    STILL = "is-still"


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline as a face shows it.

    `what` is to be done until `due`; `left` counts in `unit` ("working_day", "calendar_day", "minute") and is negative
    once the day has passed; `ground` is the citation. `provisional`: the calendar is not known that far.
    """

    what: str
    due: date | None
    left: int
    unit: str
    tone: Tone
    ground: str = ""
    rule: str = ""
    provisional: bool = False

    @property
    def words(self) -> str:
        """剩 3 个工作日, 超 1 日, 今天到期, 中止."""
        if self.tone is Tone.STILL:
            return _("中止")
        if self.left == 0:
            return _("今天到期")
        n = abs(self.left)
        return _phrase(self.unit, n, self.left > 0)


def _phrase(unit: str, n: int, left: bool) -> str:
    if unit == "working_day":
        if left:
            return ngettext("剩 %(n)d 个工作日", "剩 %(n)d 个工作日", n) % {"n": n}
        return ngettext("超 %(n)d 个工作日", "超 %(n)d 个工作日", n) % {"n": n}
    if unit == "minute":
        if left:
            return _("剩 %(n)s") % {"n": _span(n)}
        return _("超 %(n)s") % {"n": _span(n)}
    if left:
        return ngettext("剩 %(n)d 日", "剩 %(n)d 日", n) % {"n": n}
    return ngettext("超 %(n)d 日", "超 %(n)d 日", n) % {"n": n}


def _span(minutes: int) -> str:
    if minutes < 60:
        return _("%(n)d 分钟") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)d 小时") % {"n": minutes // 60}
    return _("%(n)d 日") % {"n": minutes // 1440}


def tone_of(left: int, unit: str, length: int | None = None) -> Tone:
    """Soon is the last fifth of a period (at most 14 days), or three days; over is past the last day."""
    if left < 0:
        return Tone.OVER
    if unit != "minute" and left <= 3:
        return Tone.SOON
    fifth = 3 if length is None else min(14, math.ceil(length / 5))
    return Tone.SOON if left <= fifth else Tone.FAR


def day_clock(
    what: str,
    due: date,
    *,
    today: date,
    calendar: Calendar | None = None,
    unit: str = "calendar_day",
    length: int | None = None,
    ground: str = "",
    rule: str = "",
    provisional: bool = False,
    suspended: bool = False,
) -> Clock:
    """A clock that ends with a day. Working days are counted by `calendar`."""
    if unit == "working_day" and calendar is not None:
        left = calendar.between(today, due) if due >= today else -calendar.between(due, today)
        # Past the last day, but no working day has gone by since: still over.
        left = -1 if due < today and left == 0 else left
    else:
        unit, left = "calendar_day", (due - today).days
    tone = Tone.STILL if suspended else tone_of(left, unit, length)
    return Clock(what, due, left, unit, tone, ground, rule, provisional)


def moment_clock(
    what: str, due: datetime, *, now: datetime, soon: int = 240, ground: str = "", rule: str = ""
) -> Clock:
    """A clock that ends at a moment; due soon within `soon` minutes."""
    left = math.floor((due - now).total_seconds() / 60)
    tone = Tone.OVER if left < 0 else Tone.SOON if left <= soon else Tone.FAR
    return Clock(what, due.astimezone(now.tzinfo).date(), left, "minute", tone, ground, rule)
