"""Roster files: rows out of an uploaded XLSX or CSV, and the faulty rows back as XLSX with the reason beside each."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from xiuhua.duty import rules
from xiuhua.kernel.authz import Invalid
from xiuhua.web.frame.lists import Column

# Heading in the file → field; the English names are taken too.
HEADINGS = {"工号": "staff_no", "日期": "day", "班次": "shift", "巡区": "beat"}
NEEDED = ("staff_no", "day", "shift")
FIELDS = tuple(HEADINGS.values())
MOST_BYTES = 5 * 1024 * 1024
# A sheet of so few bytes unpacks to no more than this.
MOST_UNPACKED = 60 * 1024 * 1024


def read(data: bytes, name: str) -> list[rules.Line]:
    """The rows of a roster file. Raises Invalid for a file that cannot be read or lacks a column."""
    if len(data) > MOST_BYTES:
        raise Invalid({"file": "文件最大5MB"})
    rows = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    header = next(rows, ())
    places = {HEADINGS.get(cell.strip(), cell.strip()): n for n, cell in enumerate(header) if cell.strip()}
    if missing := [field for field in NEEDED if field not in places]:
        labels = {v: k for k, v in HEADINGS.items()}
        raise Invalid({"file": _("缺少列：%(columns)s") % {"columns": "、".join(labels[m] for m in missing)}})
    lines = []
    for number, cells in enumerate(rows, 2):
        said = {f: cells[places[f]].strip() if f in places and places[f] < len(cells) else "" for f in FIELDS}
        if any(said.values()):
            lines.append(rules.Line(number, said["staff_no"], said["day"], said["shift"], said["beat"]))
        if len(lines) > rules.MOST_ROWS:
            raise Invalid({"file": f"一次最多{rules.MOST_ROWS}行"})
    if not lines:
        raise Invalid({"file": "文件里没有行"})
    return lines


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _xlsx(data: bytes) -> Iterator[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(info.file_size for info in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise Invalid({"file": "文件展开后过大"})
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in row]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise Invalid({"file": "不能读取：应为XLSX或UTF-8的CSV"}) from error


def _csv(data: bytes) -> Iterator[Sequence[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid({"file": "不能读取：应为XLSX或UTF-8的CSV"}) from error
    yield from csv.reader(io.StringIO(text))


def cells_of(line: rules.Line) -> tuple[str, str, str, str]:
    return line.staff_no, line.day, line.shift, line.beat


def faulty(lines: Iterable[rules.Line], faults: Iterable[rules.Fault]) -> bytes:
    """The rows with faults as XLSX, as they came, with the reasons in one more column: mend and send again."""
    reasons: dict[int, list[str]] = {}
    for fault in faults:
        reasons.setdefault(fault.row, []).append(fault.reason)
    rows = [(*cells_of(line), "；".join(reasons[line.row])) for line in lines if line.row in reasons]
    return written([*HEADINGS, "问题"], rows)


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of text cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    return out.getvalue()


# The export of a roster is a file that can be sent in again.
COLUMNS: tuple[Column, ...] = (
    Column("工号", lambda s: s.officer.staff_no),
    Column("姓名", lambda s: s.officer.name),
    Column("日期", lambda s: s.day),
    Column("班次", lambda s: s.kind.name),
    Column("巡区", lambda s: s.beat.code if s.beat else ""),
)
