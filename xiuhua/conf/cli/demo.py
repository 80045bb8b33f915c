"""`xiuhua demo`: a bureau of invented people with the year 2018 and this week, served on one port.

What is there already is used again: a second start only serves. Everything lies in `demo` under the folder for data
(XIUHUA_VAR_DIR), in SQLite unless XIUHUA_DATABASE_URL names a database.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from django.conf import settings

from xiuhua.cases import backfill as cases
from xiuhua.conf.cli import serve, tour
from xiuhua.conf.cli.reference import load_all
from xiuhua.conf.demo_people import make_demo_users, new_password
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions as org_actions
from xiuhua.org import backfill as people
from xiuhua.org import queries as org
from xiuhua.simulation import bureau, current, lines, moving, shifts, stores
from xiuhua.simulation.world import load
from xiuhua.simulation.year import Plan

# Set in the process that runs in the demo's own folder.
INSIDE = "XIUHUA_INSIDE_DEMO"
PLAN = Plan()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port (default 8000)"
    )
    parser.add_argument(
        "--rate", type=float, default=6.0, help="acts a minute on the street (0: a quiet street)"
    )
    parser.add_argument("--summary", type=int, default=PLAN.summary, help="summary cases closed in 2018")
    parser.add_argument("--ordinary", type=int, default=PLAN.ordinary, help="ordinary cases closed in 2018")
    parser.add_argument("--prepare", action="store_true", help="lay everything out and stop before serving")


def run(args: argparse.Namespace) -> int:
    if os.environ.get(INSIDE) != "1":
        _inside()
    Demo(Path(settings.VAR_DIR), Plan(summary=args.summary, ordinary=args.ordinary)).prepare()
    if args.prepare:
        return 0
    tour.tell(Path(settings.VAR_DIR), args.port)
    film = [] if os.environ.get("XIUHUA_PLAY_URL") else _cameras()
    commands = [serve.server("127.0.0.1", args.port, 2), serve.worker()]
    if args.rate > 0:
        commands += [_street(args), *_devices()]
    return serve.supervise([*commands, *film])


def _inside() -> NoReturn:
    """The same command again, with the demo's own folder for data: settings are read once, at the start."""
    folder = Path(settings.VAR_DIR) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, INSIDE: "1", "XIUHUA_VAR_DIR": str(folder)}
    command = str(Path(sys.executable).with_name("xiuhua"))
    os.execve(command, [command, *sys.argv[1:]], environment)  # noqa: S606 - this very program


def _street(args: argparse.Namespace) -> Sequence[str]:
    return [
        str(Path(sys.executable).with_name("xiuhua")),
        *("simulate", "street", "--url", f"http://127.0.0.1:{args.port}", "--rate", str(args.rate)),
        *("--keys", str(Path(settings.VAR_DIR) / tour.KEYS)),
    ]


def _cameras() -> Sequence[Sequence[str]]:
    """A media server of the demo's own, and the address at which pages find it."""
    port = serve.free_port()
    os.environ["XIUHUA_PLAY_URL"] = f"http://127.0.0.1:{port}/{{device}}/{{channel}}/live.m3u8"
    return [[str(Path(sys.executable).with_name("xiuhua")), "simulate", "cameras", "--port", str(port)]]


def _devices() -> Sequence[Sequence[str]]:
    """The doors for devices, and the devices of the demo that use them."""
    cars, phones = serve.free_port(), serve.free_port()
    xiuhua = str(Path(sys.executable).with_name("xiuhua"))
    return [
        [xiuhua, "gateways", "--only", "jt808", "--jt808-port", str(cars)],
        [xiuhua, "gateways", "--only", "osmand", "--osmand-port", str(phones)],
        [xiuhua, "simulate", "patrols", "--port", str(cars), "--phones", f"http://127.0.0.1:{phones}"],
    ]


class Demo:
    """Lays the demo out in `folder`; every part is left as it is if it is there."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self.started = time.monotonic()
        self.reference = Path(settings.REFERENCE_DIR)

    def say(self, text: str) -> None:
        print(f"[{time.monotonic() - self.started:5.1f} s] {text}", flush=True)

    def prepare(self) -> None:
        done = self.folder / "ready.json"
        wanted = {"plan": [self.plan.seed, self.plan.summary, self.plan.ordinary]}
        if done.exists() and json.loads(done.read_text()) == wanted:
            serve.prepare()
            self.say("the demo bureau is there already")
            return
        year = self._begin_year()
        serve.prepare()
        self.say("tables are up to date")
        self._law()
        self._people()
        self._year(year)
        self._week()
        done.write_text(json.dumps(wanted))
        self.say("the demo bureau is ready")

    def _begin_year(self) -> subprocess.Popen[bytes]:
        """The year is made beside the rest: it needs no database."""
        self.say(f"making {self.plan.summary + self.plan.ordinary:,} cases of {self.plan.year}")
        return subprocess.Popen(
            [
                str(Path(sys.executable).with_name("xiuhua")),
                *("simulate", "year", "--out", str(self.folder), "--seed", str(self.plan.seed)),
                *("--summary", str(self.plan.summary), "--ordinary", str(self.plan.ordinary)),
                *("--processes", "2"),
            ],
            stdout=subprocess.DEVNULL,
        )

    def _law(self) -> None:
        changed = load_all(by=SYSTEM, at=clock.now())
        new = sum(len(difference.added) for difference in changed.values())
        self.say(f"schematic areas, and the law as data: {new:,} rows new")

    def _people(self) -> None:
        password = _kept(self.folder / tour.PASSWORD, new_password)
        make_demo_users(by=SYSTEM, at=clock.now(), password=password)
        self._keys()
        self.say("demo users")
        there = set(org.officers(SYSTEM).values_list("staff_no", flat=True))
        staff = bureau.staffed(load(self.reference), self.plan.seed)
        new = [n for n in bureau.newcomers(staff) if n.staff_no not in there]
        came = people.enrol(new, by=SYSTEM, at=clock.now())
        if came.faults:
            raise RuntimeError(f"the staff of the demo is faulty: {came.faults[:3]}")
        self.say(f"{len(there) + len(new):,} people in {org.units(SYSTEM).count()} units")
        lines.deal_out(clock.now())

    def _keys(self) -> None:
        """A key for each account that the street uses; kept beside the data, readable by its owner only."""
        path = self.folder / tour.KEYS
        keys = json.loads(path.read_text()) if path.exists() else {}
        for login in tour.WITH_KEYS:
            user = org.user_by_login(login)
            if login not in keys and user is not None:
                _, keys[login] = org_actions.make_key(user=user, label="street", by=SYSTEM, at=clock.now())
        _private(path, json.dumps(keys))

    def _year(self, year: subprocess.Popen[bytes]) -> None:
        if year.wait():
            raise RuntimeError("the year could not be made; run `xiuhua simulate year --out DIR` to see why")
        self.say("the year is made; bringing it in")
        outcome = cases.bring_in(
            cases.read(self.folder / "cases.parquet"),
            by=SYSTEM,
            at=clock.now(),
            write=True,
            skip_faulty=True,
            progress=self._progress,
        )
        if outcome.faults:
            raise RuntimeError(f"the year is faulty: {outcome.faults[0]}")
        self.say(f"{outcome.written:,} cases written, {outcome.passed_over:,} were in already")

    def _progress(self, done: int, total: int) -> None:
        if done // 4000 != (done - 100) // 4000:
            self.say(f"  {done:,} of {total:,} cases checked against the law of their days")

    def _week(self) -> None:
        made = current.lay_out(load(self.reference), clock.now(), self.plan.seed)
        self.say(f"this week: {made} cases and leads under way")
        sheets, seized = stores.lay_out(load(self.reference), clock.now(), self.plan.seed)
        self.say(f"in the stores: {sheets:,} numbered sheets, things of {seized} seizures")
        planned, came = shifts.lay_out(load(self.reference), clock.now(), self.plan.seed)
        self.say(f"on the street: {planned:,} shifts, {came:,} check-ins")
        devices, positions = moving.lay_out(load(self.reference), clock.now(), self.plan.seed)
        self.say(f"on the map: {devices:,} devices with {positions:,} positions")


def _kept(path: Path, make: Callable[[], str]) -> str:
    """What stands in the file, made once."""
    if not path.exists():
        _private(path, make())
    return path.read_text()


def _private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)
