"""The files of `reference/` about recordings: how long each category is kept, and how recorders name their files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiuhua.evidence.models import Category
from xiuhua.evidence.rules.links import LINK_CODES
from xiuhua.org.actions.reference import SOURCED, Checked, Sheet, Tables
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


def _check_limits(table: Table, tables: Tables) -> Iterator[Fault]:
    known = {row["code"] for row in table.rows}
    for code in sorted(LINK_CODES - known):
        yield Fault(table.shape.file, 0, "code", f"“{code}” is missing")
    for index, row in enumerate(table.rows):
        if row["code"] not in LINK_CODES:
            yield table.fault(index, "code", "nobody asks for this limit")


LINKS = Checked(
    Shape(
        "link_limits.csv",
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
    _check_limits,
)
ELSEWHERE = (NAMES, LINKS)
