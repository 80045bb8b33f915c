"""The files of `reference/` that exchange loads: the kinds of events that can be shared, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.exchange import rules
from xiuhua.exchange.models import EventKind, Limit
from xiuhua.org.actions.reference import SOURCED, Sheet, Tables, thresholds
from xiuhua.org.rules.tables import Column, Fault, Shape, Table


def _check_kinds(table: Table, tables: Tables) -> Iterator[Fault]:
    for index, row in enumerate(table.rows):
        known = rules.FIELDS.get(row["type"])
        if known is None:
            yield table.fault(index, "type", "no room makes such events")
        elif wrong := sorted(set(row["fields"].split()) - known):
            yield table.fault(index, "fields", f"{', '.join(wrong)} cannot be told")


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
    check=_check_kinds,
)
LIMITS = thresholds(Limit, rules.LIMIT_CODES)

SHEETS: tuple[Sheet, ...] = (KINDS, LIMITS)
