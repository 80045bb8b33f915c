"""A store of positions of its own for a test: a SQLite file with the tables, or the suite's PostgreSQL swept after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from xiuhua.observations.actions.storing import PostgresStore, SqliteStore, Store, open_store
from xiuhua.observations.models import Current, OddFrame, Position

TABLES = [model._meta.db_table for model in (Position, Current, OddFrame)]


class Stored:
    """`open` as gateways open the store; `rows` reads what is durable over a connection of its own."""

    def __init__(self, open_: Callable[[], Store], connect: Callable[[], Any]) -> None:
        self.open, self._connect = open_, connect

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        reader = self._connect()
        try:
            return [tuple(row) for row in reader.execute(sql).fetchall()]
        finally:
            reader.close()


@contextmanager
def stored(folder: Path) -> Iterator[Stored]:
    if connection.vendor == "postgresql":
        yield from _postgresql()
        return
    path = folder / "positions.sqlite3"
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(TABLES))
        cursor.execute(f"SELECT sql FROM sqlite_master WHERE sql <> '' AND tbl_name IN ({marks})", TABLES)
        statements = [statement for (statement,) in cursor.fetchall()]
    made = sqlite3.connect(path)
    for statement in statements:
        made.execute(statement)
    made.close()
    yield Stored(lambda: SqliteStore(str(path)), lambda: sqlite3.connect(path))


def _postgresql() -> Iterator[Stored]:
    def connect() -> Any:
        parameters = connection.get_connection_params()
        for name in ("cursor_factory", "context", "prepare_threshold"):
            parameters.pop(name, None)
        return psycopg.connect(**parameters, autocommit=True)

    store = open_store()
    assert isinstance(store, PostgresStore)
    store.close()
    try:
        yield Stored(open_store, connect)
    finally:
        sweeper = connect()
        for table in TABLES:
            sweeper.execute(f"DELETE FROM {table}")
        sweeper.close()
