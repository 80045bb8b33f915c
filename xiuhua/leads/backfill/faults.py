"""What is wrong with a row of an import, and the file that says it to whoever must mend the rows. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HEADER = ("row", "number", "field", "reason", "ground")


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault of row `row` (the first after the header is 1), `number` its number at the source.

    `field` is a column; of the history of a case it is `history[3].approve_filing`, the third step and its move.
    `ground` is the article, where a law forbids it.
    """

    row: int
    number: str
    field: str
    reason: str
    ground: str = ""

    def __str__(self) -> str:
        ground = f"（{self.ground}）" if self.ground else ""
        return f"第{self.row}行 {self.number} {self.field}：{self.reason}{ground}"


def write_faults(faults: Iterable[RowFault], path: Path) -> None:
    """The faults as UTF-8 CSV with a header, one line a fault."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((f.row, f.number, f.field, f.reason, f.ground) for f in faults)
