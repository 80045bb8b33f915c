"""The store of positions: batches written below the ORM in one durable transaction each.

`keep` returns when the batch is on the disk (SQLite: WAL with synchronous FULL; PostgreSQL: commit), and only then may
a gateway acknowledge. A position that is there already, the same device and moment, is left as it is: terminals send
again what they believe lost.

SQLite takes many rows in one statement: the interpreter's lock is let go and taken again once for each statement, and
beside a busy thread of sockets each taking costs up to a switch interval.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, Protocol, Self

import psycopg
from django.conf import settings
from django.db import connections

from xiuhua.observations.models import Current, OddFrame, Position
from xiuhua.observations.rules import Datum


class Row(NamedTuple):
    """A position as its table has it."""

    device: int
    at: int
    received: int
    lon: float
    lat: float
    lon_sent: float | None = None
    lat_sent: float | None = None
    datum: int = int(Datum.WGS84)
    speed: float | None = None
    course: int | None = None
    altitude: float | None = None
    accuracy: float | None = None
    alarm: int = 0
    status: int = 0
    items: bytes | None = None


class Heard(NamedTuple):
    """What became known of a device since it was last written down; `row` is its newest position, if it sent any."""

    device: int
    at: int
    row: Row | None = None
    alarm: int = 0
    frames: int = 0
    bad: int = 0
    off_duty: int = 0


class Odd(NamedTuple):
    at: int
    protocol: str
    peer: str
    identity: str
    fault: str
    raw: bytes


@dataclass
class Batch:
    rows: Sequence[Row] = ()
    heard: Sequence[Heard] = ()
    odd: Sequence[Odd] = field(default_factory=list)


_TABLE = Position._meta.db_table
_COLUMNS = ", ".join(Row._fields)
_CURRENT = Current._meta.db_table
_ODD = OddFrame._meta.db_table
# Newer facts win; counters and alarm bits gather until somebody looks.
_HEARD = f"""
INSERT INTO {_CURRENT} (device, heard, at, lon, lat, speed, course, alarm, status, frames, bad, off_duty)
VALUES ({{marks}})
ON CONFLICT (device) DO UPDATE SET
  heard = CASE WHEN excluded.heard > {_CURRENT}.heard THEN excluded.heard ELSE {_CURRENT}.heard END,
  lon = CASE WHEN {{newer}} THEN excluded.lon ELSE {_CURRENT}.lon END,
  lat = CASE WHEN {{newer}} THEN excluded.lat ELSE {_CURRENT}.lat END,
  speed = CASE WHEN {{newer}} THEN excluded.speed ELSE {_CURRENT}.speed END,
  course = CASE WHEN {{newer}} THEN excluded.course ELSE {_CURRENT}.course END,
  status = CASE WHEN {{newer}} THEN excluded.status ELSE {_CURRENT}.status END,
  at = CASE WHEN {{newer}} THEN excluded.at ELSE {_CURRENT}.at END,
  alarm = {_CURRENT}.alarm | excluded.alarm,
  frames = {_CURRENT}.frames + excluded.frames,
  bad = {_CURRENT}.bad + excluded.bad,
  off_duty = {_CURRENT}.off_duty + excluded.off_duty
"""  # noqa: S608 - names of our own tables
_NEWER = f"excluded.at IS NOT NULL AND ({_CURRENT}.at IS NULL OR excluded.at >= {_CURRENT}.at)"


def _heard(mark: str) -> str:
    return _HEARD.format(marks=", ".join([mark] * 12), newer=_NEWER)


def _heard_values(each: Heard) -> tuple[Any, ...]:
    row = each.row
    place = (row.at, row.lon, row.lat, row.speed, row.course) if row else (None,) * 5
    status = row.status if row else 0
    return (each.device, each.at, *place, each.alarm, status, each.frames, each.bad, each.off_duty)


class Store(Protocol):
    """An open store: a connection of its own, to be used by one thread at a time."""

    def keep(self, batch: Batch) -> None:
        """Write a batch in one transaction; durable when it returns."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class _Closing:
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError


class SqliteStore(_Closing):
    # Rows in one statement, the largest first; each size is compiled once.
    SIZES = (512, 64, 8, 1)

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            path, isolation_level=None, timeout=20, check_same_thread=False, cached_statements=64, uri=True
        )
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "cache_size = -64000",
            "wal_autocheckpoint = 8000",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        one = f"({', '.join('?' * len(Row._fields))})"
        self._insert = {
            size: f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES {', '.join([one] * size)} ON CONFLICT DO NOTHING"  # noqa: S608 - names of our own table
            for size in self.SIZES
        }

    def keep(self, batch: Batch) -> None:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        try:
            self._rows(batch.rows)
            if batch.heard:
                self._connection.executemany(_heard("?"), list(map(_heard_values, batch.heard)))
            if batch.odd:
                self._connection.executemany(
                    f"INSERT INTO {_ODD} (at, protocol, peer, identity, fault, raw) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own table
                    list(batch.odd),
                )
        except BaseException:
            run("ROLLBACK")
            raise
        run("COMMIT")

    def _rows(self, rows: Sequence[Row]) -> None:
        start = 0
        for size in self.SIZES:
            while len(rows) - start >= size:
                flat = list(chain.from_iterable(rows[start : start + size]))
                self._connection.execute(self._insert[size], flat)
                start += size

    def close(self) -> None:
        self._connection.close()


class PostgresStore(_Closing):
    """Rows are copied into a temporary table and taken over from there, without those that are there already."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._connection = psycopg.connect(**parameters, autocommit=True)
        self._connection.execute(f"CREATE TEMPORARY TABLE incoming (LIKE {_TABLE}) ON COMMIT DELETE ROWS")

    def keep(self, batch: Batch) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            if batch.rows:
                self._rows(cursor, batch.rows)
            if batch.heard:
                cursor.executemany(_heard("%s"), list(map(_heard_values, batch.heard)))
            if batch.odd:
                cursor.executemany(
                    f"INSERT INTO {_ODD} (at, protocol, peer, identity, fault, raw) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608 - our own table
                    list(batch.odd),
                )

    def _rows(self, cursor: psycopg.Cursor[Any], rows: Sequence[Row]) -> None:
        with cursor.copy(f"COPY incoming ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {_TABLE} ({_COLUMNS}) SELECT {_COLUMNS} FROM incoming ON CONFLICT DO NOTHING"  # noqa: S608 - our own table
        )

    def close(self) -> None:
        self._connection.close()


def open_store() -> Store:
    """The store of this bureau, over a connection of its own."""
    alias = "positions" if "positions" in settings.DATABASES else "default"
    connection = connections[alias]
    parameters = connection.get_connection_params()
    if connection.vendor == "postgresql":
        for name in ("cursor_factory", "context", "prepare_threshold"):
            parameters.pop(name, None)
        return PostgresStore(parameters)
    return SqliteStore(str(parameters["database"]))
