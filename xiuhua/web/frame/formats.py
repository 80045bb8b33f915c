"""Numbers, days, times and money as people write them: 2018年5月3日, 1,234.50元; in English 3 May 2018, ¥1,234.50."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from xiuhua.kernel import clock
from xiuhua.web.frame.http import in_english

WEEK_ZH = "一二三四五六日"
WEEK_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NONE = "—"


def _as_day(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """2018年5月3日; 3 May 2018."""
    if value is None:
        return NONE
    d = _as_day(value)
    return f"{d.day} {d:%b} {d.year}" if in_english() else f"{d.year}年{d.month}月{d.day}日"


def short_day(value: date | datetime | None, today: date | None = None) -> str:
    """5月3日 within this year, else with the year."""
    if value is None:
        return NONE
    d = _as_day(value)
    if d.year != (today or clock.today()).year:
        return day(d)
    return f"{d.day} {d:%b}" if in_english() else f"{d.month}月{d.day}日"


def weekday(value: date | datetime) -> str:
    d = _as_day(value)
    return WEEK_EN[d.weekday()] if in_english() else f"星期{WEEK_ZH[d.weekday()]}"


def weekday_short(value: date | datetime) -> str:
    d = _as_day(value)
    return WEEK_EN[d.weekday()] if in_english() else WEEK_ZH[d.weekday()]


def time_of(value: datetime | None) -> str:
    return NONE if value is None else f"{value.astimezone(clock.SHANGHAI):%H:%M}"


def moment(value: datetime | None) -> str:
    """今天 09:05, 昨天 16:20, 5月3日 14:30, 2018年5月3日 14:30."""
    if value is None:
        return NONE
    ago = (clock.today() - clock.day_of(value)).days
    near = {0: ("今天", "today"), 1: ("昨天", "yesterday")}.get(ago)
    said = near[in_english()] if near else short_day(value)
    return f"{said} {time_of(value)}"


def number(value: int | Decimal | float | None) -> str:
    if value is None:
        return NONE
    whole = value == int(value)
    return f"{int(value):,}" if whole else f"{value:,}"


def yuan(value: int | Decimal | float | None) -> str:
    """1,234.50元; ¥1,234.50."""
    if value is None:
        return NONE
    text = f"{Decimal(str(value)):,.2f}"
    return f"¥{text}" if in_english() else f"{text}元"
