"""What a file would change in what is loaded, and where rows of one key leave days uncovered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.org.rules.tables.reading import Key, Row

State = Mapping[Key, Row]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file would change in what is loaded. `gone` rows are loaded and no longer in the file."""

    added: Mapping[Key, Row]
    changed: Mapping[Key, Mapping[str, tuple[Any, Any]]]
    gone: tuple[Key, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def compare(loaded: State, wanted: State) -> Difference:
    """What makes `wanted` out of `loaded`: changes are field → (before, after)."""
    changed = {}
    for key, row in wanted.items():
        if key in loaded:
            fields = {n: (loaded[key][n], v) for n, v in row.items() if loaded[key][n] != v}
            if fields:
                changed[key] = fields
    return Difference(
        added={key: row for key, row in wanted.items() if key not in loaded},
        changed=changed,
        gone=tuple(key for key in loaded if key not in wanted),
    )


def gaps(rows: Iterable[Row], start: date, end: date) -> Iterator[tuple[date, date]]:
    """Spans between `start` and `end` in which none of `rows` (of one key) holds."""
    ordered = sorted(rows, key=lambda row: row["valid_from"] or date.min)
    open_from = start
    for row in ordered:
        begins, ends = row["valid_from"] or date.min, row["valid_to"] or date.max
        if begins > open_from:
            yield open_from, min(end, date.fromordinal(begins.toordinal() - 1))
        if ends >= end:
            return
        open_from = max(open_from, date.fromordinal(ends.toordinal() + 1))
    yield open_from, end
