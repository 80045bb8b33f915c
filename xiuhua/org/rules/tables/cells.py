"""How a cell of a reference table is read: text in, value out, ValueError with a reason. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

# read: in the text of the act; checked: in a second source; memory: remembered; unverified: doubtful;
# design: set by the project; generated: invented for the demo.
CERTAINTY = frozenset({"read", "checked", "memory", "unverified", "design", "generated"})

Parse = Callable[[str], Any]


def text(cell: str) -> str:
    return cell


def day(cell: str) -> date | None:
    """An ISO day; empty is open."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(f"“{cell}” is no day (YYYY-MM-DD)") from None


def amount(cell: str) -> Decimal | None:
    """A number, empty where the law gives none."""
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        raise ValueError(f"“{cell}” is no number") from None


def whole(cell: str) -> int | None:
    """A whole number, 0 or more; empty is none."""
    if cell and not cell.isdecimal():
        raise ValueError(f"“{cell}” is no whole number")
    return int(cell) if cell else None


def degrees(cell: str) -> float:
    """A coordinate or a size as a decimal number."""
    try:
        return float(cell)
    except ValueError:
        raise ValueError(f"“{cell}” is no number") from None


def yes_no(cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError(f"“{cell}” is neither yes nor no")
    return cell == "yes"


def one_of(words: Iterable[str]) -> Parse:
    known = frozenset(words)

    def parse(cell: str) -> str:
        if cell not in known:
            raise ValueError(f"“{cell}” is not known here; known are {', '.join(sorted(known))}")
        return cell

    return parse


def some_of(words: Iterable[str] | None = None) -> Parse:
    """Words parted by `;`, in the order of the cell; any word where `words` is None."""
    known = None if words is None else frozenset(words)

    def parse(cell: str) -> tuple[str, ...]:
        parts = tuple(p.strip() for p in cell.split(";") if p.strip())
        if known is not None and (strange := [p for p in parts if p not in known]):
            raise ValueError(f"“{strange[0]}” is not known here; known are {', '.join(sorted(known))}")
        return parts

    return parse


certainty = one_of(CERTAINTY)
