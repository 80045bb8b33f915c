"""A file that comes in as data: held to the fields of `fields`, and made plain for the rules. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiuhua.cases.checker.fields import CODES, FIELDS

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
NEEDED = ("case.procedure",)
MOST_ROWS = 2000
LONGEST_TEXT = 20_000


def tidied(value: Any) -> Any:
    """The same without what is empty: a blank text, an empty list or block, None. Flags and 0 stay."""
    return _block(value) if type(value) is dict else {}


def _block(block: dict[Any, Any]) -> dict[Any, Any]:
    """Written for speed: each check begins with it."""
    found = {}
    for key, value in block.items():
        kind = type(value)
        if kind is str:
            if value and not value.isspace():
                found[key] = value
        elif kind in _NESTED:
            if inner := _block(value) if kind is dict else _rows(value):
                found[key] = inner
        elif value is not None:
            found[key] = value
    return found


def _rows(rows: list[Any] | tuple[Any, ...]) -> list[Any]:
    found = []
    for value in rows:
        kind = type(value)
        if kind in _NESTED:
            if inner := _block(value) if kind is dict else _rows(value):
                found.append(inner)
        elif value is not None and not (kind is str and (not value or value.isspace())):
            found.append(value)
    return found


_NESTED = frozenset({dict, list, tuple})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file that was read. `faults`: path → reason; `ignored`: paths that no rule knows."""

    file: Mapping[str, Any]
    faults: Mapping[str, str]
    ignored: tuple[str, ...]


def read(data: Any) -> Snapshot:
    """The file in `data`; where there are faults it must not be checked.

    A moment that stands where a day is asked is cut to its day. Unknown fields are named and left out.
    """
    if type(data) is not dict:
        return Snapshot({}, {"": "应为一个对象：段名 → 字段"}, ())
    reader = _Reader()
    file = dict(reader.top(data))
    for path in NEEDED:
        block, _, name = path.partition(".")
        if path not in reader.faults and not (file.get(block) or {}).get(name):
            reader.faults[path] = "必须填写"
    return Snapshot(file, reader.faults, tuple(reader.ignored))


class _Reader:
    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self.ignored: list[str] = []

    def top(self, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, part in data.items():
            if part is None:
                continue
            if name in FIELDS:
                yield name, self.block(part, name, name)
            elif f"{name}[]" in FIELDS:
                yield name, self.rows(part, f"{name}[]", name)
            else:
                self.ignored.append(str(name))

    def rows(self, part: Any, where: str, path: str) -> list[dict[str, Any]]:
        if type(part) is not list:
            self.faults[path] = "应为列表"
            return []
        if len(part) > MOST_ROWS:
            self.faults[path] = f"最多 {MOST_ROWS} 行"
            return []
        return [self.block(row, where, f"{path}[{place}]") for place, row in enumerate(part)]

    def block(self, part: Any, where: str, path: str) -> dict[str, Any]:
        if type(part) is not dict:
            self.faults[path] = "应为一个对象"
            return {}
        known, found = FIELDS[where], {}
        for name, value in part.items():
            here = f"{path}.{name}"
            kind = known.get(name)
            if kind is None:
                self.ignored.append(here)
            elif kind == "rows":
                found[name] = self.rows(value or [], f"{where}.{name}[]", here)
            elif value is not None and value != "":
                try:
                    found[name] = READ[kind](value)
                except ValueError as error:
                    self.faults[here] = str(error)
        return found


def _day(value: Any) -> str:
    if type(value) is str and (DAY.fullmatch(value) or MOMENT.fullmatch(value)):
        try:
            return date.fromisoformat(value[:10]).isoformat()
        except ValueError:
            raise ValueError(f"没有“{value}”这一天") from None
    raise _wrong(value, "日期（YYYY-MM-DD）")


def _moment(value: Any) -> str:
    if type(value) is str and MOMENT.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"没有“{value}”这一时刻") from None
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
    if type(value) is not int or not 0 <= value < 10**9:
        raise _wrong(value, "不小于 0 的整数")
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
