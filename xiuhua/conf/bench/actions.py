"""What one action with its record entry costs, while a sealer works beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from xiuhua.conf.bench.measure import Measure, spans, timed
from xiuhua.conf.cli.reference import load_all
from xiuhua.conf.demo_people import make_demo_users
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.leads import actions as leads
from xiuhua.leads import queries as lead_queries
from xiuhua.org import queries as org

ROUNDS = 300
LIMIT_MS = 10


@contextmanager
def sealer() -> Iterator[None]:
    """The worker of this bureau, sealing while we act."""
    process = subprocess.Popen([str(Path(sys.executable).with_name("xiuhua")), "worker"])  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def measure() -> Sequence[Measure]:
    """300 leads are registered, verified, dispatched and accepted; each is one action with its entry."""
    at = clock.now()
    load_all(by=SYSTEM, at=at)
    make_demo_users(by=SYSTEM, at=at)
    people = {login: _actor(login) for login in ("complaints", "dispatcher", "clerk")}
    with sealer():
        if connection.vendor == "sqlite":
            return _measured("sqlite", people, "SQLite")
        apart = _measured("postgresql", people, "PostgreSQL, wherever the system puts the two")
        with on_one_core():
            note = "PostgreSQL and we on one core: no reply waits until a sleeping core wakes"
            return [*apart, *_measured("postgresql.one-core", people, note)]


def _measured(name: str, people: dict[str, Actor], note: str) -> list[Measure]:
    taken: dict[str, list[float]] = {"register": [], "verify": [], "dispatch": [], "accept": []}
    for n in range(ROUNDS):
        _one(n, people, taken)
    found = []
    for verb, times in taken.items():
        found += spans(f"actions.{verb}.{name}", times, LIMIT_MS, note)
    return found


@contextmanager
def on_one_core() -> Iterator[None]:
    """This process and the server behind its connection share a core until the block ends.

    One after the other they never run at once. On two cores that have nothing else to do each question wakes a
    sleeping one and each answer another, which on a virtual machine costs more than the statement does.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        both = (0, int(cursor.fetchone()[0]))
    before = os.sched_getaffinity(0)
    try:
        for process in both:
            os.sched_setaffinity(process, {min(before)})
        yield
    finally:
        for process in both:
            os.sched_setaffinity(process, before)


def _actor(login: str) -> Actor:
    user = org.user_by_login(login)
    assert user is not None
    return org.actor_for(user, clock.now())


def _one(n: int, people: dict[str, Actor], taken: dict[str, list[float]]) -> None:
    at = clock.now()
    kind = lead_queries.kind_by_code("street_vending")
    unit = org.unit_by_code(people["clerk"].unit_code)
    assert kind is not None
    assert unit is not None
    area, made = unit.areas.first(), []
    taken["register"].append(
        timed(
            lambda: made.append(
                leads.register(
                    kind=kind,
                    source="hotline",
                    place=f"示例路{n}号",
                    area=area,
                    content="占道设摊",
                    by=people["complaints"],
                    at=at,
                )
            )
        )
    )
    lead = made[0]
    taken["verify"].append(timed(lambda: leads.verify(lead=lead, by=people["dispatcher"], at=at)))
    taken["dispatch"].append(
        timed(lambda: leads.dispatch(lead=lead, unit=unit, by=people["dispatcher"], at=at))
    )
    taken["accept"].append(timed(lambda: leads.accept(lead=lead, by=people["clerk"], at=at)))
