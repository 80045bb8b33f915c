"""Reference tables: how a CSV of the law as data is read, checked and compared with what is loaded. Pure.

Every table has `source` and `certainty`. A row that holds for a time has `valid_from` and `valid_to` (inclusive, empty
is open); rows of one key must not overlap. Faults name file, line, column and reason; all of them are found at once.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

# read: in the text of the act; checked: in a second source; memory: remembered; unverified: doubtful;
# design: set by the project; generated: invented for the demo.
CERTAINTY = frozenset({"read", "checked", "memory", "unverified", "design", "generated"})

Row = Mapping[str, Any]
Key = tuple[Any, ...]
State = Mapping[Key, Row]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a table, and where: line 1 is the header, line 0 the file itself."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.reason}"


Parse = Callable[[str], Any]


def text(cell: str) -> str:
    return cell


def day(cell: str) -> date | None:
    """An ISO day; empty is open."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(f"“{cell}” is no day (YYYY-MM-DD)") from None


def amount(cell: str) -> Decimal | None:
    """A number, empty where the law gives none."""
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        raise ValueError(f"“{cell}” is no number") from None


def whole(cell: str) -> int | None:
    """A whole number, 0 or more; empty is none."""
    if cell and not cell.isdecimal():
        raise ValueError(f"“{cell}” is no whole number")
    return int(cell) if cell else None


def degrees(cell: str) -> float:
    """A coordinate or a size as a decimal number."""
    try:
        return float(cell)
    except ValueError:
        raise ValueError(f"“{cell}” is no number") from None


def yes_no(cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError(f"“{cell}” is neither yes nor no")
    return cell == "yes"


def one_of(words: Iterable[str]) -> Parse:
    known = frozenset(words)

    def parse(cell: str) -> str:
        if cell not in known:
            raise ValueError(f"“{cell}” is not known here; known are {', '.join(sorted(known))}")
        return cell

    return parse


def some_of(words: Iterable[str] | None = None) -> Parse:
    """Words parted by `;`, in the order of the cell; any word where `words` is None."""
    known = None if words is None else frozenset(words)

    def parse(cell: str) -> tuple[str, ...]:
        parts = tuple(p.strip() for p in cell.split(";") if p.strip())
        if known is not None and (strange := [p for p in parts if p not in known]):
            raise ValueError(f"“{strange[0]}” is not known here; known are {', '.join(sorted(known))}")
        return parts

    return parse


certainty = one_of(CERTAINTY)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are read, and whether a cell may be empty."""

    name: str
    parse: Parse = text
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a reference file must look like. `key` names a row; `dated` rows of one key hold one after the other."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read: rows with typed cells, the line of each, and what is wrong."""

    shape: Shape
    rows: Sequence[Row]
    lines: Sequence[int]
    faults: Sequence[Fault] = field(default=())

    def fault(self, index: int, column: str, reason: str) -> Fault:
        """A fault at row `index`, found by somebody who knows other tables."""
        return Fault(self.shape.file, self.lines[index], column, reason)


def read(shape: Shape, content: str) -> Table:
    """The rows of `content` in `shape`, with every fault of form: header, cells, keys, dates, overlaps."""
    reader = csv.reader(io.StringIO(content))
    header = next(reader, [])
    if header_faults := list(_header(shape, header)):
        return Table(shape, (), (), header_faults)
    rows: list[Row] = []
    lines: list[int] = []
    faults: list[Fault] = []
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(header):
            faults.append(Fault(shape.file, line, "", f"{len(cells)} cells instead of {len(header)}"))
            continue
        row, wrong = _cells(shape, line, dict(zip(header, cells, strict=True)))
        faults.extend(wrong)
        if not wrong:
            rows.append(row)
            lines.append(line)
    faults.extend(_order(shape, rows, lines))
    return Table(shape, rows, lines, faults)


def _header(shape: Shape, header: Sequence[str]) -> Iterator[Fault]:
    names = [c.name for c in shape.columns]
    for name in names:
        if name not in header:
            yield Fault(shape.file, 1, name, "the column is missing")
    for name in header:
        if name not in names:
            yield Fault(shape.file, 1, name, "the column is not known")
    if len(set(header)) < len(header):
        yield Fault(shape.file, 1, "", "a column stands twice")


def _cells(shape: Shape, line: int, cells: Mapping[str, str]) -> tuple[Row, list[Fault]]:
    row: dict[str, Any] = {}
    wrong = []
    for column in shape.columns:
        cell = cells[column.name].strip()
        if column.needed and not cell:
            wrong.append(Fault(shape.file, line, column.name, "must not be empty"))
            continue
        try:
            row[column.name] = column.parse(cell)
        except ValueError as error:
            wrong.append(Fault(shape.file, line, column.name, str(error)))
    return row, wrong


def _order(shape: Shape, rows: Sequence[Row], lines: Sequence[int]) -> Iterator[Fault]:
    """Twice the same key; validity that ends before it begins or overlaps another row of the key."""
    groups: dict[Key, list[tuple[Row, int]]] = defaultdict(list)
    for row, line in zip(rows, lines, strict=True):
        groups[tuple(row[k] for k in shape.key)].append((row, line))
    for key, group in groups.items():
        named = " ".join(str(k) for k in key)
        if not shape.dated:
            for _, line in group[1:]:
                yield Fault(shape.file, line, shape.key[0], f"{named} stands twice (line {group[0][1]})")
            continue
        yield from _spans(shape, named, group)


def _spans(shape: Shape, named: str, group: list[tuple[Row, int]]) -> Iterator[Fault]:
    last: tuple[date, int] | None = None
    for row, line in sorted(group, key=lambda pair: pair[0]["valid_from"] or date.min):
        start, end = row["valid_from"] or date.min, row["valid_to"] or date.max
        if end < start:
            yield Fault(shape.file, line, "valid_to", f"{named} ends before it begins")
        if last is not None and start <= last[0]:
            yield Fault(shape.file, line, "valid_from", f"{named} overlaps line {last[1]}")
        last = (max(end, last[0]) if last else end, line)


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
