"""Files of cases: UTF-8 CSV or Parquet, read in one pass and never as a whole."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as arrow
from pyarrow import parquet

from xiuhua.cases.backfill.columns import COLUMNS, NEEDED, Cells
from xiuhua.kernel.authz import Invalid

BATCH = 512


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was found to be one of cases: its path, SHA-256, and how many rows it has (0: not known before)."""

    path: Path
    sha256: str
    total: int

    def rows(self) -> Iterator[Cells]:
        """The rows in order, every cell as text."""
        return _parquet_rows(self.path) if _is_parquet(self.path) else _csv_rows(self.path)


def read(path: Path) -> Source:
    """Look at a file. Raises Invalid if it is not there, cannot be read, or its columns are not those of cases."""
    if not path.is_file():
        raise Invalid({"file": f"没有文件 {path}"})
    try:
        header, total = _parquet_head(path) if _is_parquet(path) else _csv_head(path)
    except (arrow.ArrowException, UnicodeDecodeError, csv.Error) as error:
        raise Invalid({"file": f"{path.name} 不能读取：应为 UTF-8 的 CSV 或者 Parquet（{error}）"}) from error
    if missing := [name for name in NEEDED if name not in header]:
        raise Invalid(dict.fromkeys(missing, "缺少此列"))
    if strange := [name for name in header if name not in COLUMNS]:
        raise Invalid(dict.fromkeys(strange, f"没有此列；可用：{'、'.join(COLUMNS)}"))
    if len(set(header)) < len(header):
        raise Invalid({"file": "有重复的列"})
    return Source(path, _digest(path), total)


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


def _csv_rows(path: Path) -> Iterator[Cells]:
    # A history may be longer than what the csv module takes for a cell by default.
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: cell or "" for name, cell in row.items() if isinstance(name, str)}


def _parquet_rows(path: Path) -> Iterator[Cells]:
    for batch in parquet.ParquetFile(path).iter_batches(BATCH, use_threads=False):
        columns = {
            name: [_text(value) for value in column.to_pylist()]
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        }
        names = list(columns)
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
