"""`xiuhua bench NAME`: measure in a scratch bureau, and print one JSON object for each figure."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.kernel.authz import Invalid

# name → (what it measures, whether PostgreSQL is measured beside SQLite)
BENCHES: Mapping[str, tuple[str, bool]] = {
    "demo": ("from the command to the first page, with the whole year in it; at most 90 s", False),
    "import": ("rows of leads (20,000/s) and whole ordinary cases (1,500/s), checked and written", True),
    "lists": ("pages and API over the whole year; p95 at most 100 ms", True),
    "record": ("verifying 300,000 entries of the record; at least 100,000/s", False),
    "actions": ("one action with its record entry, a sealer beside it; at most 10 ms", True),
    "checker": ("the file check: 2,000 files/s over all rules, recall and precision at least 0.99", False),
    "clocks": (
        "every period of the law from every day of nine years against a slow counter; no difference",
        False,
    ),
    "tus": (
        "1 GiB through tus with both hashes, at least 0.7 of disk or hashing; 100 kills, no byte wrong",
        False,
    ),
    "jt808": (
        "1,000 terminals: 25,000 durable positions/s, p99 of an answer 250 ms, 20 KB a connection",
        True,
    ),
    "sip": ("2,000 cameras of GB/T 28181: 3,000 registrations and as many keep-alives/s", False),
    "codec": ("position frames of JT/T 808 from the wire to facts; at least 150,000/s a core", False),
    "checkin": ("a check-in and a finding with a photo, as the phone sends them; p95 at most 50 ms", True),
    "map": ("100 viewers of 1,575 points on half a core at most; 2,000 painted in 1 s and gliding", False),
    "documents": ("every kind of document drawn, at most 150 ms; a volume of 40 at most 3 s", False),
}
# Benches of a size for which SQLite is not meant.
ONLY_POSTGRESQL: Mapping[str, str] = {
    "cases-1m": "pages and registering at 1,000,000 cases on PostgreSQL, one user and sixteen; some minutes"
}
LAUNCHER = Path(settings.BASE_DIR) / "tools" / "postgres.py"


def arguments(parser: argparse.ArgumentParser) -> None:
    told = {**{name: text for name, (text, _) in BENCHES.items()}, **ONLY_POSTGRESQL}
    lines = "\n".join(f"  {name:<10} {text}" for name, text in told.items())
    parser.epilog = f"benches:\n{lines}"
    parser.add_argument("name", choices=[*told, "all"], metavar="NAME", help="one of those below, or all")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, nothing else")


def run(args: argparse.Namespace) -> int:
    """The exit code is 1 if a figure misses its limit."""
    missed = False
    for name in [*BENCHES, *ONLY_POSTGRESQL] if args.name == "all" else [args.name]:
        for figure in measured(name):
            missed |= figure["good"] is False
            print(json.dumps(figure, ensure_ascii=False) if args.json else words(figure), flush=True)
    return int(missed)


def measured(name: str) -> Iterator[Mapping[str, Any]]:
    """Every figure of a bench, on SQLite and, where it matters and its launcher is here, on PostgreSQL."""
    command = [sys.executable, "-m", "xiuhua.conf.bench", name]
    if name in ONLY_POSTGRESQL:
        yield from _figures([sys.executable, str(LAUNCHER), "--", *command])
        return
    yield from _figures(command)
    if BENCHES[name][1] and LAUNCHER.exists():
        yield from _figures([sys.executable, str(LAUNCHER), "--", *command])


def _figures(command: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as var:
        environment = {**os.environ, "XIUHUA_VAR_DIR": var}
        environment.pop("XIUHUA_DATABASE_URL", None)
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Invalid({" ".join(command[-1:]): done.stderr.strip()[-2000:]})
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def words(figure: Mapping[str, Any]) -> str:
    """A figure for people."""
    limit = ""
    if figure["limit"] is not None:
        sign = "≤" if figure["better"] == "lower" else "≥"
        limit = f"  {sign} {figure['limit']:g}  {'ok' if figure['good'] else 'MISSED'}"
    return f"{figure['name']:<34} {figure['value']:>12,.6g} {figure['unit']:<10} n={figure['rows']:,}{limit}"
