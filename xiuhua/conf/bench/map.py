"""The live map: 100 viewers of 1,575 points on one streaming process, and the first picture with 2,000 points.

Every point moves before every reading, so that each change is as large as it can be. The time of the process is that of
the server with its workers, taken from the system; the viewers and whoever moves the points run beside it. The first
picture is measured from the address to the drawn map in a real browser; without one there is no such figure.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from django.db import transaction
from django.urls import reverse

from xiuhua.conf.bench.measure import Measure
from xiuhua.conf.bench.tus_rig import free_port
from xiuhua.conf.cli import live, serve
from xiuhua.conf.cli.reference import load_all
from xiuhua.conf.demo_people import make_demo_users
from xiuhua.conf.testing import browser
from xiuhua.conf.testing.visiting import sign_in
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.actions import Batch, Heard, Row
from xiuhua.org import queries as org
from xiuhua.web.command.live import make_pass

POINTS, MORE = 1_575, 2_000
VIEWERS = 100
STEPS = 6
INTERVAL = 5.0
CORE_PERCENT = 50.0
PICTURE_MS = 1_000.0
LOOKS = 5
PASSWORD = "xiuhua-bench-2026"  # noqa: S105 - of a bureau that lives as long as the bench
START_SECONDS = 30


def measure() -> Iterator[Measure]:
    load_all(by=SYSTEM, at=clock.now())
    make_demo_users(by=SYSTEM, at=clock.now(), password=PASSWORD)
    with transaction.atomic():
        devices = _devices()
    _move(devices[:POINTS], 0)
    viewer = org.user_by_login("dispatcher")
    assert viewer is not None
    yield from asyncio.run(_streams(devices[:POINTS], viewer.pk))
    _move(devices, 99)
    yield from _pictures()


def _devices() -> list[int]:
    """Phones of every handling unit, on duty now."""
    at, units, found = clock.now(), list(org.handling_units()), []
    for unit in units:
        stretch = actions.Stretch(
            at.replace(minute=0, second=0), at.replace(minute=0) + timedelta(hours=8), unit=unit
        )
        actions.put_hours(source=f"bench:{unit.pk}", stretches=[stretch], by=SYSTEM, at=at)
    for n in range(MORE):
        unit = units[n % len(units)]
        made = actions.register(
            kind="phone",
            protocol="osmand",
            identity=f"bench-{n:05}",
            name=f"示例{n}",
            unit=unit,
            by=SYSTEM,
            at=at,
        )
        found.append(made.pk)
    return found


def _move(devices: list[int], step: int) -> None:
    now = round(clock.now().timestamp() * 1000)
    heard = []
    for n, device in enumerate(devices):
        lon, lat = 121.45 + n % 50 * 0.006 + step * 0.0001, 30.95 + n // 50 * 0.008
        heard.append(Heard(device, now, Row(device, now, now, lon, lat, speed=12.0), frames=1))
    with actions.open_store() as store:
        store.keep(Batch((), heard))


async def _streams(devices: list[int], user: int) -> list[Measure]:
    port = free_port()
    command = live.server("127.0.0.1", port)
    server = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own program
    try:
        await _listening(port)
        counts = [[0, 0] for _ in range(VIEWERS)]
        viewers = [asyncio.create_task(_view(port, make_pass(user), each)) for each in counts]
        while min(each[0] for each in counts) == 0:
            await asyncio.sleep(0.1)
        before, began = _cpu(server.pid), time.monotonic()
        start = [list(each) for each in counts]
        for step in range(1, STEPS + 1):
            await asyncio.to_thread(_move, devices, step)
            await asyncio.sleep(max(0.0, began + step * INTERVAL - time.monotonic()))
        spent, took = _cpu(server.pid) - before, time.monotonic() - began
        for viewer in viewers:
            viewer.cancel()
        shown = min((each[1] - first[1]) for each, first in zip(counts, start, strict=True))
    finally:
        server.terminate()
        server.wait()
    share = 100 * spent / took
    note = f"{shown:,} points to the slowest viewer in {took:.0f} s"
    return [
        Measure("map.stream.core", round(share, 1), "%", POINTS * VIEWERS, CORE_PERCENT, note=note),
        Measure(
            "map.stream.steps", shown / POINTS, "steps", STEPS, STEPS - 1, "higher", "whole changes seen"
        ),
    ]


async def _listening(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


async def _view(port: int, key: str, count: list[int]) -> None:
    """One viewer: reads events and counts them, and the points in them."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    writer.write(
        f"GET /?pass={key} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode()
    )
    while line := await reader.readline():
        if line.startswith(b"data: "):
            count[0] += 1
            count[1] += line.count(b'["d')


def _cpu(group: int) -> float:
    """Seconds of CPU that the processes of a group have used."""
    tick, total = os.sysconf("SC_CLK_TCK"), 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(values[2]) == group:
            total += (int(values[11]) + int(values[12])) / tick
    return total


def _pictures() -> Iterator[Measure]:
    port = free_port()
    site = subprocess.Popen(serve.server("127.0.0.1", port, 1))  # noqa: S603 - our own program
    try:
        asyncio.run(_listening(port))
        drawn = _drawn(f"http://127.0.0.1:{port}")
    finally:
        site.terminate()
        site.wait()
    if drawn:
        note = "from the address to the drawn map, in a headless browser without a graphics card"
        yield Measure("map.first_picture", round(median(drawn)), "ms", MORE, PICTURE_MS, note=note)


def _drawn(url: str) -> list[float]:
    """How long the page takes until everything is drawn, page after page in one browser; empty without a browser."""
    try:
        with browser.started() as chromium, browser.opened(chromium, url) as (page, _watch):
            sign_in(page, "dispatcher", PASSWORD)
            found = []
            for _ in range(LOOKS):
                began = time.perf_counter()
                page.goto(reverse("web:command"), wait_until="commit")
                page.wait_for_selector("#map[data-drawn]")
                found.append((time.perf_counter() - began) * 1000)
            return found
    except browser.NoChromium:
        return []
