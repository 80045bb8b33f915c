"""The one console command: `xiuhua NAME …`.

A command is a module beside this file with `arguments(parser)` and `run(args) -> int`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

import django

from xiuhua.kernel.authz import Invalid, Refused

# name → (module, what it does, for people). Only the module that is asked for is imported, after Django is ready.
COMMANDS = {
    "serve": ("serve", "serve pages and API on http://127.0.0.1:8000"),
    "worker": ("worker", "do what the outbox asks for, and seal the record"),
    "demo": ("demo", "set up a demo bureau with its year of cases and serve it"),
    "import": (
        "import_",
        "bring in history (leads, cases, rosters, check-ins) and payments from CSV or Parquet (dry run first)",
    ),
    "export": ("export", "write leads or cases you may see to CSV or Parquet"),
    "case": ("case", "check case files against the rules, export cases as files"),
    "record": ("record", "verify the record, prove an entry, show the signed checkpoint"),
    "reference": ("reference", "check, diff and load the law as data"),
    "procedures": ("procedures", "draw the procedure tables into the docs"),
    "areas": ("areas", "import the boundaries of subdistricts and towns from GeoJSON"),
    "roads": ("roads", "import roads with their grades from GeoJSON"),
    "report": ("report", "print figures with their definitions"),
    "simulate": ("simulate", "the synthetic year and the live street"),
    "users": ("users", "make accounts and keys, disable people"),
    "tus": ("tus", "take files of collection stations, in pieces and resumed (tus 1.0)"),
    "station": ("station", "open collection stations; on a station, watch where recorders are docked"),
    "gateways": ("gateways", "open the doors for devices: JT/T 808, GB/T 28181, OsmAnd"),
    "tracks": ("tracks", "take a GPX file in as positions of a device, or write a day of it as GPX"),
    "live": ("live", "stream positions to the map, beside the pages"),
    "bench": ("bench", "measure, and print one JSON object for each figure"),
    "shots": ("shots", "take screenshots of every page at desk and phone size"),
    "messages": ("messages", "compile the English catalogue"),
    "manage": ("manage", "Django's own commands, for developers"),
}


def parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<10} {text}" for name, (_, text) in COMMANDS.items())
    top = argparse.ArgumentParser(
        prog="xiuhua",
        description="绣花 Xiuhua: the platform of a district's enforcement bureau.",
        epilog=f"commands:\n{lines}\n\n`xiuhua NAME --help` tells what a command takes.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="xiuhua NAME [options]",
    )
    top.add_argument("name", metavar="NAME", choices=list(COMMANDS), help=argparse.SUPPRESS)
    top.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 it did what it says, 1 it was refused, 2 it was called wrongly."""
    args = parser().parse_args(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
    django.setup()
    module = importlib.import_module(f"{__name__}.{COMMANDS[args.name][0]}")
    own = argparse.ArgumentParser(
        prog=f"xiuhua {args.name}",
        description=COMMANDS[args.name][1],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(own)
    try:
        return int(module.run(own.parse_args(args.rest)) or 0)
    except (Invalid, Refused) as error:
        print(f"xiuhua {args.name}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
