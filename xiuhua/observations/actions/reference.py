"""The files of `reference/` by which positions are kept and terminals ordered: checked with the others, read where
they are used.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.observations.rules import LIMIT_CODES, DeviceKind
from xiuhua.org.actions.reference import SOURCED, Checked, Tables, exactly, numbers_in, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, one_of, whole, yes_no


def _check(table: Table, tables: Tables) -> Iterator[Fault]:
    """A kind without a row, days in files that end before those in the database, a ground that is no act."""
    for kind in sorted(set(DeviceKind) - {row["kind"] for row in table.rows}):
        yield Fault(table.shape.file, 0, "kind", f"“{kind}” has no row: nothing of it would be kept")
    for index, row in enumerate(table.rows):
        if row["file_days"] < row["hot_days"]:
            yield table.fault(index, "file_days", "shorter than in the database")
    yield from unknown_acts(table, ("basis",), tables)


KEEPING = Checked(
    Shape(
        "position_keeping.csv",
        (
            Column("kind", one_of(DeviceKind), needed=True),
            Column("only_on_duty", yes_no, needed=True),
            Column("hot_days", whole, needed=True),
            Column("file_days", whole, needed=True),
            Column("basis", needed=True),
            *SOURCED,
        ),
        key=("kind",),
    ),
    _check,
)


def _check_purposes(table: Table, tables: Tables) -> Iterator[Fault]:
    yield from unknown_acts(table, ("basis",), tables)


PURPOSES = Checked(
    Shape(
        "terminal_purposes.csv",
        (
            Column("code", needed=True),
            Column("label", needed=True),
            Column("label_en", needed=True),
            Column("basis", needed=True),
            *SOURCED,
        ),
        key=("code",),
    ),
    _check_purposes,
)
LIMITS = Checked(numbers_in("terminal_limits.csv"), exactly(LIMIT_CODES))
ELSEWHERE = (KEEPING, PURPOSES, LIMITS)
