"""What somebody may see, written to a file: CSV, XLSX or Parquet, in the columns that an import takes.

Who reported is never in it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as arrow
import xlsxwriter
from django.db.models import QuerySet
from pyarrow import parquet

from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads.backfill.columns import COLUMNS
from xiuhua.leads.models import Lead

CHUNK = 2000
SHEET_ROWS = 1_048_576
NAMES = (
    "number",
    "state",
    "case_label",
    *(name for name in COLUMNS if name != "number" and not name.startswith("reporter_")),
)
_PATHS = {
    "kind": "kind__code",
    "area": "area__code",
    "unit": "unit__code",
    "cause": "cause_hint",
}
# A text that a spreadsheet would run as a formula gets an apostrophe before it.
_FORMULA = tuple("=+-@\t\r")


def export(user: Actor, path: Path, *, rows: QuerySet[Lead] | None = None) -> int:
    """Write the leads `user` may see (or of those the `rows`) to `path`, by its ending; how many there were.

    The file appears whole or not at all. Raises Invalid for an ending that is no format.
    """
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        raise Invalid({"file": f"文件名应以 {'、'.join(FORMATS)} 结尾"})
    visible = Lead.objects.visible(user)
    found = visible if rows is None else visible.filter(pk__in=rows.values("pk"))
    draft = path.with_name(f".{path.name}.draft")
    try:
        count = write(draft, _rows(found))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _rows(found: QuerySet[Lead]) -> Iterator[tuple[Any, ...]]:
    paths = [_PATHS.get(name, name) for name in NAMES]
    for row in found.order_by("received_at", "pk").values_list(*paths).iterator(chunk_size=CHUNK):
        yield tuple(_plain(value) for value in row)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")
    return "" if value is None else value


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(path: Path, rows: Iterator[tuple[Any, ...]]) -> int:
    # Spreadsheets take a file for UTF-8 only when it begins with this mark.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        count = 0
        for row in rows:
            writer.writerow([_safe(value) for value in row])
            count += 1
    return count


def _xlsx(path: Path, rows: Iterator[tuple[Any, ...]]) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, NAMES)
        for row in rows:
            count += 1
            if count >= SHEET_ROWS:
                raise Invalid({"file": f"XLSX最多{SHEET_ROWS}行，请导出为CSV或Parquet"})
            sheet.write_row(count, 0, row)
    return count


def _parquet(path: Path, rows: Iterator[tuple[Any, ...]]) -> int:
    types = [(name, arrow.float64() if name in {"lon", "lat"} else arrow.string()) for name in NAMES]
    schema, count = arrow.schema(types), 0
    with parquet.ParquetWriter(path, schema) as writer:
        while chunk := [row for row, _ in zip(rows, range(CHUNK), strict=False)]:
            count += len(chunk)
            columns = [[None if v == "" else v for v in column] for column in zip(*chunk, strict=True)]
            arrays = [arrow.array(c, t) for c, (_, t) in zip(columns, types, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
    return count


FORMATS = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
