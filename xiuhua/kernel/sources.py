"""Files of rows that a bulk door takes: UTF-8 CSV or Parquet, read in one pass and never as a whole."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as arrow
from pyarrow import parquet

from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.stretches import Stretch, cut

BATCH = 1024
_UNREADABLE = (arrow.ArrowException, UnicodeDecodeError, csv.Error)

# The cells of one row as text, in the order of the columns that were asked for; a column that the file does not have is
# empty. None: the row has more or fewer cells than the header.
Cells = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose columns fit: its path, SHA-256, how many rows it has (0: not known before), and the columns."""

    path: Path
    sha256: str
    total: int
    columns: Sequence[str]

    def rows(self) -> Iterator[Cells]:
        """The rows in order. Raises Invalid where the file cannot be read on."""
        for stretch in self.stretches(BATCH):
            yield from (cells for _, cells in stretch)

    def stretches(self, size: int) -> Iterator[Stretch[Cells]]:
        """The rows in stretches of at most `size`, numbered from 1. Raises as `rows`."""
        try:
            if _is_parquet(self.path):
                yield from _packed(self.path, self.columns, size)
            else:
                yield from cut(_csv_rows(self.path, self.columns), size)
        except _UNREADABLE as error:
            raise _unreadable(self.path.name, error) from error


def _unreadable(name: str, error: Exception) -> Invalid:
    return Invalid({"file": f"{name} 不能读取：{error}"})


@dataclass(frozen=True, slots=True)
class _Packed:
    """Rows of a Parquet file of that name that nobody has taken apart yet: cheap to hand on."""

    name: str
    first: int
    batch: arrow.RecordBatch
    columns: Sequence[str]

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        batch, names = self.batch, self.batch.schema.names
        try:
            found = {name: _texts(column) for name, column in zip(names, batch.columns, strict=True)}
        except _UNREADABLE as error:
            raise _unreadable(self.name, error) from error
        empty = [""] * batch.num_rows
        return enumerate(zip(*(found.get(name, empty) for name in self.columns), strict=True), self.first)


def read(path: Path | str, columns: Sequence[str], needed: Sequence[str]) -> Source:
    """Look at a file. Raises Invalid if it is not there, cannot be read, or its columns are not among `columns`."""
    path = Path(path)
    if not path.is_file():
        raise Invalid({"file": f"没有文件 {path}"})
    try:
        header, total = _parquet_head(path) if _is_parquet(path) else _csv_head(path)
    except _UNREADABLE as error:
        raise Invalid({"file": f"{path.name} 不能读取：应为 UTF-8 的 CSV 或者 Parquet（{error}）"}) from error
    if missing := [name for name in needed if name not in header]:
        raise Invalid(dict.fromkeys(missing, "缺少此列"))
    if strange := [name for name in header if name not in columns]:
        raise Invalid(dict.fromkeys(strange, f"没有此列；可用：{'、'.join(columns)}"))
    if len(set(header)) < len(header):
        raise Invalid({"file": "有重复的列"})
    return Source(path, _digest(path), total, columns)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parquet_head(path: Path) -> tuple[list[str], int]:
    file = parquet.ParquetFile(path)
    return list(file.schema_arrow.names), file.metadata.num_rows


def _csv_head(path: Path) -> tuple[list[str], int]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), []), 0


def _csv_rows(path: Path, columns: Sequence[str]) -> Iterator[Cells]:
    # The history of a case may be longer than what the csv module takes for a cell by default.
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        places = [header.index(name) if name in header else len(header) for name in columns]
        width = len(header)
        for row in reader:
            if not row:
                continue
            # The cell behind the last one stands for every column that the file does not have.
            row.append("")
            yield tuple(row[i] for i in places) if len(row) == width + 1 else None


def _packed(path: Path, columns: Sequence[str], size: int) -> Iterator[_Packed]:
    first = 1
    for batch in parquet.ParquetFile(path).iter_batches(size, use_threads=False):
        yield _Packed(path.name, first, batch, columns)
        first += batch.num_rows


def _texts(column: arrow.Array) -> list[str]:
    values: list[Any] = column.to_pylist()
    if arrow.types.is_string(column.type) and not column.null_count:
        return values
    return [value if isinstance(value, str) else "" if value is None else str(value) for value in values]
