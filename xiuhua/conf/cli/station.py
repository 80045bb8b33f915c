"""`xiuhua station …`: opens and closes collection stations; on a station, `watch` tells and sends what is docked."""

from __future__ import annotations

import argparse
import os
import signal
import threading
import types
from datetime import timedelta
from pathlib import Path

import httpx
from django.conf import settings

from xiuhua.evidence import actions, queries
from xiuhua.evidence.rules.recordings import Policy
from xiuhua.gateways.station.agent import Agent
from xiuhua.gateways.station.docked import patterns
from xiuhua.gateways.station.ledger import Ledger
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.org import queries as org

TOLD_BY = "XIUHUA_STATION_TOKEN"


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    one = doing.add_parser("open", help="open a station and print its token, once")
    one.add_argument("name", metavar="NAME")
    one.add_argument(
        "--unit", required=True, metavar="CODE", help="code of the unit whose recorders dock there"
    )
    one.add_argument("--policy", choices=[p.value for p in Policy], default=Policy.IMPORTANT.value)
    one = doing.add_parser("close", help="close a station: its token opens nothing any more")
    one.add_argument("name", metavar="NAME")
    one = doing.add_parser("watch", help="on the station: hash, tell and send what is docked in a folder")
    one.add_argument("folder", type=Path, metavar="DIR")
    one.add_argument("--server", required=True, metavar="URL", help="address of the pages and the API")
    one.add_argument(
        "--token", default=os.environ.get(TOLD_BY, ""), help=f"what `open` printed (or {TOLD_BY})"
    )
    one.add_argument("--names", type=Path, metavar="FILE", help="how recorders name files")
    one.add_argument("--ledger", type=Path, metavar="FILE", help="default: .xiuhua/ledger.sqlite3 in DIR")
    one.add_argument(
        "--quiet", type=float, default=3, metavar="SECONDS", help="a file so long still is whole"
    )
    one.add_argument("--pause", type=float, default=5, metavar="SECONDS", help="between two rounds")
    one.add_argument("--once", action="store_true", help="one round, then end")


def run(args: argparse.Namespace) -> int:
    return {"open": _open, "close": _close, "watch": _watch}[args.doing](args)


def _open(args: argparse.Namespace) -> int:
    unit = org.unit_by_code(args.unit)
    if unit is None:
        raise Invalid({"--unit": f"there is no unit {args.unit}"})
    _, token = actions.open_station(name=args.name, unit=unit, policy=args.policy, by=SYSTEM, at=clock.now())
    print(token)
    return 0


def _close(args: argparse.Namespace) -> int:
    station = queries.stations(SYSTEM).filter(name=args.name).first()
    if station is None:
        raise Invalid({"name": f"there is no station {args.name}"})
    actions.close_station(station=station, by=SYSTEM, at=clock.now())
    return 0


def _watch(args: argparse.Namespace) -> int:
    if not args.folder.is_dir() or not args.token:
        raise Invalid({"watch": "give a folder that is there, and a token"})
    agent = Agent(
        folder=args.folder,
        server=args.server.rstrip("/"),
        token=args.token,
        names=patterns(args.names or Path(settings.REFERENCE_DIR) / "recording_names.csv"),
        ledger=Ledger(args.ledger or args.folder / ".xiuhua" / "ledger.sqlite3"),
        quiet=timedelta(seconds=args.quiet),
    )
    if args.once:
        return _once(agent)
    stop = threading.Event()

    def end(signum: int, frame: types.FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print(f"Watching {args.folder}; SIGTERM or Ctrl-C ends it.", flush=True)
    agent.run(stop, args.pause)
    return 0


def _once(agent: Agent) -> int:
    try:
        print(f"{agent.round()} files sent")
    except httpx.HTTPError as error:
        raise Invalid({"--server": f"cannot be had: {error}"}) from error
    return 0
