"""`xiuhua simulate …`: the year as files, people who use a site, cars, cameras and officers outside, a station where
cameras are docked, a media server with a test film.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import threading
import time
import types
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from xiuhua.conf.cli.simulate import devices
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.simulation import cameras, files, fleet, patrols
from xiuhua.simulation.doors import Doors
from xiuhua.simulation.street import Street
from xiuhua.simulation.world import load
from xiuhua.simulation.year import Plan

PLAN = Plan()
WHAT = "year|street|fleet|patrols|recorders|station|cameras"
QUIET_SECONDS = 600
LINE_SECONDS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar=WHAT)
    year = doing.add_parser("year", help="write a year of cases and the staff as files for `xiuhua import`")
    year.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files go")
    year.add_argument("--seed", type=int, default=PLAN.seed, help="the same seed gives the same bytes")
    year.add_argument("--summary", type=int, default=PLAN.summary, help="summary cases closed in 2018")
    year.add_argument("--ordinary", type=int, default=PLAN.ordinary, help="ordinary cases closed in 2018")
    year.add_argument("--csv", action="store_true", help="CSV instead of Parquet")
    year.add_argument("--processes", type=int, default=2, help="how many at once (0: this one only)")
    street = doing.add_parser("street", help="citizens and staff who use a running site over HTTP")
    street.add_argument("--url", default="http://127.0.0.1:8000", help="where the site is")
    street.add_argument("--keys", type=Path, required=True, metavar="FILE", help="JSON: login → API key")
    street.add_argument("--rate", type=float, default=6.0, help="acts a minute")
    street.add_argument("--seed", type=int, default=PLAN.seed)
    street.add_argument(
        "--acts", type=int, default=0, help="stop after so many (0: go on until told to stop)"
    )

    cars = doing.add_parser("fleet", help="vehicle terminals that speak JT/T 808 to a running gateway")
    cars.add_argument("--terminals", type=int, default=120, help="how many (default 120)")
    cars.add_argument("--rate", type=float, default=0.1, help="positions a second of each (default 0.1)")
    cars.add_argument("--host", default="127.0.0.1", help="where the gateway is")
    cars.add_argument("--port", type=int, default=8808, help="its port (default 8808)")
    cars.add_argument("--seed", type=int, default=PLAN.seed)
    cars.add_argument(
        "--seconds", type=float, default=0, help="stop after so long (0: go on until told to stop)"
    )

    moving = doing.add_parser(
        "patrols", help="cars and phones of the demo, on the move through running gateways"
    )
    moving.add_argument("--host", default="127.0.0.1", help="where the gateway of JT/T 808 is")
    moving.add_argument("--port", type=int, default=8808, help="its port (default 8808)")
    moving.add_argument(
        "--phones", default="http://127.0.0.1:5055", metavar="URL", help="where the gateway of OsmAnd is"
    )
    moving.add_argument("--every", type=float, default=20, help="seconds from one position to the next")
    moving.add_argument("--seed", type=int, default=PLAN.seed)

    film = doing.add_parser("cameras", help="a media server that plays a test film on every channel")
    film.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    film.add_argument("--port", type=int, default=8888, help="port (default 8888)")
    devices.arguments(doing, PLAN.seed)


def run(args: argparse.Namespace) -> int:
    doing = {
        "year": _year,
        "street": _street,
        "fleet": _fleet,
        "patrols": _patrols,
        "cameras": _cameras,
        "recorders": devices.run_recorders,
        "station": devices.run_station,
    }
    return doing[args.doing](args)


def _year(args: argparse.Namespace) -> int:
    plan = Plan(summary=args.summary, ordinary=args.ordinary, seed=args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    folder = Path(settings.REFERENCE_DIR)
    write = files.write_cases_csv if args.csv else files.write_cases
    progress = show if sys.stderr.isatty() else None
    staff = files.write_staff(folder, plan, args.out)
    cases = write(folder, plan, args.out, workers=args.processes, progress=progress)
    print(f"{cases}  {staff}")
    return 0


def show(done: int, total: int) -> None:
    print(f"\r{done:,} of {total:,} cases", end="\n" if done >= total else "", file=sys.stderr, flush=True)


def _street(args: argparse.Namespace) -> int:
    if not args.rate > 0:
        raise Invalid({"rate": "每分钟应多于 0 次"})
    stop = threading.Event()

    def end(signum: int, frame: types.FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        keys = json.loads(args.keys.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid({"keys": f"{args.keys} 读不出（{error}）"}) from error
    with Doors(args.url, keys) as doors:
        street = Street(doors, Path(settings.REFERENCE_DIR), seed=args.seed)
        while not stop.is_set() and not doors.answers():
            stop.wait(1)
        done = street.walk(stop, rate=args.rate, acts=args.acts, after=Teller(street))
    print(f"street: {done} acts: {street.tally()}", flush=True)
    return 0


def _fleet(args: argparse.Namespace) -> int:
    if not (args.rate > 0 and args.terminals > 0):
        raise Invalid({"rate": "终端数和频率应大于 0"})
    cars = fleet.cars(load(Path(settings.REFERENCE_DIR)), args.terminals)
    new = fleet.enlist(cars, clock.now())
    print(f"fleet: {len(cars)} terminals, {new} newly registered", flush=True)
    tally = asyncio.run(_drive([car for car, _ in cars], args))
    print(f"fleet: {json.dumps(asdict(tally))}", flush=True)
    return 0


def _cameras(args: argparse.Namespace) -> int:
    server = cameras.server(args.host, args.port, cameras.film())

    def end(signum: int, frame: types.FrameType | None) -> None:
        # The loop that is to end runs in this very thread.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print(f"cameras: http://{args.host}:{server.server_port}/{{device}}/{{channel}}/live.m3u8", flush=True)
    with server:
        server.serve_forever()
    return 0


async def _drive(cars: Sequence[fleet.Car], args: argparse.Namespace) -> fleet.Tally:
    """Until a signal or the end of the time; a line each minute meanwhile."""
    stop, tally = devices.told_to_stop(), fleet.Tally()
    loop = asyncio.get_running_loop()
    if args.seconds:
        loop.call_later(args.seconds, stop.set)
    driving = loop.create_task(
        fleet.drive(cars, args.host, args.port, rate=args.rate, seed=args.seed, stop=stop, tally=tally)
    )
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LINE_SECONDS)
        print(f"fleet: {json.dumps(asdict(tally))}", flush=True)
    await driving
    return tally


def _patrols(args: argparse.Namespace) -> int:
    if not args.every > 0:
        raise Invalid({"every": "间隔秒数应大于 0"})
    world = load(Path(settings.REFERENCE_DIR))
    cars, people = patrols.cars(world), patrols.walkers(world, clock.now())
    print(f"patrols: {len(cars)} cars, {len(people)} on foot", flush=True)
    tally, told = asyncio.run(_move(cars, people, args))
    print(f"patrols: {told} positions on foot; cars {json.dumps(asdict(tally))}", flush=True)
    return 0


async def _move(
    cars: Sequence[fleet.Car], people: Sequence[patrols.Walker], args: argparse.Namespace
) -> tuple[fleet.Tally, int]:
    """Until a signal."""
    stop, tally = devices.told_to_stop(), fleet.Tally()
    driving = fleet.drive(
        cars, args.host, args.port, rate=1 / args.every, seed=args.seed, stop=stop, tally=tally
    )
    _, told = await asyncio.gather(driving, patrols.walk(people, args.phones, args.every, args.seed, stop))
    return tally, told


class Teller:
    """Says after an act what has been done so far, but no more often than every ten minutes."""

    def __init__(self, street: Street) -> None:
        self.street, self.said_at = street, time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self.said_at >= QUIET_SECONDS:
            self.said_at = time.monotonic()
            print(f"street: {self.street.tally()}", flush=True)
