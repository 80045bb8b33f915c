"""What a field of a form is, and how a typed value is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from xiuhua.kernel.authz import Said

Pick = tuple[str, str, str]


class Kind(StrEnum):
    """How a value is typed and kept.

    DATE ISO text; MOMENT `YYYY-MM-DDTHH:MM`; DAY_COUNT and COUNT whole numbers; MONEY yuan; DECIMAL a figure with
    all its places, such as ten thousands of yuan; YES_NO true or false, and unanswered is neither; CHOICE one code
    and CHOICES a list of codes; PERSON one officer's id, OFFICERS a list of them; GOODS things, one a line, kept as
    rows of name, quantity and state.
    """

    DATE = "date"
    MOMENT = "moment"
    DAY_COUNT = "day_count"
    COUNT = "count"
    MONEY = "money"
    DECIMAL = "decimal"
    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    OFFICERS = "officers"
    PERSON = "person"
    GOODS = "goods"


class Time(StrEnum):
    """Where a day may lie: PAST from the beginning of the case to today, FUTURE from today, ANY."""

    PAST = "past"
    FUTURE = "future"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact that a move states. `path` is where the value goes: `block.key`, or `row.key` for a new row.

    `default` names what the platform fills in by itself: a source of `filling.SOURCES`, `const:TEXT`,
    `param:NAME`, `served:DOCUMENT.KEY` (of the service that a matter brought about), or a path in the file; several
    are parted by `|`, and the first that has a value counts. A field that is not `shown` is filled in and not asked.
    """

    path: str
    kind: Kind
    label_zh: str
    label_en: str
    required: bool = True
    choices: tuple[Pick, ...] = ()
    default: str = ""
    help: str = ""
    shown: bool = True
    time: Time = Time.PAST


Fields = tuple[FactField, ...]


def asked(
    path: str,
    kind: Kind,
    label_zh: str,
    label_en: str,
    *,
    choices: Sequence[Pick] = (),
    default: str = "",
    help: str = "",
    time: Time = Time.PAST,
) -> FactField:
    """A field that must be answered."""
    return FactField(path, kind, label_zh, label_en, True, tuple(choices), default, help, True, time)


def optional(
    path: str,
    kind: Kind,
    label_zh: str,
    label_en: str,
    *,
    choices: Sequence[Pick] = (),
    default: str = "",
    help: str = "",
    time: Time = Time.PAST,
) -> FactField:
    """A field that may stay empty."""
    return FactField(path, kind, label_zh, label_en, False, tuple(choices), default, help, True, time)


def silent(path: str, kind: Kind, default: str, *, required: bool = False) -> FactField:
    """A fact that the platform knows and nobody is asked for."""
    return FactField(path, kind, "", "", required, (), default, "", False, Time.ANY)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError("应为文字")
    return raw.strip()


def _date(raw: Any) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    try:
        return date.fromisoformat(_text(raw)).isoformat()
    except ValueError:
        raise ValueError("日期应写作 2018-05-16") from None


def _moment(raw: Any) -> str:
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%dT%H:%M")
    try:
        return datetime.fromisoformat(_text(raw)).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        raise ValueError("时间应写作 2018-05-16T09:10") from None


def _decimal(raw: Any) -> int | float:
    try:
        amount = Decimal(str(raw).replace(",", "").strip())
    except InvalidOperation:
        raise ValueError("金额应为数字") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError("金额不能为负")
    if amount.adjusted() > 11:  # past it, rounding to fen fails
        raise ValueError("金额过大")
    return int(amount) if amount == int(amount) else float(amount)


def _money(raw: Any) -> int | float:
    amount = _decimal(raw)
    if amount != round(amount, 2):
        raise ValueError("金额最多两位小数")
    return amount


def _count(raw: Any) -> int:
    if isinstance(raw, bool) or not str(raw).strip().isdecimal():
        raise ValueError("应为不小于零的整数")
    return int(raw)


_ANSWERS = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}


def _yes_no(raw: Any) -> bool:
    if not isinstance(raw, bool | str) or raw not in _ANSWERS:
        raise ValueError("应回答是或者否")
    return _ANSWERS[raw]


def _list(raw: Any) -> list[str]:
    if isinstance(raw, str) or not isinstance(raw, Sequence) or not all(isinstance(x, str) for x in raw):
        raise ValueError("应为多项")
    return list(raw)


_PARTS = re.compile(r"\s*[,，;；\t]\s*")


def as_lines(goods: Sequence[Mapping[str, str]]) -> str:
    """Things as they are typed, one a line: name, quantity, state."""
    return "\n".join("，".join((g["name"], g["quantity"], g.get("state", ""))) for g in goods)


def _goods(raw: Any) -> list[dict[str, str]]:
    if isinstance(raw, list):
        raw = as_lines(raw)
    found = []
    for number, line in enumerate(filter(None, map(str.strip, _text(raw).splitlines())), 1):
        name, quantity, *state = _PARTS.split(line, maxsplit=2)[:3] if _PARTS.search(line) else (line, "")
        if not (name and quantity):
            raise ValueError(Said("第%(number)s行应写作：名称，数量，状况", number=number))
        found.append({"name": name, "quantity": quantity, "state": "".join(state)})
    return found


_READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.DAY_COUNT: _count,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.DECIMAL: _decimal,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _text,
    Kind.CHOICES: _list,
    Kind.OFFICERS: _list,
    Kind.PERSON: _text,
    Kind.GOODS: _goods,
}


def read(field: FactField, raw: Any) -> Any:
    """The value of `raw` in the form in which a file keeps it. Raises ValueError with the reason in Chinese."""
    value = _READ[field.kind](raw)
    if field.choices:
        codes = {code for code, _, _ in field.choices}
        if not codes.issuperset(value if isinstance(value, list) else (value,)):
            raise ValueError("不在可选范围内")
    return value


def is_empty(raw: Any) -> bool:
    """Whether nothing was typed; false and zero are answers."""
    return raw is None or (isinstance(raw, str) and not raw.strip()) or raw in ([], ())
