"""Files that hold the numbers of a room, and the sheet by which one is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xiuhua.kernel.models import Threshold
from xiuhua.org.actions.reference.shared import SOURCED
from xiuhua.org.actions.reference.sheets import Sheet, Tables
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, whole


def numbers_in(file: str) -> Shape:
    """A file of whole numbers by code, each with its measure and what it means in both languages."""
    return Shape(
        file,
        (
            Column("code", needed=True),
            Column("value", whole, needed=True),
            Column("measure", needed=True),
            Column("meaning", needed=True),
            Column("meaning_en", needed=True),
            *SOURCED,
        ),
        key=("code",),
    )


def exactly(codes: Iterable[str]) -> Callable[[Table, Tables], Iterator[Fault]]:
    """The check that a file has these numbers and no other."""
    asked = frozenset(codes)

    def check(table: Table, tables: Tables) -> Iterator[Fault]:
        for code in sorted(asked - {row["code"] for row in table.rows}):
            yield Fault(table.shape.file, 0, "code", f"“{code}” is missing")
        for index, row in enumerate(table.rows):
            if row["code"] not in asked:
                yield table.fault(index, "code", "nobody asks for this number")

    return check


def thresholds(model: type[Threshold], codes: Iterable[str]) -> Sheet:
    """The sheet of the numbers that a room asks for."""
    return Sheet(shape=numbers_in(model.FILE), model=model, key=("code",), check=exactly(codes))
