"""Dates and moments as people type them: `0503`, `明天`, `+3`, `2018年5月3日`, `昨天 9:05`. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

WORDS = {
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "明天": 1,
    "后天": 2,
    "大后天": 3,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
NOT_A_DAY = "认不出的日期，可写 0503、2018-05-03、明天、+3"
NO_SUCH_DAY = "没有这一天"
NOT_A_TIME = "认不出的时刻，可写 0503 1430、昨天 9:05"

_OFFSET = re.compile(r"([+-])(\d{1,4})")
_FULL = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")
_SHORT = re.compile(r"(?:(\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")
_TIME = re.compile(r"(\d{1,2})(?:[:：时点](\d{1,2})分?|(\d{2})|[时点])")


def parse_day(text: str, today: date) -> date:
    """The day meant by `text`. A day without a year is the one nearest to `today`.

    Raises ValueError with a sentence in Chinese (a msgid) that says what would be right.
    """
    text = text.strip().lower().replace("－", "-").replace("＋", "+")
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if offset := _OFFSET.fullmatch(text):
        return today + timedelta(days=int(offset[1] + offset[2]))
    if full := _FULL.fullmatch(text):
        return _day(int(full[1]), int(full[2] or full[4]), int(full[3] or full[5]))
    if short := _SHORT.fullmatch(text):
        return _nearest(int(short[1] or short[3]), int(short[2] or short[4]), today)
    raise ValueError(NOT_A_DAY)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(NO_SUCH_DAY) from error


def _nearest(month: int, day: int, today: date) -> date:
    near = [d for y in (today.year - 1, today.year, today.year + 1) if (d := _try(y, month, day))]
    if not near:
        raise ValueError(NO_SUCH_DAY)
    return min(near, key=lambda d: abs(d - today))


def _try(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_moment(text: str, now: datetime) -> datetime:
    """The moment meant by `text`, in the zone of `now`: a day and a time, or a time of today.

    Raises ValueError with a sentence that says what would be right.
    """
    text = text.strip().replace("T", " ")
    words = text.split()
    if len(words) == 1:
        zone, words = now.tzinfo, ["今天", words[0]]
    zone = now.tzinfo
    if len(words) != 2:
        raise ValueError(NOT_A_TIME)
    return datetime.combine(parse_day(words[0], now.date()), _time(words[1]), tzinfo=zone)


def _time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(NOT_A_TIME)
    try:
        return time(int(found[1]), int(found[2] or found[3] or 0))
    except ValueError as error:
        raise ValueError(NOT_A_TIME) from error
