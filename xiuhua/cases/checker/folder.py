"""Rules and the law that they need, read from a `reference/` folder, for a check that has no bureau behind it. Pure.

The files are taken as `xiuhua reference check` leaves them: a fault raises ValueError or KeyError.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xiuhua.cases.checker.dated import Row, dated_values, tier_spans
from xiuhua.cases.checker.law import Law
from xiuhua.cases.checker.rules import Rule, rules_of
from xiuhua.kernel.workdays import Calendar

RULES_FILE = "file_rules.csv"
DATED = ("valid_from", "valid_to")


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
