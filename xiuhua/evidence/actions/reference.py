"""The file of `reference/` that the evidence room loads: how long recordings of each category are kept."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.evidence.models import Category
from xiuhua.org.actions.reference import SOURCED, Sheet, Tables
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, whole


def _wanted(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    yield from enumerate(table.rows)


def _check(table: Table, tables: Tables) -> Iterator[Fault]:
    """Nothing is said of other files."""
    yield from ()


CATEGORIES = Sheet(
    shape=Shape(
        "evidence_categories.csv",
        (
            Column("code", needed=True),
            Column("name", needed=True),
            Column("name_en", needed=True),
            Column("keep_days", whole),
            *SOURCED,
        ),
        key=("code",),
    ),
    model=Category,
    key=("code",),
    wanted=_wanted,
    check=_check,
)
SHEETS = (CATEGORIES,)
