"""The files of `reference/` that oversight loads: goals, items of the sheet, periods."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.org.actions.reference import DATED, SOURCED, Sheet, Tables, thresholds, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, day, whole
from xiuhua.oversight import rules
from xiuhua.oversight.models import Goal, Item, Limit
from xiuhua.oversight.rules.drawing import EVERYWHERE


def _check_goals(table: Table, tables: Tables) -> Iterator[Fault]:
    known = {row["code"] for row in tables["units.csv"].rows} | {EVERYWHERE}
    for index, row in enumerate(table.rows):
        if row["unit"] not in known:
            yield table.fault(index, "unit", f"“{row['unit']}” is not in units.csv")


def _check_items(table: Table, tables: Tables) -> Iterator[Fault]:
    yield from unknown_acts(table, ("ground",), tables)


GOALS = Sheet(
    shape=Shape(
        "video_goals.csv",
        (
            Column("unit", needed=True),
            Column("monthly", whole, needed=True),
            Column("valid_from", day, needed=True),
            Column("valid_to", day),
            *SOURCED,
        ),
        key=("unit",),
        dated=True,
    ),
    model=Goal,
    key=("unit", "valid_from"),
    check=_check_goals,
)
ITEMS = Sheet(
    shape=Shape(
        "video_items.csv",
        (
            Column("code", needed=True),
            Column("position", whole, needed=True),
            Column("name", needed=True),
            Column("name_en", needed=True),
            Column("ground"),
            *DATED,
            *SOURCED,
        ),
        key=("code",),
    ),
    model=Item,
    key=("code",),
    check=_check_items,
)
LIMITS = thresholds(Limit, rules.LIMIT_CODES)

SHEETS: tuple[Sheet, ...] = (GOALS, ITEMS, LIMITS)
