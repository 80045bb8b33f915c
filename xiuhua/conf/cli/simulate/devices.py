"""`xiuhua simulate recorders|station`: body cameras on sockets, and a collection station where cameras are docked."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from random import Random

from django.conf import settings

from xiuhua.conf.cli.station import TOLD_BY
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries
from xiuhua.evidence.rules.recordings import Policy, State
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.org import queries as org
from xiuhua.simulation import docking, recorders
from xiuhua.simulation.world import load

LINE_SECONDS = 60
ENDING_SECONDS = 10


def arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], seed: int) -> None:
    one = doing.add_parser("recorders", help="body cameras that speak GB/T 28181 to a running gateway")
    one.add_argument("--cameras", type=int, default=40, help="how many (default 40)")
    one.add_argument(
        "--every", type=float, default=5, help="seconds from one position to the next (default 5)"
    )
    one.add_argument("--host", default="127.0.0.1", help="where the gateway is")
    one.add_argument("--port", type=int, default=5060, help="its UDP port (default 5060)")
    one.add_argument("--seed", type=int, default=seed)
    one.add_argument(
        "--seconds", type=float, default=0, help="stop after so long (0: go on until told to stop)"
    )
    one = doing.add_parser("station", help="a collection station that sends films to a running site by tus")
    one.add_argument("--url", default="http://127.0.0.1:8000", help="where the site is")
    one.add_argument("--unit", metavar="CODE", help="whose cameras are docked (default: the first squad)")
    one.add_argument("--films", type=int, default=3, help="films each time (default 3)")
    one.add_argument("--every", type=float, default=60, help="seconds from one time to the next (default 60)")
    one.add_argument("--policy", choices=[p.value for p in Policy], default=Policy.ALL.value)
    one.add_argument("--seed", type=int, default=seed)
    one.add_argument(
        "--seconds", type=float, default=0, help="stop after so long (0: go on until told to stop)"
    )


def told_to_stop() -> asyncio.Event:
    """Set by a signal."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def run_recorders(args: argparse.Namespace) -> int:
    if not (args.cameras > 0 and args.every > 0):
        raise Invalid({"cameras": "记录仪数和间隔秒数应大于 0"})
    cameras = recorders.enlist(load(Path(settings.REFERENCE_DIR)), args.cameras, clock.now())
    print(f"recorders: {len(cameras)} cameras", flush=True)
    tally = asyncio.run(_walk(cameras, args))
    print(f"recorders: {json.dumps(asdict(tally))}", flush=True)
    return 0


async def _walk(cameras: list[recorders.Camera], args: argparse.Namespace) -> recorders.Tally:
    """Until a signal or the end of the time; a line each minute meanwhile."""
    stop, tally = told_to_stop(), recorders.Tally()
    loop = asyncio.get_running_loop()
    if args.seconds:
        loop.call_later(args.seconds, stop.set)
    walking = loop.create_task(
        recorders.drive(
            cameras, args.host, args.port, every=args.every, seed=args.seed, stop=stop, tally=tally
        )
    )
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LINE_SECONDS)
        print(f"recorders: {json.dumps(asdict(tally))}", flush=True)
    await walking
    return tally


def run_station(args: argparse.Namespace) -> int:
    """A station is opened for as long as this runs; its agent is the real one, in a process of its own."""
    squads = [unit.code for unit in load(Path(settings.REFERENCE_DIR)).units if unit.is_squad]
    unit = org.unit_by_code(args.unit or squads[0])
    now = clock.now()
    staff = [officer.staff_no for officer in org.officers_of(unit, clock.day_of(now))] if unit else []
    if unit is None or not staff:
        raise Invalid({"--unit": "没有这个单位，或者单位没有人员"})
    if not (args.films > 0 and args.every > 0):
        raise Invalid({"films": "文件数和间隔秒数应大于 0"})
    row, token = evidence.open_station(
        name=f"模拟采集站{now:%m%d%H%M%S}", unit=unit, policy=args.policy, by=SYSTEM, at=now
    )
    print(f"station: {row.name}, {unit.short_name}", flush=True)
    try:
        with tempfile.TemporaryDirectory(prefix="xiuhua-station-") as folder, _agent(folder, args.url, token):
            _dock(Path(folder), staff, row, args)
    finally:
        evidence.close_station(station=row, by=SYSTEM, at=clock.now())
    print(f"station: {_told(row)}", flush=True)
    return 0


@contextmanager
def _agent(folder: str, url: str, token: str) -> Iterator[None]:
    """`xiuhua station watch` on the folder, until the block ends."""
    told = ("station", "watch", folder, "--server", url, "--quiet", "1", "--pause", "1")
    command = [str(Path(sys.executable).with_name("xiuhua")), *told]
    agent = subprocess.Popen(command, env={**os.environ, TOLD_BY: token})
    try:
        yield
    finally:
        agent.terminate()
        try:
            agent.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            agent.kill()
            agent.wait()


def _dock(folder: Path, staff: list[str], row: queries.Station, args: argparse.Namespace) -> None:
    """Films again and again, until a signal or the end of the time."""
    stop, rng = threading.Event(), Random(f"{args.seed}-{row.name}")  # noqa: S311 - nothing secret hangs on it
    ends = time.monotonic() + args.seconds if args.seconds else float("inf")

    def end(signum: int, frame: types.FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not stop.is_set() and time.monotonic() < ends:
        docking.dock(folder, staff, args.films, clock.now(), rng)
        stop.wait(max(0.0, min(args.every, ends - time.monotonic())))
        print(f"station: {_told(row)}", flush=True)


def _told(row: queries.Station) -> str:
    """How many films the bureau knows of, and how many of them are there."""
    found = queries.recordings(SYSTEM).filter(station=row)
    return json.dumps({"docked": found.count(), "arrived": found.filter(state=State.ARRIVED).count()})
