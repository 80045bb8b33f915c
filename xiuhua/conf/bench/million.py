"""The bench at a million cases: pages at one user and at sixteen, and how fast cases are registered.

The year of the demo comes in through its door; its cases are then multiplied in the database itself, each copy with a
number and days of its own. Steps and documents are not multiplied: pages of single cases are asked for originals,
whose steps lie in a table of the size of one year.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from random import Random

from django.db import connection
from django.test import Client

from xiuhua.cases import actions, queries
from xiuhua.cases.queries import Case
from xiuhua.conf.bench import bureau
from xiuhua.conf.bench.actions import on_one_core
from xiuhua.conf.bench.lists import signed_in, user_of
from xiuhua.conf.bench.measure import Measure, at_percent, timed
from xiuhua.conf.cli.serve import free_port
from xiuhua.conf.cli.serve import server as server_command
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import queries as org
from xiuhua.simulation.year import Plan

COPIES = 49
ROUNDS, WARM_UP = 40, 3
USERS, ASKS = 16, 30
# Sixteen who never read what they asked for, and sixteen who look at a page for a second or three before the next.
PACES = (("", 0.0, 0.0), (".reading", 1.0, 3.0))
ALONE_MS, TOGETHER_MS, REGISTERED = 150, 300, 60
OPENED = 400
# Name, who looks, and the address; `{case}` is a case with its steps.
PAGES = (
    ("list", "D022", "/cases/"),
    ("filter", "D004", "/cases/?procedure=ordinary&sort=due"),
    ("search", "D004", "/search/?q=示例安"),
    ("my-work", "D004", "/"),
    ("case", "D004", "/cases/{case}/"),
)
# What must differ between copies, as SQL over the copy number `g`.
CHANGED = {
    "number": "number || '-' || g",
    "search": "search || ' ' || g",
    "opened_at": "opened_at + g * interval '37 hours'",
    "found_on": "found_on + g * 2",
    "closed_on": "closed_on + g * 2",
    "lead_id": "NULL",
}


def measure() -> Sequence[Measure]:
    """Lay out the million, then measure."""
    plan = Plan()
    bureau.staffed(plan)
    bureau.bring_in(bureau.year(plan))
    _multiply()
    rows = Case.objects.count()
    officer = org.officers(SYSTEM).get(staff_no="D004")
    mine = Case.objects.filter(handling_unit__posts__officer=officer, steps_taken__gt=5)
    case = (
        mine.filter(steps__isnull=False).order_by("-pk").first()
        or Case.objects.filter(steps__isnull=False)[0]
    )
    found = []
    for name, who, path in PAGES:
        found += _alone(name, who, path.format(case=case.pk), rows)
    asked = [(name, who, path.format(case=case.pk)) for name, who, path in PAGES]
    for pace in PACES:
        found += _together(asked, rows, pace)
    with on_one_core():
        beside = replace(_register(rows), name="cases-1m.register.one-core")
    return [*found, _register(rows), beside]


def _multiply() -> None:
    columns = [str(f.column) for f in Case._meta.concrete_fields if not f.primary_key]
    told = ", ".join(CHANGED.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case ({', '.join(columns)}) "  # noqa: S608 - names of our own model
            f"SELECT {told} FROM cases_case, generate_series(1, %s) AS g",
            [COPIES],
        )
        # A bureau has not just laid out its million: what the server would tidy up beside us is tidied up first.
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _alone(name: str, who: str, path: str, rows: int) -> list[Measure]:
    client = signed_in(who)
    for _ in range(WARM_UP):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
    spans = [timed(lambda: client.get(path)) for _ in range(ROUNDS)]
    note = f"{path} over {rows:,} cases, one user"
    return [
        Measure(f"cases-1m.{name}.1.p50", at_percent(spans, 50), "ms", len(spans), note=note),
        Measure(f"cases-1m.{name}.1.p95", at_percent(spans, 95), "ms", len(spans), ALONE_MS, note=note),
    ]


@contextmanager
def _served() -> Iterator[int]:
    """The site with two processes, as `xiuhua serve` runs it on two cores; its port."""
    port = free_port()
    command = server_command("127.0.0.1", port, 2)
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)  # noqa: S603 - our own command
    try:
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _await(port: int) -> None:
    """Until somebody listens there, at most half a minute."""
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


def _cookie(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _together(
    pages: Sequence[tuple[str, str, str]], rows: int, pace: tuple[str, float, float]
) -> list[Measure]:
    """Sixteen people ask at once, each page in turn in an order of their own, at their `pace` (name, seconds)."""
    called, shortest, longest = pace
    cookies = {who: _cookie(signed_in(who)) for _name, who, _path in pages}
    with _served() as port, ThreadPoolExecutor(USERS) as people:

        def visit(number: int) -> list[tuple[str, float]]:
            rng, spans = Random(number), []  # noqa: S311 - the same order in each run
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            for turn in range(ASKS):
                name, who, path = rng.choice(pages)
                time.sleep(rng.uniform(shortest, longest))
                began = time.perf_counter()
                line.request(
                    "GET",
                    path.replace("示例安", "%E7%A4%BA%E4%BE%8B%E5%AE%89"),
                    headers={"Cookie": cookies[who]},
                )
                answer = line.getresponse()
                answer.read()
                assert answer.status == 200, (path, answer.status)
                # The first ones open the connections to the database and are not what people wait for all day.
                if turn >= WARM_UP:
                    spans.append((name, (time.perf_counter() - began) * 1000))
            return spans

        asked = [span for spans in people.map(visit, range(USERS)) for span in spans]
    found = []
    for name in dict.fromkeys(name for name, _ in asked):
        spans = [span for page, span in asked if page == name]
        pause = f", each reading for {shortest:.0f} to {longest:.0f} s" if longest else ", none pausing"
        note = f"{rows:,} cases, {USERS} users at once{pause}, two server processes"
        found.append(
            Measure(
                f"cases-1m.{name}.{USERS}{called}.p95",
                at_percent(spans, 95),
                "ms",
                len(spans),
                TOGETHER_MS,
                note=note,
            )
        )
    return found


def _register(rows: int) -> Measure:
    """Cases opened one after the other, each with its party, number and record entry."""
    at = clock.now()
    by = org.actor_for(user_of("D001"), at)
    unit = org.unit_by_code(by.unit_code)
    assert unit is not None
    cause = queries.cause_on("SR11", clock.day_of(at))
    assert cause is not None
    people = list(org.officers_of(unit, clock.day_of(at), certified=True))[:2]
    began = time.perf_counter()
    for n in range(OPENED):
        actions.open_case(
            opening=actions.Opening(
                procedure="ordinary",
                unit=unit,
                cause=cause,
                place=f"示例路{n}号",
                found_on=clock.day_of(at),
                officers=people,
                area=unit.areas.first(),
                new_party={"kind": "organisation", "name": f"示例{n}有限公司"},
                facts="占道设摊",
            ),
            by=by,
            at=at,
        )
    took = time.perf_counter() - began
    note = f"into {rows:,} cases, one process"
    return Measure("cases-1m.register", round(OPENED / took), "cases/s", OPENED, REGISTERED, "higher", note)
