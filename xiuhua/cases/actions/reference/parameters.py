"""Thresholds, periods and switches of the law and of the bureau."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.cases.models import Parameter
from xiuhua.org.actions.reference import DATED, SOURCED, Sheet, Tables, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, one_of

MEASURES = (
    "yuan",
    "percent",
    "person",
    "case",
    "hour",
    "metre",
    "calendar_day",
    "working_day",
    "month",
    "flag",
    "list",
    "party_kind",
)


def _check_parameters(table: Table, tables: Tables) -> Iterator[Fault]:
    for index, row in enumerate(table.rows):
        if row["unit"] == "flag" and row["value"] not in {"yes", "no"}:
            yield table.fault(index, "value", "a flag is yes or no")
        if row["unit"] not in {"flag", "list", "party_kind"} and not row["value"].isdecimal():
            yield table.fault(index, "value", f"“{row['value']}” is no whole number")
    yield from unknown_acts(table, ("article",), tables)


PARAMETERS = Sheet(
    shape=Shape(
        "parameters.csv",
        (
            Column("name", needed=True),
            Column("value", needed=True),
            Column("unit", one_of(MEASURES), needed=True),
            *DATED,
            Column("article"),
            *SOURCED,
            Column("meaning", needed=True),
            Column("meaning_en", needed=True),
        ),
        key=("name",),
        dated=True,
    ),
    model=Parameter,
    key=("name", "valid_from"),
    check=_check_parameters,
)
