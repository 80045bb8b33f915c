r"""The bytes of an entry that go into the sealed log, and the SQL that reads them.

A leaf is UTF-8 text: ten lines, each ended by a line feed, and then the facts exactly as they stand in the entry.

    xiuhua.entry.1
    id                      decimal
    at                      UTC, with six digits of a second: 2018-03-09 02:15:00.000000
    verb
    actor_id                decimal; empty for nobody and for the system
    actor_name
    unit_code
    subject
    label
    facts_hash

In the lines a backslash is written \\ and a line feed \n. Every column is in the leaf, so none changes unseen, and two
different entries never give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

FORMAT = "xiuhua.entry.1"
COLUMNS = (
    "id",
    "at",
    "verb",
    "actor_id",
    "actor_name",
    "unit_code",
    "subject",
    "label",
    "facts_hash",
    "facts",
)
LINES = len(COLUMNS)

# How the two databases say a moment as text and a text as its bytes, which saves decoding and encoding it again.
# On SQLite a moment is kept as text; an expression, unlike a column, is not turned into a datetime.
_SAID = {
    "sqlite": {"at": "{0} || ''", "facts": "CAST({0} AS BLOB)"},
    "postgresql": {"at": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", "facts": "{0}"},
}


def columns(connection: BaseDatabaseWrapper, alias: str = "e") -> str:
    """The select list whose rows `leaf_bytes` takes. Moments are UTC text; SQLite drops a fraction of zero."""
    said = _SAID[connection.vendor]
    return ", ".join(said.get(name, "{0}").format(f"{alias}.{name}") for name in COLUMNS)


def leaf_bytes(row: Sequence[Any]) -> bytes:
    """The leaf of one row of `columns`. Raises TypeError for a row whose facts are not there."""
    id_, at, verb, actor, name, unit, subject, label, facts_hash, facts = row
    if at is not None and len(at) == 19:
        at += ".000000"
    if actor is None:
        actor = ""
    head = f"{FORMAT}\n{id_}\n{at}\n{verb}\n{actor}\n{name}\n{unit}\n{subject}\n{label}\n{facts_hash}\n"
    if head.count("\n") != LINES or "\\" in head:
        lines = (FORMAT, id_, at, verb, actor, name, unit, subject, label, facts_hash)
        head = "".join(_escaped(str(line)) + "\n" for line in lines)
    return head.encode() + (facts if isinstance(facts, bytes) else facts.encode())


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("\n", "\\n")


def parse(leaf: bytes) -> dict[str, str]:
    """Column → text, as a leaf says it. Raises ValueError if it is none of ours."""
    *lines, facts = leaf.decode().split("\n", LINES)
    if len(lines) != LINES or lines[0] != FORMAT:
        raise ValueError(f"this is no leaf of the format {FORMAT}")
    return dict(zip(COLUMNS, [*map(_plain, lines[1:]), facts], strict=True))


def _plain(line: str) -> str:
    return "\\".join(part.replace("\\n", "\n") for part in line.split("\\\\"))
