"""`xiuhua simulate year|street`: the synthetic year as files, and people who use a running site."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
import time
import types
from pathlib import Path

from django.conf import settings

from xiuhua.kernel.authz import Invalid
from xiuhua.simulation import files
from xiuhua.simulation.doors import Doors
from xiuhua.simulation.street import Street
from xiuhua.simulation.year import Plan

PLAN = Plan()
QUIET_SECONDS = 600


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="year|street")
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


def run(args: argparse.Namespace) -> int:
    return _year(args) if args.doing == "year" else _street(args)


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


class Teller:
    """Says after an act what has been done so far, but no more often than every ten minutes."""

    def __init__(self, street: Street) -> None:
        self.street, self.said_at = street, time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self.said_at >= QUIET_SECONDS:
            self.said_at = time.monotonic()
            print(f"street: {self.street.tally()}", flush=True)
