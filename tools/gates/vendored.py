"""Vendored files are listed with version, licence and SHA-256 in VENDORED.csv, and are what the list says."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, place, tracked

LIST = "VENDORED.csv"
NEEDED = ("file", "package", "version", "licence", "sha256", "source")


def find(root: Path) -> Iterator[Fault]:
    folders: dict[Path, dict[str, Path]] = {}
    for path in tracked(root):
        parts = path.relative_to(root).parts
        if "vendor" in parts[:-1]:
            folder = root.joinpath(*parts[: parts.index("vendor") + 1])
            folders.setdefault(folder, {})[path.relative_to(folder).as_posix()] = path
    for present in folders.values():
        yield from _folder(root, present)


def _folder(root: Path, present: dict[str, Path]) -> Iterator[Fault]:
    """Faults of one vendor folder; `present` maps the names of its files to their paths."""
    listing = present.pop(LIST, None)
    rows: list[dict[str, str]] = []
    if listing is not None:
        with listing.open(newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        if missing := [column for column in NEEDED if column not in (reader.fieldnames or ())]:
            yield Fault(place(listing, root), f"lacks the columns {', '.join(missing)}")
            return
    for number, row in enumerate(rows, 2):
        where = f"{place(listing, root)}:{number}" if listing else ""
        yield from (Fault(where, what) for what in _row(row, present.pop(row["file"], None)))
    for path in present.values():
        yield Fault(place(path, root), f"is vendored and not in {LIST}")


def _row(row: dict[str, str], path: Path | None) -> Iterator[str]:
    if path is None:
        yield f"{row['file']} is listed and not there"
    elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
        yield f"{row['file']} is not the file that was listed"
    for column in NEEDED:
        if not row[column]:
            yield f"{row['file']} has no {column}"


GATE = Gate(
    "vendored files", find, f"Take the file from its release again, and write its row into {LIST} beside it."
)

if __name__ == "__main__":
    GATE.exit()
