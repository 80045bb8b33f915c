"""`xiuhua report FIGURE|all`: figures with their definitions, as words, JSON or CSV; the same queries as the page."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.org.figures import Figure, Period
from xiuhua.reports import queries


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("figure", help=f"all, or one of {', '.join(queries.FIGURES)}")
    parser.add_argument(
        "--year", type=int, default=clock.today().year - 1, help="the year (default: the last one)"
    )
    parser.add_argument("--by", choices=("unit", "month"), help="also the parts by unit or by month")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON list")
    shape.add_argument("--csv", action="store_true", help="figure, part, name, rows")


def run(args: argparse.Namespace) -> int:
    period = Period.year(args.year)
    found = [queries.as_data(figure, SYSTEM, period) for figure in _figures(args.figure)]
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif args.csv:
        _csv(found, args.by)
    else:
        for data in found:
            _say(data, args.by)
    return 0


def _figures(name: str) -> Sequence[Figure]:
    if name == "all":
        return list(queries.FIGURES.values())
    if name not in queries.FIGURES:
        raise Invalid({"figure": f"没有 {name}，有 {'、'.join(queries.FIGURES)}"})
    return [queries.FIGURES[name]]


def _say(data: Mapping[str, Any], by: str | None) -> None:
    value = "—" if data["value"] is None else f"{data['value']:,.10g}"
    print(f"{data['id']} {data['label']} {data['label_en']}: {value} {data['measure']}")
    print(f"   {data['definition']}")
    print(f"   {data['definition_en']}")
    if data["missing"]:
        print(f"   {data['missing']}")
        print(f"   {data['missing_en']}")
    if under := data["denominator"]:
        print(f"   = {data['rows']:,} / {under['number']:,} {under['label']} ({under['source']})")
    for part in data.get(f"by_{by}", ()):
        print(f"   {part['name']:<12} {part['rows']:>7,}")


def _csv(found: Sequence[Mapping[str, Any]], by: str | None) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(["figure", "part", "name", "value", "rows"])
    for data in found:
        writer.writerow([data["id"], "all", data["label"], data["value"], data["rows"]])
        for part in data.get(f"by_{by}", ()):
            writer.writerow([data["id"], by, part["name"], part["rows"], part["rows"]])
