"""Fields, and how typed text becomes a value. A reader that cannot raises ValueError saying what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from xiuhua.web.frame import dates, formats


class Kind(StrEnum):
    """What a field holds; the value a reader returns is named on the right."""

    TEXT = "text"  # str
    LONG = "long"  # str, several lines
    DAY = "day"  # date
    MOMENT = "moment"  # datetime, aware
    NUMBER = "number"  # int
    DECIMAL = "decimal"  # Decimal
    MONEY = "money"  # Decimal, yuan
    FLAG = "flag"  # bool
    YESNO = "yesno"  # bool or None: nothing is taken as answered
    CHOICE = "choice"  # str, a list to open
    CHIPS = "chips"  # str, at most six to choose from
    MANY = "many"  # list[str]
    SEARCH = "search"  # str: the key of what was found
    ID_NUMBER = "id_number"  # str, with check digit
    CREDIT_CODE = "credit_code"  # str, with check digit
    PHONE = "phone"  # str
    PLATE = "plate"  # str
    FILES = "files"  # list[UploadedFile]
    HIDDEN = "hidden"  # str
    LINES = "lines"  # list[str], one a line


# A reader checks a text further: it returns the cleaned text or raises ValueError.
Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One input. `label` is shown as it is (already translated).

    `known`: where the platform took the value from; such a field is shown, not asked. `suggest`: the address that
    answers a search, `named` gives the words of a key that was found. `check`: a rule beyond the kind. `unit` stands
    behind a number.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    initial: Any = None
    known: str = ""
    hint: str = ""
    unit: str = ""
    suggest: str = ""
    named: Callable[[str], str] | None = None
    check: Check | None = None
    wide: bool = False
    focus: bool = False
    capture: bool = False
    attrs: Mapping[str, str] = field(default_factory=dict)


# The power of ten of the highest sum that is read: past it, rounding to fen fails.
MOST_DIGITS = 11


def _money(text: str) -> Decimal:
    cleaned = re.sub(r"[,，\s元¥￥]", "", text)
    try:
        amount = Decimal(cleaned)
    except InvalidOperation as error:
        raise ValueError(_("金额只写数字，例如 1234.50")) from error
    if not amount.is_finite() or amount.adjusted() > MOST_DIGITS:
        raise ValueError(_("金额过大"))
    if amount != round(amount, 2):
        raise ValueError(_("金额最多两位小数"))
    if amount < 0:
        raise ValueError(_("金额不能为负"))
    return amount


def _integer(text: str) -> int:
    cleaned = re.sub(r"[,，\s]", "", text)
    if not re.fullmatch(r"-?\d{1,12}", cleaned):
        raise ValueError(_("只写整数"))
    return int(cleaned)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(re.sub(r"[,，\s]", "", text))
    except InvalidOperation as error:
        raise ValueError(_("只写数字")) from error
    if not number.is_finite():
        raise ValueError(_("只写数字"))
    return number


def _phone(text: str) -> str:
    digits = re.sub(r"[\s\-－()（）]", "", text)
    if re.fullmatch(r"1\d{10}|0\d{10,11}|\d{8}|\d{5}", digits):
        return digits
    raise ValueError(_("电话应为 11 位手机号，或区号加 8 位固定电话"))


def _translated(reader: Callable[[], Any]) -> Any:
    try:
        return reader()
    except ValueError as error:
        raise ValueError(_(str(error))) from error


def read(fld: Field, raw: Sequence[str], now: datetime) -> Any:
    """The value of `fld` from what was sent, or None when nothing was.

    Raises ValueError with a translated sentence.
    """
    text = raw[-1].strip() if raw else ""
    if fld.kind is Kind.FLAG:
        return bool(text)
    if fld.kind is Kind.MANY:
        return _chosen(fld, [r for r in raw if r])
    if fld.kind is Kind.LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if not text:
        return None
    value = _read_text(fld, text, now)
    if fld.check is not None and isinstance(value, str):
        return _translated(lambda: fld.check(value) if fld.check else value)
    return value


def _read_text(fld: Field, text: str, now: datetime) -> Any:
    match fld.kind:
        case Kind.DAY:
            return _translated(lambda: dates.parse_day(text, now.date()))
        case Kind.MOMENT:
            return _translated(lambda: dates.parse_moment(text, now))
        case Kind.NUMBER:
            return _integer(text)
        case Kind.DECIMAL:
            return _decimal(text)
        case Kind.MONEY:
            return _money(text)
        case Kind.YESNO:
            return text == "yes"
        case Kind.CHOICE | Kind.CHIPS:
            return _chosen(fld, [text])[0]
        case Kind.PHONE:
            return _phone(text)
        case Kind.PLATE | Kind.ID_NUMBER | Kind.CREDIT_CODE:
            return re.sub(r"[\s·・.]", "", text).upper()
        case _:
            return text


def _chosen(fld: Field, values: Sequence[str]) -> list[str]:
    known = {key for key, _label in fld.choices}
    if any(v not in known for v in values):
        raise ValueError(_("请从所列各项中选"))
    return list(values)


def text_of(fld: Field, value: Any) -> str:
    """How a value stands in its input."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if fld.kind is Kind.YESNO:
        return "yes" if value else "no"
    if fld.kind is Kind.FLAG:
        return "1" if value else ""
    if fld.kind is Kind.LINES and not isinstance(value, str):
        return "\n".join(map(str, value))
    return str(value)


def echo(fld: Field, value: Any) -> str:
    """The value as it was understood, said back: a day in full, a sum with its commas."""
    if isinstance(value, datetime):
        return f"{formats.day(value)} {formats.time_of(value)}"
    if isinstance(value, date):
        return f"{formats.day(value)} {formats.weekday(value)}"
    if fld.kind is Kind.MONEY and value is not None:
        return formats.yuan(value)
    return ""
