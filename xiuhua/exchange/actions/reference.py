"""The files of `reference/` that exchange loads: the kinds of events that can be shared, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.exchange import rules
from xiuhua.exchange.models import EventKind, Limit
from xiuhua.org.actions.reference import SOURCED, Sheet, Tables
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, whole


def _rows(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    yield from enumerate(table.rows)


def _check_kinds(table: Table, tables: Tables) -> Iterator[Fault]:
    for index, row in enumerate(table.rows):
        known = rules.FIELDS.get(row["type"])
        if known is None:
            yield table.fault(index, "type", "no room makes such events")
        elif wrong := sorted(set(row["fields"].split()) - known):
            yield table.fault(index, "fields", f"{', '.join(wrong)} cannot be told")


def _check_limits(table: Table, tables: Tables) -> Iterator[Fault]:
    known = {row["code"] for row in table.rows}
    for code in sorted(set(rules.LIMIT_CODES) - known):
        yield Fault(table.shape.file, 0, "code", f"“{code}” is missing")
    for index, row in enumerate(table.rows):
        if row["code"] not in rules.LIMIT_CODES:
            yield table.fault(index, "code", "nobody asks for this number")


KINDS = Sheet(
    shape=Shape(
        "exchange_events.csv",
        (
            Column("type", needed=True),
            Column("label", needed=True),
            Column("label_en", needed=True),
            Column("purpose", needed=True),
            Column("purpose_en", needed=True),
            Column("fields", needed=True),
            Column("ground", needed=True),
            *SOURCED,
        ),
        key=("type",),
    ),
    model=EventKind,
    key=("type",),
    wanted=_rows,
    check=_check_kinds,
)
LIMITS = Sheet(
    shape=Shape(
        "exchange_limits.csv",
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
    check=_check_limits,
)

SHEETS: tuple[Sheet, ...] = (KINDS, LIMITS)
