"""A CSV in the shape it must have: typed rows, and every fault of form at once. Pure."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiuhua.org.rules.tables.cells import Parse, text

Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a table, and where: line 1 is the header, line 0 the file itself."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.reason}"


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
