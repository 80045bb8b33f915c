"""Rules and the law that they need, read from a `reference/` folder, for a check that has no bureau behind it. Pure.

The files are taken as `xiuhua reference check` leaves them: a fault raises ValueError or KeyError.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from xiuhua.cases.checker.checking import Law
from xiuhua.cases.checker.rules import Rule, rules_of
from xiuhua.kernel.workdays import Calendar

RULES_FILE = "file_rules.csv"
DATED = ("valid_from", "valid_to")
Row = Mapping[str, Any]


def rows_in(path: Path) -> list[dict[str, Any]]:
    """The rows of a reference file, its days read."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = [dict(row) for row in csv.DictReader(lines)]
    for row in found:
        row.update({name: _day(row[name]) for name in DATED if name in row})
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def rules_in(folder: Path) -> tuple[Rule, ...]:
    return rules_of(rows_in(folder / RULES_FILE))


def law_in(folder: Path) -> Law:
    """Calendar, parameters and tiers of the folder."""
    return Law(
        calendar=_calendar([*rows_in(folder / "holidays.csv"), *rows_in(folder / "extra_days.csv")]),
        params_on=dated_values(rows_in(folder / "parameters.csv")),
        tier_span=tier_spans(rows_in(folder / "tiers.csv")),
    )


def _calendar(rows: Sequence[Row]) -> Calendar:
    days = {date.fromisoformat(row["day"]): row for row in rows}
    return Calendar(
        exceptions={day: row["working"] == "yes" for day, row in days.items()},
        known_until=date(max(days).year, 12, 31) if days else date.min,
        named=frozenset(
            d for d, row in days.items() if row["named_holiday"] == "yes" and row["working"] == "no"
        ),
    )


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
