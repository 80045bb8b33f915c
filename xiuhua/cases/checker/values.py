"""Arithmetic and texts of the notation. Pure; what is missing makes the whole missing, and compares with nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xiuhua.registers.rules.numbers import credit_code_fault

_TEN = re.compile(r"[0-9]{10}")


def plus(a: Any, b: Any) -> Any:
    return None if a is None or b is None else a + b


def minus(a: Any, b: Any) -> Any:
    return None if a is None or b is None else a - b


def times(a: Any, b: Any) -> Any:
    """The product of two numbers; a text is never repeated."""
    return None if a is None or b is None else float(a) * b


def shared(a: Any, b: Any) -> Any:
    """What two sets have in common."""
    return None if a is None or b is None else a & b


def smaller(a: Any, b: Any) -> Any:
    return None if a is None or b is None else min(a, b)


def larger(a: Any, b: Any) -> Any:
    return None if a is None or b is None else max(a, b)


def total(values: Iterable[Any]) -> Any:
    """The sum of what is there."""
    return sum(value for value in values if value is not None)


def at(items: Any, place: int) -> Any:
    """The item or sign at a place, None past the end."""
    return items[place] if items is not None and place < len(items) else None


def cut(text: Any, low: int, high: int) -> Any:
    return None if text is None else text[low:high]


def money(amount: Any) -> int | None:
    """Yuan to the fen, as fen."""
    return None if amount is None else int(amount * 100 + 0.5 + 1e-6)


def in_order(groups: Sequence[str] | None, order: Sequence[str]) -> bool:
    """Whether no group stands before one that comes earlier in `order`."""
    places = [order.index(group) for group in groups or () if group in order]
    return places == sorted(places)


def re_ten(number: Any) -> bool:
    """Ten digits."""
    return type(number) is str and _TEN.fullmatch(number) is not None


def usci_ok(code: Any) -> bool:
    """Whether the unified social credit code has the right form and check sign (GB 32100)."""
    return type(code) is str and not credit_code_fault(code)


def kinds_of(rows: Sequence[Mapping[str, Any]] | None) -> frozenset[str]:
    return frozenset(row["kind"] for row in rows or () if row.get("kind"))
