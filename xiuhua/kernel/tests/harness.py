"""What the tests of the room share: people, entries, databases of their own, and how a suite empties the record.

Django empties the tables after a test with real transactions (DELETE on SQLite, TRUNCATE on PostgreSQL). The guards
refuse that, as they should, and no setting lifts them. So the suite takes them away for that moment and puts them
back: it owns its database, as nobody but the owner of the tables does in a bureau.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from xiuhua.kernel import clock, guards, record
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area, RecordEntry

AT = datetime(2026, 3, 9, 10, 15, tzinfo=clock.SHANGHAI)
CLERK = Actor(name="示例录入员", user_id=7, officer_id=7, unit_code="U1")


def let_suites_empty_the_record() -> None:
    """Wrap Django's clean-up after a test with real transactions; once for a session."""
    hook = "_fixture_teardown"
    clean = getattr(TransactionTestCase, hook)

    def teardown(self: TransactionTestCase) -> None:
        guards.remove(connection)
        try:
            clean(self)
        finally:
            guards.install(connection)

    setattr(TransactionTestCase, hook, teardown)


def thing(pk: int = 1) -> Area:
    """Some object that an entry can be about; not saved."""
    return Area(pk=pk, name=f"示例区域{pk}")


def write_entries(n: int, *, facts: Mapping[str, Any] | None = None) -> list[int]:
    """So many acts with an entry each; the ids of the entries."""
    ids = []
    for i in range(n):
        with record.act("areas.put", by=CLERK, at=AT) as act:
            ids.append(act.entry(on=thing(i + 1), facts={"n": i, **(facts or {})}).pk)
    return ids


def write_many(n: int) -> None:
    """So many entries in one act, through the bulk door."""
    with record.act("areas.put", by=CLERK, at=AT) as act:
        act.bulk([act.line(subject=f"kernel.area:{i}", label="示例", facts={"n": i}) for i in range(n)])


def run_sql(sql: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def past_the_guards(sql: str, *parameters: Any) -> None:
    """What somebody does who owns the tables: take the guards away, do it, put them back."""
    guards.remove(connection)
    run_sql(sql, *parameters)
    guards.install(connection)


def last_entry() -> RecordEntry:
    return RecordEntry.objects.latest("pk")


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """A database of its own, of the kind the suite runs on, for processes of their own: its XIUHUA_DATABASE_URL."""
    main = settings.DATABASES["default"]
    if "postgresql" not in main["ENGINE"]:
        yield str(folder / "own.sqlite3")
        return
    name = f"kernel_{secrets.token_hex(4)}"
    reach = {
        "host": main["HOST"],
        "user": main["USER"],
        "password": main["PASSWORD"],
        "port": main["PORT"] or None,
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **reach) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgres://{main['USER']}@/{name}?host={main['HOST']}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(url: str, folder: Path) -> dict[str, str]:
    """The environment of such a process."""
    return {
        **os.environ,
        "XIUHUA_DATABASE_URL": url,
        "XIUHUA_VAR_DIR": str(folder),
        "XIUHUA_SECRET_KEY": "x" * 40,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


def start(*arguments: str, url: str, folder: Path) -> subprocess.Popen[str]:
    """Start Python with a database of its own."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=environment(url, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(module: str, *arguments: str, url: str, folder: Path) -> str:
    """Run a module of these tests to its end in a process with a database of its own; what it printed."""
    process = start("-m", f"xiuhua.kernel.tests.{module}", *arguments, url=url, folder=folder)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


def command(*arguments: str, url: str, folder: Path) -> subprocess.Popen[str]:
    """Start `xiuhua …` with a database of its own."""
    main = "import sys; from xiuhua.conf.cli import main; sys.exit(main())"
    return start("-c", main, *arguments, url=url, folder=folder)
