"""How a value of each kind of field is read: the value as rules want it, ValueError with the ground. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xiuhua.cases.checker.days import FIRST_YEAR, LAST_YEAR
from xiuhua.cases.checker.fields import CODES

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
LONGEST_TEXT = 20_000
LARGEST_COUNT = 1_000_000


def _existing(text: str) -> date:
    """The day of a day or moment that is rightly written."""
    try:
        found = datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(f"没有“{text}”这一天或者时刻") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"年份应在 {FIRST_YEAR} 与 {LAST_YEAR} 之间，不是 {found.year}")
    return found


def _day(value: Any) -> str:
    if type(value) is str and (DAY.fullmatch(value) or MOMENT.fullmatch(value)):
        return _existing(value).isoformat()
    raise _wrong(value, "日期（YYYY-MM-DD）")


def _moment(value: Any) -> str:
    if type(value) is str and MOMENT.fullmatch(value):
        _existing(value)
        return value
    raise _wrong(value, "时刻（YYYY-MM-DDTHH:MM）")


def _text(value: Any) -> str:
    if type(value) is not str:
        raise _wrong(value, "文字")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"最多 {LONGEST_TEXT} 字")
    return value


def _id(value: Any) -> str:
    """An id is text; a whole number stands for its digits."""
    return str(value) if type(value) is int else _text(value)


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise _wrong(value, " true 或者 false")
    return value


def _mark(value: Any) -> bool | str:
    return value if type(value) is bool else _text(value)


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not -1e13 < value < 1e13:
        raise _wrong(value, "数字")
    number: float = value
    return number


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < LARGEST_COUNT:
        raise _wrong(value, f"不小于 0、小于 {LARGEST_COUNT} 的整数")
    return value


def _several(read: Any, what: str) -> Any:
    def several(value: Any) -> list[Any]:
        if type(value) is not list:
            raise _wrong(value, what)
        return [read(item) for item in value]

    return several


def _code(kind: str) -> Any:
    def code(value: Any) -> str:
        if value not in CODES[kind]:
            raise ValueError(f"应为 {'、'.join(CODES[kind])} 之一")
        return str(value)

    return code


def _wrong(value: Any, wanted: str) -> ValueError:
    said = repr(value)
    return ValueError(f"应为{wanted}，不是 {said if len(said) <= 40 else said[:37] + '…'}")


READ: Mapping[str, Any] = {
    "day": _day,
    "moment": _moment,
    "text": _text,
    "id": _id,
    "flag": _flag,
    "mark": _mark,
    "number": _number,
    "count": _count,
    "ids": _several(_id, "列表"),
    "texts": _several(_text, "列表"),
    "numbers": _several(_number, "列表"),
    "procedure": _code("procedure"),
    "party_kind": _code("party_kind"),
}
