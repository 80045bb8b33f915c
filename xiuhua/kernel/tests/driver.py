"""What tests start as processes of their own, to kill them and to let them run beside one another.

python -m xiuhua.kernel.tests.driver WHAT …     (the database is that of XIUHUA_DATABASE_URL)
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need a Django that is set up
from django.db import connection  # noqa: E402

from xiuhua.kernel import clock, numbering, outbox, reading, record, sealing, verify  # noqa: E402
from xiuhua.kernel.models import Job, RecordEntry, Series, TakenNumber  # noqa: E402
from xiuhua.kernel.tests.harness import (  # noqa: E402
    AT,
    CLERK,
    past_the_guards,
    thing,
    write_entries,
    write_many,
)

PROCESSES = 8


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def forked(do: Callable[[], None]) -> int:
    """Do it in a child with its own connection; the pid."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            do()
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def migrate() -> None:
    call_command("migrate", "kernel", verbosity=0, skip_checks=True)


def whole_act() -> None:
    """An action as rooms have it: a number, a model of legal effect, an entry, a job."""
    with record.act("cases.decide", by=CLERK, at=AT) as act:
        number = numbering.take(
            kind="penalty_decision", unit_code="T", year=2026, subject="cases.case:1", act=act, prefix="99"
        )
        act.entry(on=thing(), facts={"number": number})
        act.later("tell", {"number": number}, key=number)


def state() -> dict[str, int]:
    """How much of `whole_act` is there."""
    return {
        "numbers": TakenNumber.objects.count(),
        "series": sum(Series.objects.values_list("last", flat=True)),
        "entries": RecordEntry.objects.count(),
        "jobs": Job.objects.count(),
    }


def killed_at(point: int) -> None:
    """Run `whole_act` and die at once, by SIGKILL, before its statement number `point` reaches the database."""
    seen = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal seen
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        whole_act()
        if seen <= point:
            os.kill(os.getpid(), signal.SIGKILL)


def kill_acts(points: str) -> None:
    """For each point: what was there after a child was killed at it, and how the child ended."""
    migrate()
    for point in range(int(points)):
        before = state()
        _, status = os.waitpid(forked(partial(killed_at, point)), 0)
        after = state()
        say(
            {
                "killed": os.WTERMSIG(status) == signal.SIGKILL,
                **{name: after[name] - before[name] for name in after},
            }
        )


def take_numbers(each: str) -> None:
    """Eight children take numbers of one series at the same time; all that were given out."""
    migrate()

    def take() -> None:
        for _ in range(int(each)):
            whole_act()

    pids = [forked(take) for _ in range(PROCESSES)]
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    numbers = sorted(TakenNumber.objects.values_list("number", flat=True))
    say({"ends": ends, "given": numbers, **state()})


def wait_for(path: Path) -> None:
    started = time.monotonic()
    while not path.exists():
        if time.monotonic() - started > 100:
            raise TimeoutError(f"{path.name} never came")
        time.sleep(0.02)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def kill_workers(marks: str) -> None:
    """A job whose worker is killed inside its act, done again by a worker that is killed after the act."""
    migrate()
    outbox.LEASE = timedelta(seconds=1)
    folder = Path(marks)
    attempts: list[int] = []

    def slow(payload: dict[str, Any]) -> None:
        attempt = len(list(folder.glob("begun-*"))) + 1
        with record.act("slow", by=CLERK, at=clock.now()) as act:
            act.entry(on=thing(), facts=payload)
            outbox.finish()
            (folder / f"begun-{attempt}").touch()
            if attempt == 1:
                time.sleep(60)
        (folder / f"after-{attempt}").touch()
        time.sleep(60)

    def work() -> None:
        outbox.run_worker({"slow": slow}, stop=threading.Event())

    outbox.put("slow", {}, run_at=AT)
    for mark in ("begun-1", "after-2"):
        worker = forked(work)
        wait_for(folder / mark)
        kill(worker)
        attempts.append(RecordEntry.objects.count())
    time.sleep(1)
    job = Job.objects.get()
    again = outbox.run_due({"slow": slow})
    say({"entries": attempts, "attempts": job.attempts, "done": job.done_at is not None, "again": again})


def seal_beside_acts(acts: str) -> None:
    """A sealer in a child while we act: the longest act in ms, and the longest wait for the seal in seconds."""
    migrate()
    sealer = forked(lambda: sealing.run(threading.Event()))
    write_entries(1)
    times = []
    for _ in range(int(acts)):
        started = time.perf_counter()
        write_entries(1)
        times.append((time.perf_counter() - started) * 1000)
    started = time.perf_counter()
    while sealing.head().size < int(acts) + 1 and time.perf_counter() - started < 5:
        time.sleep(0.02)
    say(
        {
            "slowest_ms": max(times),
            "median_ms": sorted(times)[len(times) // 2],
            "seconds": time.perf_counter() - started,
        }
    )
    kill(sealer)


def verify_in_processes(n: str) -> None:
    """What verification by several processes says, before and after an entry in the middle is changed."""
    migrate()
    reading.SPAN = reading.STRETCH = 256
    write_many(int(n))
    sealing.seal_all()
    sound = verify.verify(processes=2).sound
    changed = int(n) // 2
    past_the_guards("UPDATE kernel_recordentry SET facts = '{}' WHERE id = %s", changed)
    report = verify.verify(processes=2)
    say(
        {
            "sound": sound,
            "found": [(each.what, each.entry_id) for each in report.findings],
            "changed": changed,
        }
    )


WHAT: dict[str, Callable[..., None]] = {
    "migrate": migrate,
    "kill_acts": kill_acts,
    "take_numbers": take_numbers,
    "kill_workers": kill_workers,
    "seal_beside_acts": seal_beside_acts,
    "verify_in_processes": verify_in_processes,
}

if __name__ == "__main__":
    WHAT[sys.argv[1]](*sys.argv[2:])
