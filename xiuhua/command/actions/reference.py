"""The file of `reference/` that command loads: its thresholds."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.command import rules
from xiuhua.command.models import Limit
from xiuhua.org.actions.reference import SOURCED, Sheet, Tables
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, whole


def _rows(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    yield from enumerate(table.rows)


def _check(table: Table, tables: Tables) -> Iterator[Fault]:
    known = {row["code"] for row in table.rows}
    for code in sorted(set(rules.LIMIT_CODES) - known):
        yield Fault(table.shape.file, 0, "code", f"“{code}” is missing")
    for index, row in enumerate(table.rows):
        if row["code"] not in rules.LIMIT_CODES:
            yield table.fault(index, "code", "nobody asks for this threshold")


LIMITS = Sheet(
    shape=Shape(
        "command_limits.csv",
        (
            Column("code", needed=True),
            Column("value", whole, needed=True),
            Column("measure", needed=True),
            Column("meaning", needed=True),
            Column("meaning_en", needed=True),
            *SOURCED,
        ),
        key=("code",),
    ),
    model=Limit,
    key=("code",),
    wanted=_rows,
    check=_check,
)

SHEETS: tuple[Sheet, ...] = (LIMITS,)
