"""Vendored files are listed with name, version, licence and SHA-256 in VENDORED.csv, and are what the list says."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, place, tracked

FOLDER = Path("xiuhua/web/static/vendor")
LIST = "VENDORED.csv"
NEEDED = ("path", "name", "version", "licence", "sha256")


def find(root: Path) -> Iterator[Fault]:
    folder = root / FOLDER
    present = {p.relative_to(folder).as_posix(): p for p in tracked(root) if p.is_relative_to(folder)}
    listing = present.pop(LIST, None)
    if listing is None:
        yield from (Fault(place(p, root), f"vendored without a {LIST}") for p in present.values())
        return
    with listing.open(newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    if missing := [column for column in NEEDED if column not in (reader.fieldnames or ())]:
        yield Fault(place(listing, root), f"lacks the columns {', '.join(missing)}")
        return
    yield from _rows(root, listing, rows, present)


def _rows(
    root: Path, listing: Path, rows: list[dict[str, str]], present: dict[str, Path]
) -> Iterator[Fault]:
    for number, row in enumerate(rows, 2):
        where = place(listing, root, number)
        path = present.pop(row["path"], None)
        if path is None:
            yield Fault(where, f"{row['path']} is listed and not there")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            yield Fault(where, f"{row['path']} is not the file that was listed")
        for column in NEEDED:
            if not row[column]:
                yield Fault(where, f"{row['path']} has no {column}")
    for path in present.values():
        yield Fault(place(path, root), f"is not in {LIST}")


GATE = Gate("vendored files", find, f"Take the file from its release again and write its row into {FOLDER / LIST}.")

if __name__ == "__main__":
    GATE.exit()
