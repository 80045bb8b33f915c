"""The files of `reference/` that the street loads: kinds of shifts, thresholds, emergency plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from xiuhua.duty import rules
from xiuhua.duty.models import Limit, Plan, ShiftKind
from xiuhua.org.actions.reference import SOURCED, Sheet, Tables, thresholds
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, one_of, whole, yes_no


def hour(cell: str) -> time:
    """07:30."""
    try:
        return time.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"“{cell}” is no time (HH:MM)") from None


def level(cell: str) -> int:
    if cell not in {"1", "2"}:
        raise ValueError("duty levels are 1 and 2")
    return int(cell)


def _check_plans(table: Table, tables: Tables) -> Iterator[Fault]:
    for index, row in enumerate(table.rows):
        if row["call_share"] > 100:
            yield table.fault(index, "call_share", "more than 100 per cent")


SHIFTS = Sheet(
    shape=Shape(
        "duty_shifts.csv",
        (
            Column("code", needed=True),
            Column("name", needed=True),
            Column("name_en", needed=True),
            Column("starts", hour, needed=True),
            Column("ends", hour, needed=True),
            *SOURCED,
        ),
        key=("code",),
    ),
    model=ShiftKind,
    key=("code",),
)

LIMITS = thresholds(Limit, rules.LIMIT_CODES)

PLANS = Sheet(
    shape=Shape(
        "duty_plans.csv",
        (
            Column("hazard", one_of(rules.Hazard), needed=True),
            Column("colour", one_of(rules.Colour), needed=True),
            Column("level", level, needed=True),
            Column("call_share", whole, needed=True),
            Column("checks", needed=True),
            Column("checks_en", needed=True),
            Column("check_sources", yes_no, needed=True),
            Column("check_hours", whole, needed=True),
            *SOURCED,
        ),
        key=("hazard", "colour"),
    ),
    model=Plan,
    key=("hazard", "colour"),
    check=_check_plans,
)

SHEETS: tuple[Sheet, ...] = (SHIFTS, LIMITS, PLANS)
