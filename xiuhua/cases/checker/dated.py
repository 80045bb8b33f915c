"""Dated rows of the reference tables as the check asks them: what holds on an ISO day. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

Row = Mapping[str, Any]


def holds(row: Row, day: date) -> bool:
    """Whether a dated row is in force."""
    return (row["valid_from"] or date.min) <= day <= (row["valid_to"] or date.max)


def typed(text: str) -> Any:
    """Numbers as numbers, `yes`/`no` as flags, the rest as words."""
    if text in ("yes", "no"):
        return text == "yes"
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def dated_values(rows: Sequence[Row]) -> Any:
    """ISO day → name → value of the parameters in force."""

    def on(text: str) -> Mapping[str, Any]:
        day = date.fromisoformat(text) if text else date.min
        return {row["name"]: typed(row["value"]) for row in rows if holds(row, day)}

    return on


def tier_spans(rows: Sequence[Row]) -> Any:
    """(cause, tier, ISO day) → the part of the range in per cent: of the cause's own benchmark, else of the general."""

    def span(cause: str, tier: str, text: str) -> tuple[float, float] | None:
        day = date.fromisoformat(text) if text else date.min
        for code in (cause, "*"):
            held = [row for row in rows if row["cause_code"] == code and holds(row, day)]
            named = [row for row in held if row["tier"] == tier]
            if held:
                return (float(named[0]["from_percent"]), float(named[0]["to_percent"])) if named else None
        return None

    return span
