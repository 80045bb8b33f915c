"""The peer of an import: the same rows written into the same tables by the database alone, nothing read or checked.

No import can be faster than this on the same machine in the same run.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Max

Rows = list[Sequence[Any]]
_KEYS = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a table stood before the import: rows with a larger key came in with it."""

    table: str
    last: int


def marks(labels: Sequence[str]) -> list[Mark]:
    """Where the tables of an import, such as `cases.Case`, stand now."""
    found = map(apps.get_model, labels)
    return [
        Mark(model._meta.db_table, model._default_manager.aggregate(last=Max("pk"))["last"] or 0)
        for model in found
    ]


def written(since: Sequence[Mark]) -> tuple[int, float]:
    """How many rows came into these tables, and how many seconds they take into empty tables of the same shape."""
    found = {mark.table: _rows(mark) for mark in since}
    took = _postgresql(found) if connection.vendor == "postgresql" else _sqlite(found)
    return sum(map(len, found.values())), took


def _rows(mark: Mark) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {mark.table} WHERE id > %s", [mark.last])  # noqa: S608 - our own models
        return list(cursor.fetchall())


def _sqlite(tables: Mapping[str, Rows]) -> float:
    path = Path(settings.VAR_DIR) / "bare.sqlite3"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        took = sum(_written(bare, table, rows) for table, rows in tables.items())
    path.unlink()
    return took


def _written(bare: sqlite3.Connection, table: str, rows: Rows) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type <> 'trigger'", [table])
        statements = [statement for (statement,) in cursor.fetchall() if statement]
    for statement in statements:
        bare.execute(statement)
    places = ", ".join("?" * len(rows[0])) if rows else "NULL"
    began = time.perf_counter()
    bare.execute("BEGIN")
    bare.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - names of our own models
    bare.execute("COMMIT")
    return time.perf_counter() - began


def _postgresql(tables: Mapping[str, Rows]) -> float:
    return sum(_copied(table, rows) for table, rows in tables.items())


def _copied(table: str, rows: Rows) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
        # Its foreign keys, which the server looks up for each row as it commits, are not part of a shape.
        cursor.execute(_KEYS, [table])
        for (key,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE bare_{table} ADD {key}")
        began = time.perf_counter()
        with cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        took = time.perf_counter() - began
        cursor.execute(f"DROP TABLE bare_{table}")
    return took
