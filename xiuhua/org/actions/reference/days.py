"""The working calendar: holidays and moved workdays as announced, and extra days that the bureau adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from xiuhua.kernel.models import Day
from xiuhua.org.actions.reference.shared import SOURCED
from xiuhua.org.actions.reference.sheets import Sheet, Tables
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, day, yes_no

SATURDAY = 5


def _day_shape(file: str) -> Shape:
    columns = (
        Column("day", day, needed=True),
        Column("working", yes_no, needed=True),
        Column("name", needed=True),
        Column("named_holiday", yes_no, needed=True),
        *SOURCED,
    )
    return Shape(file, columns, key=("day",))


def _days(extra: bool) -> Any:
    def wanted(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
        for index, row in enumerate(table.rows):
            yield index, {**row, "extra": extra}

    return wanted


def _check_days(table: Table, tables: Tables) -> Iterator[Fault]:
    """A day stands here because it differs from the plain week or belongs to a named holiday; and in one file only."""
    other = "extra_days.csv" if table.shape.file == "holidays.csv" else "holidays.csv"
    elsewhere = {row["day"] for row in tables[other].rows}
    for index, row in enumerate(table.rows):
        that: date = row["day"]
        if row["working"] == (that.weekday() < SATURDAY) and not row["named_holiday"]:
            yield table.fault(index, "working", f"{that} is like any {that:%A}")
        if row["working"] and row["named_holiday"]:
            yield table.fault(index, "named_holiday", f"{that} is worked and a holiday at once")
        if table.shape.file == "extra_days.csv" and that in elsewhere:
            yield table.fault(index, "day", f"{that} stands in {other} already")


HOLIDAYS = Sheet(
    shape=_day_shape("holidays.csv"),
    model=Day,
    key=("day",),
    wanted=_days(extra=False),
    check=_check_days,
    only=Q(extra=False),
    follows=True,
)

EXTRA_DAYS = Sheet(
    shape=_day_shape("extra_days.csv"),
    model=Day,
    key=("day",),
    wanted=_days(extra=True),
    check=_check_days,
    only=Q(extra=True),
    follows=True,
)
