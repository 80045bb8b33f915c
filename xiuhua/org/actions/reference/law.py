"""The acts that grounds are cited from."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.org.actions.reference.shared import DATED, SOURCED
from xiuhua.org.actions.reference.sheets import Sheet, Tables
from xiuhua.org.models import ActOfLaw
from xiuhua.org.rules.tables import Column, Row, Shape, Table


def _acts(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    for index, row in enumerate(table.rows):
        plain = {k: v for k, v in row.items() if k not in {"title_zh", "number"}}
        yield index, {**plain, "title": row["title_zh"]}


ACTS = Sheet(
    shape=Shape(
        "acts.csv",
        (
            Column("short", needed=True),
            Column("title_zh", needed=True),
            Column("title_en", needed=True),
            Column("version_note"),
            *DATED,
            *SOURCED,
            Column("number"),
        ),
        key=("short",),
    ),
    model=ActOfLaw,
    key=("short",),
    wanted=_acts,
)
