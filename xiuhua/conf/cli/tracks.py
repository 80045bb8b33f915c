"""`xiuhua tracks import|export`: a GPX file into the positions of a device, a day of a device into a GPX file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.observations import actions, queries, rules
from xiuhua.observations.queries import Device


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    one = doing.add_parser("import", help="what lies within duty hours is kept, the rest is not")
    other = doing.add_parser("export", help="a look like any other: it is written down with its reason")
    for each in (one, other):
        each.add_argument("file", type=Path, metavar="FILE", help="GPX 1.1, UTF-8")
        each.add_argument("--device", required=True, metavar="NUMBER", help="what the device calls itself by")
    other.add_argument("--day", type=date.fromisoformat, required=True, help="2026-05-18")
    other.add_argument("--reason", required=True, help="why; whose track it is can read it")


def run(args: argparse.Namespace) -> int:
    device = _device(args.device)
    if args.doing == "import":
        kept, outside = actions.import_track(device=device, text=_text(args.file), by=SYSTEM, at=clock.now())
        print(f"{kept:,} positions kept, {outside:,} outside duty hours.")
        return 0
    track = actions.look_at_track(device=device, day=args.day, reason=args.reason, by=SYSTEM, at=clock.now())
    args.file.write_text(rules.write_gpx(device.name, track.fixes), encoding="utf-8")
    print(f"{len(track.fixes):,} positions in {args.file}.")
    return 0


def _device(identity: str) -> Device:
    """The device in use that bears the number. Raises Invalid for none, or for more than one."""
    found = list(queries.devices(SYSTEM).filter(identity=identity, withdrawn_at__isnull=True)[:2])
    if len(found) != 1:
        raise Invalid({"device": "有几台设备用这个设备号" if found else "没有这台在用设备"})
    return found[0]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid({"file": f"{path.name} 不能读取（{error}）"}) from error
