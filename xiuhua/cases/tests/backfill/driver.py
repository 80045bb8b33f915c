"""Run by the test that kills: a bureau made, or a file brought in, in a process with a database of its own."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the set-up that tables need

from xiuhua.cases import backfill  # noqa: E402
from xiuhua.cases.backfill import door, writing  # noqa: E402
from xiuhua.cases.models import Case, Document, Step  # noqa: E402
from xiuhua.cases.tests.backfill import bench  # noqa: E402
from xiuhua.kernel import rows  # noqa: E402
from xiuhua.kernel.authz import SYSTEM  # noqa: E402
from xiuhua.kernel.models import RecordEntry, TakenNumber  # noqa: E402
from xiuhua.registers.models import Party  # noqa: E402

BATCH = 5


def counts() -> dict[str, int]:
    """How many rows of each table came in."""
    return {
        "cases": Case.objects.count(),
        "steps": Step.objects.count(),
        "papers": Document.objects.count(),
        "parties": Party.objects.count(),
        "numbers": TakenNumber.objects.count(),
        "entries": RecordEntry.objects.filter(verb="cases.bring_in").count(),
    }


def kill_at(batch: int, statement: int) -> None:
    """Kill this process with -9 in the `batch`-th batch, before its `statement`-th bulk insert."""
    seen = {"batch": 0, "statement": 0}
    write, insert = writing.write, rows.insert

    def counting_write(*args: Any, **named: Any) -> None:
        seen.update(batch=seen["batch"] + 1, statement=0)
        write(*args, **named)

    def counting_insert(*args: Any, **named: Any) -> None:
        seen["statement"] += 1
        if (seen["batch"], seen["statement"]) == (batch, statement):
            os.kill(os.getpid(), signal.SIGKILL)
        insert(*args, **named)

    mock.patch.object(writing, "write", counting_write).start()
    mock.patch.object(rows, "insert", counting_insert).start()


def main(arguments: list[str]) -> None:
    if arguments[0] == "make":
        call_command("migrate", verbosity=0)
        bench.made()
        return
    if arguments[0] == "count":
        sys.stdout.write(json.dumps(counts()))
        return
    path, *point = arguments[1:]
    door.BATCH = BATCH
    if point:
        kill_at(*map(int, point))
    outcome = backfill.bring_in(
        backfill.read(Path(path)), by=SYSTEM, at=bench.AT, write=True, skip_faulty=True, workers=0
    )
    sys.stdout.write(json.dumps({"written": outcome.written, "passed_over": outcome.passed_over}))


if __name__ == "__main__":
    main(sys.argv[1:])
