"""The files of `reference/` about recordings: how long each category is kept, and how recorders name their files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiuhua.evidence.models import Category
from xiuhua.evidence.rules.links import LINK_CODES
from xiuhua.org.actions.reference import SOURCED, Checked, Sheet, Tables, exactly, numbers_in
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, whole

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
)
SHEETS = (CATEGORIES,)


def _check_names(table: Table, tables: Tables) -> Iterator[Fault]:
    """A pattern that is no expression, or one that its own example does not fit."""
    for index, row in enumerate(table.rows):
        try:
            fits = re.fullmatch(row["pattern"], row["example"])
        except re.error as error:
            yield table.fault(index, "pattern", f"is no expression: {error}")
            continue
        if fits is None or "start" not in fits.groupdict():
            yield table.fault(index, "example", "does not fit the pattern, or tells no start")


NAMES = Checked(
    Shape(
        "recording_names.csv",
        (
            Column("code", needed=True),
            Column("pattern", needed=True),
            Column("time_format", needed=True),
            Column("example", needed=True),
            Column("note"),
            *SOURCED,
        ),
        key=("code",),
    ),
    _check_names,
)


LINKS = Checked(numbers_in("link_limits.csv"), exactly(LINK_CODES))
ELSEWHERE = (NAMES, LINKS)
