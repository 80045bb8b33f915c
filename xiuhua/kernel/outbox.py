"""The outbox: what must happen later is a row written in the same transaction; a worker loop claims it.

The worker (`run_worker`):
1. Find the job that has waited longest: due, not done, not given up, and nobody's lease on it.
2. Claim it by conditional update: its lease is ours for LEASE, and the attempt is counted before it begins, so that a
   job that kills its worker is given up too. If another worker was quicker, begin anew.
3. Call the handler with the payload. No transaction is open meanwhile.
4. If it returns, mark the job done, provided the lease is still ours.
5. If it raises, keep the error and wait: 10 s, 20 s, 40 s … up to an hour. After MAX_ATTEMPTS the job is given up and
   kept with its error.
6. A worker that dies leaves a lease behind. When that has run out, the job is claimed again.

So a handler runs at least once. What it writes happens exactly once in effect if it calls `finish` inside its act:
the job is then marked done in the same transaction, or, if the lease was lost, all of it is rolled back. What it does
outside the database must bear repetition, for example by a key that the other side knows.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, close_old_connections, connection, transaction
from django.db.models import F, Q

from xiuhua.kernel import clock
from xiuhua.kernel.models import Job

LEASE = timedelta(seconds=60)
PAUSE_SECONDS = 0.2
MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)

Handler = Callable[[dict[str, Any]], None]

log = logging.getLogger(__name__)

_claimed: ContextVar[Job | None] = ContextVar("claimed", default=None)


class LeaseLost(RuntimeError):
    """Another worker has the job by now; what this one did must not stand."""


def put(name: str, payload: Mapping[str, Any], *, run_at: datetime, key: str = "") -> None:
    """Add a row. With a `key`, the same thing is asked for only once, however often it is said."""
    row = Job(name=name, payload=dict(payload), run_at=run_at, unique_key=key or None)
    if key:
        Job.objects.bulk_create([row], ignore_conflicts=True)
    else:
        row.save()


def _worker_name() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def _free(now: datetime) -> Q:
    unleased = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Q(run_at__lte=now, done_at__isnull=True, failed_at__isnull=True) & unleased


def claim(worker: str) -> Job | None:
    """The next job, leased to `worker` (steps 1 and 2); None if nothing is due."""
    while True:
        now = clock.now()
        waiting = Job.objects.filter(_free(now)).order_by("run_at", "pk")
        if not waiting.exists():
            return None
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked:
                waiting = waiting.select_for_update(skip_locked=True)
            job = waiting.first()
            if job is None:
                return None
            ours = Job.objects.filter(_free(now), pk=job.pk)
            claimed = ours.update(leased_by=worker, lease_until=now + LEASE, attempts=F("attempts") + 1)
        if claimed:
            job.leased_by, job.attempts = worker, job.attempts + 1
            return job


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, leased_by=job.leased_by, done_at__isnull=True)


def finish() -> None:
    """Inside the act of a handler: mark its job done in that same transaction.

    Raises LeaseLost if the lease has gone to another worker. Outside a worker it does nothing.
    """
    job = _claimed.get()
    if job is not None and not _held(job).update(done_at=clock.now(), lease_until=None):
        raise LeaseLost(f"job {job.pk} ({job.name})")


def renew() -> None:
    """Inside a long handler: ask for another LEASE from now. Raises LeaseLost. Outside a worker it does nothing."""
    job = _claimed.get()
    if job is not None and not _held(job).update(lease_until=clock.now() + LEASE):
        raise LeaseLost(f"job {job.pk} ({job.name})")


def work(job: Job, handlers: Mapping[str, Handler]) -> None:
    """Steps 3 to 5 for a job that was claimed."""
    if job.attempts > MAX_ATTEMPTS:
        _failed(job, "the worker died each time this was tried", final=True)
        return
    handler = handlers.get(job.name)
    if handler is None:
        _failed(job, f"there is no handler {job.name}")
        return
    token = _claimed.set(job)
    try:
        handler(dict(job.payload))
    except LeaseLost:
        log.warning("the lease of %s was lost; another worker has it", job)
    except Exception as error:
        log.exception("%s failed", job)
        _failed(job, _said(error))
    else:
        _held(job).update(done_at=clock.now(), lease_until=None)
    finally:
        _claimed.reset(token)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def _failed(job: Job, error: str, *, final: bool = False) -> None:
    now = clock.now()
    wait = min(FIRST_WAIT * 2 ** (job.attempts - 1), LONGEST_WAIT)
    given_up = now if final or job.attempts >= MAX_ATTEMPTS else None
    _held(job).update(last_error=error, failed_at=given_up, lease_until=None, run_at=now + wait)


def run_due(handlers: Mapping[str, Handler], worker: str = "") -> int:
    """Do what is due now, once; how many jobs were tried."""
    worker, tried = worker or _worker_name(), 0
    while job := claim(worker):
        work(job, handlers)
        tried += 1
    return tried


def run_worker(handlers: Mapping[str, Handler], *, stop: threading.Event) -> None:
    """Work until `stop` is set; a job that was begun is finished. A database that is away is waited for."""
    worker = _worker_name()
    while not stop.is_set():
        close_old_connections()
        try:
            job = claim(worker)
            if job is not None:
                work(job, handlers)
                continue
        except Error:
            log.exception("the outbox could not be read; trying again")
            connection.close()
        stop.wait(PAUSE_SECONDS)
    connection.close()
