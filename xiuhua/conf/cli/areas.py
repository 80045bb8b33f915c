"""`xiuhua areas …`: bring in the boundaries of subdistricts and towns, and look where a point lies."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.kernel import areas, clock, geojson
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.kernel.schematic import schematic


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    one = doing.add_parser("import", help="take boundaries over from GeoJSON (WGS-84, longitude first)")
    one.add_argument(
        "file", type=Path, metavar="FILE", help="a FeatureCollection; each feature has code and name"
    )
    one.add_argument("--dry-run", action="store_true", help="check the file and write nothing")
    one.add_argument("--allow-new", action="store_true", help="also take areas whose code is not known yet")
    one.add_argument("--source", default="", help="where the boundaries come from, shown with the map")
    one = doing.add_parser("schematic", help="draw a schematic partition from the reference data")
    one.add_argument("--out", type=Path, metavar="FILE", help="write it as GeoJSON instead of taking it over")
    one = doing.add_parser("at", help="print the area in which a point lies")
    one.add_argument("lon", type=float, metavar="LON")
    one.add_argument("lat", type=float, metavar="LAT")


def run(args: argparse.Namespace) -> int:
    return {"import": _import, "schematic": _schematic, "at": _at}[args.doing](args)


def streets() -> list[dict[str, Any]]:
    """The rows of areas in the reference data."""
    with (Path(settings.REFERENCE_DIR) / "streets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_json(path: Path) -> Any:
    """What a file holds. Raises Invalid."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Invalid({str(path): f"读不出文件（{error.strerror}）"}) from error
    except ValueError as error:
        raise Invalid({str(path): f"不是 JSON（{error}）"}) from error


def _import(args: argparse.Namespace) -> int:
    data = read_json(args.file)
    checked = geojson.check(data, areas.known(streets()), allow_new=args.allow_new)
    for note in checked.notes:
        print(note)
    size = sum(each.area_km2 for each in checked.shapes if each.kind != "special")
    print(f"{len(checked.shapes)} boundaries are in order, {size:,.1f} km² in all.")
    if args.dry_run:
        print("Dry run: nothing was written.")
        return 0
    source = args.source or str(data.get("attribution") or args.file.name)
    changed = areas.put(checked.shapes, source=source, by=SYSTEM, at=clock.now())
    print(f"{len(changed)} areas taken over.")
    return 0


def _schematic(args: argparse.Namespace) -> int:
    rows = streets()
    if args.out:
        args.out.write_text(json.dumps(schematic(rows), ensure_ascii=False), "utf-8")
        print(f"{args.out} written.")
        return 0
    changed = areas.put_schematic(rows, source="reference/streets.csv，示意图", by=SYSTEM, at=clock.now())
    print(f"{len(changed)} schematic areas taken over.")
    return 0


def _at(args: argparse.Namespace) -> int:
    area = areas.area_at(args.lon, args.lat)
    print(f"{area.code} {area.name}" if area else "outside all areas")
    return 0 if area else 1
