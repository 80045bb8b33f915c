"""Coverage: every branch of the pure and the deciding modules, nine tenths of every other room.

It reads the data that `make test` left; `make check` measures anew where the code has changed since.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
from coverage.exceptions import CoverageException

from tools.gates.fault import Fault, Gate
from tools.measured import DATA

WHOLE = re.compile(r"/rules(\.py|/)|^xiuhua/cases/procedure/|/(permissions|codec|session|detect)(\.py|/)")
REST_PERCENT = 90


@dataclass(slots=True)
class Room:
    """Lines and branches of a room: how many there are and how many ran."""

    there: int = 0
    ran: int = 0

    @property
    def percent(self) -> float:
        return 100 * self.ran / self.there if self.there else 100.0


def judge(files: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Faults of a coverage report in coverage.py's JSON form, file by file and room by room."""
    rooms: dict[str, Room] = defaultdict(Room)
    for name, data in sorted(files.items()):
        told = data["summary"]
        if WHOLE.search(name):
            if data["missing_lines"] or told.get("missing_branches"):
                branches = ", ".join(f"{a}→{b}" for a, b in data.get("missing_branches", []))
                lines = ", ".join(map(str, data["missing_lines"]))
                yield Fault(
                    name, f"must be covered whole; lines [{lines}] and branches [{branches}] never ran"
                )
            continue
        room = rooms["/".join(name.split("/")[:2])]
        room.there += told["num_statements"] + told.get("num_branches", 0)
        room.ran += told["covered_lines"] + told.get("covered_branches", 0)
    for name, room in rooms.items():
        if room.percent < REST_PERCENT:
            yield Fault(name, f"{room.percent:.1f} % covered, at least {REST_PERCENT} %")


def find(root: Path) -> Iterator[Fault]:
    if not (root / DATA).exists():
        yield Fault(DATA.as_posix(), "nothing was measured yet")
        return
    report = coverage.Coverage(data_file=str(root / DATA), config_file=str(root / "pyproject.toml"))
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "coverage.json"
        try:
            report.load()
            report.json_report(outfile=str(told))
        except CoverageException as broken:
            yield Fault(DATA.as_posix(), f"cannot be read ({broken}); measure anew")
            return
        yield from judge(json.loads(told.read_text())["files"])


GATE = Gate("coverage", find, "Test what never ran, or delete it. `make test` measures.")

if __name__ == "__main__":
    GATE.exit()
