"""Many rows at once, in the transaction that is open: executemany on SQLite, COPY on PostgreSQL.

About ten times as fast as building model instances; for the backfill doors and the sealer. No signals, no `save`,
no primary keys returned: rows that others point to take theirs from `reserve` first. Rows of legal effect are refused
outside an act, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

import orjson
from django.db import connection, models
from django.db.models.expressions import RawSQL

from xiuhua.kernel.models import LegalModel, RecordEntry, require_act

BATCH = 5000
# Rows in one statement on SQLite: a statement for each would move the counter of the table with each.
TOGETHER = 50
# Below that a COPY, which goes to and fro several times, is slower than the rows one by one.
FEW = 4
# Tables of which a tenth, and not just a few rows, is new since the server counted.
STALE = """
SELECT relname FROM pg_stat_user_tables
WHERE schemaname = current_schema() AND n_mod_since_analyze > 500 AND n_mod_since_analyze * 10 > n_live_tup
ORDER BY relname
"""


def insert(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    moments_kept: bool = False,
) -> None:
    """Insert `rows`, whose values stand in the order of `fields`. Values are plain: text, numbers, bytes, moments.

    With `moments_kept` every moment is text already, as `kept` makes it. Raises OutsideAction for a model of legal
    effect outside an act, IntegrityError as the database says.
    """
    if issubclass(model, LegalModel):
        require_act(model.__name__)
    columns = [_column(model, name) for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    listed = ", ".join(connection.ops.quote_name(column) for column in columns)
    if connection.vendor == "postgresql":
        rest = iter(rows)
        few = list(islice(rest, FEW))
        if len(few) < FEW:
            _one_by_one(f"INSERT INTO {table} ({listed}) VALUES ({', '.join(['%s'] * len(columns))})", few)  # noqa: S608
        else:
            _copy(f"COPY {table} ({listed}) FROM STDIN", chain(few, rest))
        return
    marks = f"({', '.join('?' * len(columns))})"
    one = f"INSERT INTO {table} ({listed}) VALUES {marks}"  # noqa: S608 - names of our own models
    many = one + f", {marks}" * (TOGETHER - 1)
    moments = [i for i, name in enumerate(fields) if isinstance(_field(model, name), models.DateTimeField)]
    ready = iter(_adapted(rows, moments) if moments and not moments_kept else rows)
    connection.ensure_connection()
    # Below Django's cursor, which looks through every parameter.
    with connection.wrap_database_errors:
        while batch := list(islice(ready, BATCH)):
            whole = len(batch) - len(batch) % TOGETHER
            grouped = (tuple(chain.from_iterable(batch[i : i + TOGETHER])) for i in range(0, whole, TOGETHER))
            connection.connection.executemany(many, grouped)
            connection.connection.executemany(one, batch[whole:])


def update(model: type[models.Model], field: str, rows: Iterable[tuple[Any, int]]) -> None:
    """Set one column of many rows: pairs of a value and the primary key of its row."""
    if issubclass(model, LegalModel):
        require_act(model.__name__)
    table = connection.ops.quote_name(model._meta.db_table)
    column = connection.ops.quote_name(_column(model, field))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", list(rows))  # noqa: S608 - our own names


def listed(texts: Sequence[str]) -> RawSQL:
    """Many texts for an `__in`, handed over as one parameter: the ORM turns each value over by itself, and a statement
    of thousands of marks is read anew each time.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", [list(texts)])
    return RawSQL("SELECT value FROM json_each(%s)", [orjson.dumps(texts).decode()])


def _one_by_one(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(statement, row)


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def reserve(model: type[models.Model], n: int) -> list[int]:
    """`n` primary keys that nobody else gets, in rising order; what is not used stays unused.

    On SQLite they are ours until the transaction ends, so there must be one that may write. Raises TypeError for
    entries of the record, which take their ids as they are written (`guards`, 4).
    """
    if model is RecordEntry:
        raise TypeError("entries of the record take their ids as they are written")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, n]
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
    return list(range(last + 1, last + 1 + n))


def tidied() -> None:
    """Let the server look at the tables whose rows were largely written just now: PostgreSQL plans by what it counted
    last, and would take minutes to look by itself. Nothing on SQLite, whose plans do not hang on counts, and nothing
    inside a transaction, where it is not allowed.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(STALE)
        tables = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
        if tables:
            cursor.execute(f"VACUUM (ANALYZE) {', '.join(tables)}")


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{model.__name__}.{name} is no column")
    return field


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)


def kept(moment: datetime) -> str:
    """An aware moment as SQLite keeps it (a test holds it to Django's own way, which takes five times as long).

    PostgreSQL, whose sessions are in UTC, reads it as the same moment.
    """
    return moment.astimezone(UTC).isoformat(" ").removesuffix("+00:00")


def _adapted(rows: Iterable[Sequence[Any]], moments: Sequence[int]) -> Iterator[list[Any]]:
    """The rows with their moments as the database keeps them; a moment that comes again is not done again."""
    # By identity, which costs nothing to look up; an object that is held here cannot lend its identity to another.
    known: dict[int, tuple[datetime, str]] = {}
    for row in rows:
        plain = list(row)
        for i in moments:
            moment = plain[i]
            if moment is None:
                continue
            if id(moment) not in known:
                known[id(moment)] = (moment, kept(moment))
            plain[i] = known[id(moment)][1]
        if len(known) > BATCH:
            known.clear()
        yield plain
