"""`xiuhua roads …`: bring in roads with their grades, or sketch them from the reference data."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from xiuhua.conf.cli.areas import read_json, streets
from xiuhua.kernel import clock, roads
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.roads import Grade, Line


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    one = doing.add_parser("import", help="take roads over from GeoJSON (WGS-84, longitude first)")
    one.add_argument(
        "file", type=Path, metavar="FILE", help="a FeatureCollection; each feature has name and grade"
    )
    one.add_argument("--dry-run", action="store_true", help="check the file and write nothing")
    one.add_argument("--source", default="", help="where the roads come from, shown with the map")
    doing.add_parser("schematic", help="sketch roads between the areas of the reference data")


def run(args: argparse.Namespace) -> int:
    return {"import": _import, "schematic": _schematic}[args.doing](args)


def _tell(lines: list[Line]) -> None:
    counted = Counter(line.grade for line in lines)
    parts = ", ".join(f"{grade.value} {counted[grade]}" for grade in Grade if counted[grade])
    print(f"{len(lines)} roads are in order, {sum(x.length_km for x in lines):,.1f} km in all: {parts}.")


def _import(args: argparse.Namespace) -> int:
    data = read_json(args.file)
    lines = roads.check(data)
    _tell(lines)
    if args.dry_run:
        print("Dry run: nothing was written.")
        return 0
    source = args.source or str(data.get("attribution") or args.file.name)
    put, gone = roads.put(lines, source=source, by=SYSTEM, at=clock.now())
    print(f"{put} roads taken over, {gone} of the sketch gone.")
    return 0


def _schematic(args: argparse.Namespace) -> int:
    put = roads.put_sketch(streets(), source="reference/streets.csv，示意图", by=SYSTEM, at=clock.now())
    print(f"{put} schematic roads taken over.")
    return 0
