"""The live map: 100 viewers of 1,575 points on one streaming process; 2,000 points at first sight and gliding.

Every point moves before every reading, so that each change is as large as it can be. The time of the process is that of
the server with its workers, taken from the system; the viewers and whoever moves the points run beside it. The first
picture is measured from the address to the painted map in a real browser, and so is how often a second the points are
painted while all of them glide; without a browser there are no such figures.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
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
# On a common laptop, and where the processor draws what a graphics card should.
FRAMES, FRAMES_WITHOUT_CARD = 30.0, 9.0
GLIDE_STEP, GLIDE_SECONDS, HEARD_SECONDS = 300, 3, 15
WITHOUT_CARD = ("swiftshader", "llvmpipe", "basic render")
COUNTER = """window.painted = 0
const clear = CanvasRenderingContext2D.prototype.clearRect
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  if (this.canvas.classList.contains("map-marks")) window.painted++
  return clear.apply(this, box)
}"""
RENDERER = """() => {
  const pen = document.createElement("canvas").getContext("webgl")
  const told = pen && pen.getExtension("WEBGL_debug_renderer_info")
  return told ? pen.getParameter(told.UNMASKED_RENDERER_WEBGL) : "no WebGL"
}"""
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
    yield from _pictures(devices)


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


def _pictures(devices: list[int]) -> Iterator[Measure]:
    port, streaming = free_port(), free_port()
    environment = {**os.environ, "XIUHUA_LIVE_URL": f"http://127.0.0.1:{streaming}/"}
    servers = [
        _served(serve.server("127.0.0.1", port, 1), environment),
        _served(live.server("127.0.0.1", streaming), environment),
    ]
    try:
        asyncio.run(_listening(port))
        asyncio.run(_listening(streaming))
        yield from _looked(f"http://127.0.0.1:{port}", devices)
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def _served(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own program


def _looked(url: str, devices: list[int]) -> Iterator[Measure]:
    """The page looked at again and again in one browser, then left open while everything moves; nothing without one."""
    try:
        with browser.started() as chromium, browser.opened(chromium, url) as (page, _watch):
            page.add_init_script(COUNTER)
            page.emulate_media(reduced_motion="no-preference")
            sign_in(page, "dispatcher", PASSWORD)
            renderer = str(page.evaluate(RENDERER))
            drawn = [_drawn(page) for _ in range(LOOKS)]
            painted, ready = (round(median(values)) for values in zip(*drawn, strict=True))
            note = f"from the address to the painted areas, names and points; {renderer}"
            yield Measure("map.first_picture", painted, "ms", MORE, PICTURE_MS, note=note)
            yield Measure("map.ready", ready, "ms", MORE, None, note="until the map can be moved, too")
            limit = FRAMES_WITHOUT_CARD if _without_card(renderer) else FRAMES
            note = f"points on a canvas, times painted in a second while all glide; {renderer}"
            yield Measure("map.glide", _frames(page, devices), "frames/s", MORE, limit, "higher", note=note)
    except browser.NoChromium:
        return


def _without_card(renderer: str) -> bool:
    return any(name in renderer.lower() for name in WITHOUT_CARD)


def _drawn(page: browser.Opened) -> tuple[float, float]:
    """Milliseconds until the first picture is painted and until the map can be moved."""
    began = time.perf_counter()
    page.goto(reverse("web:command"), wait_until="commit")
    page.wait_for_selector("#map[data-drawn]")
    painted = time.perf_counter()
    page.wait_for_selector("#map[data-ready]")
    return (painted - began) * 1000, (time.perf_counter() - began) * 1000


def _frames(page: browser.Opened, devices: list[int]) -> float:
    """Times a second that the points are painted while all of them are on their way. They were shown a while ago, so
    that they take their time.
    """
    page.wait_for_timeout(HEARD_SECONDS * 1000)
    _move(devices, GLIDE_STEP)
    until, before = time.monotonic() + HEARD_SECONDS, int(page.evaluate("window.painted"))
    # The stream reads every five seconds; as soon as it has, frame follows upon frame.
    while int(page.evaluate("window.painted")) < before + 3 and time.monotonic() < until:
        page.wait_for_timeout(100)
    began, before = time.perf_counter(), int(page.evaluate("window.painted"))
    page.wait_for_timeout(GLIDE_SECONDS * 1000)
    return round((int(page.evaluate("window.painted")) - before) / (time.perf_counter() - began), 1)
