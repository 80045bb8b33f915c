"""The file of `reference/` by which positions are kept: checked with the others, read where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.observations.rules import DeviceKind
from xiuhua.org.actions.reference import SOURCED, Checked, Tables, unknown_acts
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
ELSEWHERE = (KEEPING,)
