"""The tables of the suite are laid once: loaded by pytest (`-p`).

To walk all migrations takes as long as a tenth of the fast suite, and every process of every run would do it anew. The
first one keeps the empty database as a file beside the interpreter's packages, the others fill theirs from it; a file
is good for the code it was made from only. Migrate itself still runs, and finds nothing to do. On PostgreSQL each
process lays its own. What is covered meanwhile is not measured: it takes three times as long, and tells nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import coverage
import django
import pytest
from django.db.backends.base.creation import BaseDatabaseCreation

HOUSE = Path(__file__).parents[2]
FOLDER = Path(sys.prefix) / "tables"

_patches = pytest.MonkeyPatch()


def digest(house: Path = HOUSE) -> str:
    """One hash over all that shapes an empty database: migrations, models, and the bedrock with its triggers."""
    total = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    shaping = {*house.glob("*/migrations/*.py"), *house.glob("*/models.py"), *house.glob("*/models/*.py")}
    for path in sorted(shaping | {*house.glob("kernel/*.py"), *house.glob("conf/settings*.py")}):
        total.update(path.relative_to(house).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:32]


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fill(name: str, kept: Path) -> sqlite3.Connection:
    """A connection to the database in memory called `name`, filled from `kept`; it lives while one is open."""
    filled = sqlite3.connect(name, uri=True)
    with closing(sqlite3.connect(kept)) as source:
        source.backup(filled)
    return filled


def keep(laid: sqlite3.Connection, kept: Path) -> None:
    """Put what `laid` holds at `kept`, whole or not at all; what was kept of other code goes."""
    half = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(half)) as target:
        laid.backup(target)
    half.replace(kept)
    for other in kept.parent.glob("*.sqlite3"):
        if other != kept:
            other.unlink(missing_ok=True)


@contextmanager
def unmeasured() -> Iterator[None]:
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()


def _create(creation: BaseDatabaseCreation, *args: Any, **kwargs: Any) -> str:
    with unmeasured():
        if creation.connection.vendor != "sqlite":
            return _create_anew(creation, *args, **kwargs)
        return _create_filled(creation, *args, **kwargs)


def _create_filled(creation: BaseDatabaseCreation, *args: Any, **kwargs: Any) -> str:
    name: str = creation._get_test_db_name()  # type: ignore[attr-defined]
    if "mode=memory" not in name:
        return _create_anew(creation, *args, **kwargs)
    kept = FOLDER / f"{digest()}.sqlite3"
    with _one_at_a_time(FOLDER):
        if not kept.exists():
            created = _create_anew(creation, *args, **kwargs)
            keep(creation.connection.connection, kept)
            return created
        filled = fill(name, kept)
    with closing(filled):
        return _create_anew(creation, *args, **kwargs)


_create_anew = BaseDatabaseCreation.create_test_db


def pytest_configure(config: pytest.Config) -> None:
    _patches.setattr(BaseDatabaseCreation, "create_test_db", _create)


def pytest_unconfigure(config: pytest.Config) -> None:
    _patches.undo()
