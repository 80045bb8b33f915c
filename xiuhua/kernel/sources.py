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
        read = _parquet_rows if _is_parquet(self.path) else _csv_rows
        try:
            yield from read(self.path, self.columns)
        except _UNREADABLE as error:
            raise Invalid({"file": f"{self.path.name} 不能读取：{error}"}) from error


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


def _parquet_rows(path: Path, columns: Sequence[str]) -> Iterator[Cells]:
    for batch in parquet.ParquetFile(path).iter_batches(BATCH, use_threads=False):
        found = {name: _texts(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        empty = [""] * batch.num_rows
        yield from zip(*(found.get(name, empty) for name in columns), strict=True)


def _texts(column: arrow.Array) -> list[str]:
    values: list[Any] = column.to_pylist()
    if arrow.types.is_string(column.type) and not column.null_count:
        return values
    return [value if isinstance(value, str) else "" if value is None else str(value) for value in values]
