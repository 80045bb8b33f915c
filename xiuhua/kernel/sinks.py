"""Rows written to a file: CSV, XLSX or Parquet, by its ending; the file appears whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as arrow
import xlsxwriter
from pyarrow import parquet

from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid

CHUNK = 2000
SHEET_ROWS = 1_048_576
# A text that a spreadsheet would run as a formula gets an apostrophe before it.
_FORMULA = tuple("=+-@\t\r")

Row = Sequence[Any]


def write(
    path: Path, names: Sequence[str], rows: Iterable[Row], numbers: frozenset[str] = frozenset()
) -> int:
    """Write `rows`, whose values stand in the order of `names`; how many there were.

    `numbers` are the columns that Parquet keeps as numbers, all others are text. Moments are written in the bureau's
    time. Raises Invalid for an ending that is no format.
    """
    put = FORMATS.get(path.suffix.lower())
    if put is None:
        raise Invalid({"file": f"文件名应以 {'、'.join(FORMATS)} 结尾"})
    draft = path.with_name(f".{path.name}.draft")
    try:
        count = put(draft, names, (tuple(map(_plain, row)) for row in rows), numbers)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return "" if value is None else value


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(path: Path, names: Sequence[str], rows: Iterator[Row], numbers: frozenset[str]) -> int:
    # Spreadsheets take a file for UTF-8 only when it begins with this mark.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        count = 0
        for row in rows:
            writer.writerow([_safe(value) for value in row])
            count += 1
    return count


def _xlsx(path: Path, names: Sequence[str], rows: Iterator[Row], numbers: frozenset[str]) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, names)
        for row in rows:
            count += 1
            if count >= SHEET_ROWS:
                raise Invalid({"file": f"XLSX最多{SHEET_ROWS}行，请导出为CSV或Parquet"})
            sheet.write_row(count, 0, row)
    return count


def _parquet(path: Path, names: Sequence[str], rows: Iterator[Row], numbers: frozenset[str]) -> int:
    types = [(name, arrow.float64() if name in numbers else arrow.string()) for name in names]
    schema, count = arrow.schema(types), 0
    with parquet.ParquetWriter(path, schema) as writer:
        while chunk := [row for row, _ in zip(rows, range(CHUNK), strict=False)]:
            count += len(chunk)
            columns = [[None if v == "" else v for v in column] for column in zip(*chunk, strict=True)]
            arrays = [arrow.array(c, t) for c, (_, t) in zip(columns, types, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
    return count


FORMATS = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
