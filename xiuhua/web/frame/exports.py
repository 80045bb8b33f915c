"""Exports of a list: the rows the address means, the columns the page shows, as CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from xiuhua.kernel import clock
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.lists import Column

FORMATS = ("csv", "xlsx")


def wanted(request: Request) -> str:
    """The export the address asks for, or nothing."""
    found = request.GET.get("format", "")
    return found if found in FORMATS else ""


def cells(row: Any, columns: Sequence[Column]) -> list[str | int | float]:
    """A row as a spreadsheet takes it; a text it would run as a formula gets an apostrophe before it."""
    return [_cell(c.value(row)) for c in columns]


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def respond(request: Request, name: str, columns: Sequence[Column], rows: QuerySet[Any]) -> HttpResponseBase:
    """The file to download. `name` goes into the file name with the day."""
    title = f"{name}-{request.today:%Y%m%d}"
    found = rows.iterator(chunk_size=2000)
    return _csv(title, columns, found) if wanted(request) == "csv" else _xlsx(title, columns, found)


def _attachment(title: str, ending: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(title)}.{ending}"


def _csv(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponseBase:
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _attachment(title, "csv")
    return response


def _csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    # Spreadsheets take a file for UTF-8 only when it begins with this mark.
    yield "\ufeff" + _line([str(c.label) for c in columns])
    for row in rows:
        yield _line(cells(row, columns))


def _line(values: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def _xlsx(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponseBase:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, [str(c.label) for c in columns], bold)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, cells(row, columns))
    book.close()
    out.seek(0)
    response = FileResponse(
        out, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = _attachment(title, "xlsx")
    return response
