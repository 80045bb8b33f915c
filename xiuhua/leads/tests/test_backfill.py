"""History comes in by file: checked row by row, all of it or nothing, and never twice; and what is seen goes out."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as arrow
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyarrow import parquet

from xiuhua.kernel import numbering, sinks
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.models import RecordEntry, Series
from xiuhua.leads import backfill, permissions, queries
from xiuhua.leads.backfill import door
from xiuhua.leads.models import Lead, Reporter
from xiuhua.leads.tests.desk import Desk
from xiuhua.registers.tests.bureau import AT, EAST, WEST

pytestmark = pytest.mark.django_db

GOOD = {
    "source": "hotline",
    "source_ref": "H-1",
    "kind": "street_vending",
    "content": "示例路口有人设摊",
    "received_at": "2018-05-16T09:10",
    "place": "示例路1号",
    "lon": str(EAST[0]),
    "lat": str(EAST[1]),
    "unit": "SE",
    "outcome": "persuaded",
    "outcome_at": "2018-05-17T10:00",
    "reporter_name": "示例市民",
}


def csv_of(folder: Path, *rows: Mapping[str, str]) -> Path:
    path = folder / "leads.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def brought(path: Path, **more: Any) -> backfill.Outcome:
    return backfill.bring_in(backfill.read(path), **{"by": SYSTEM, "at": AT, "write": True, **more})


@pytest.mark.parametrize("skip_faulty", [False, True])
def test_a_row_that_stands_twice_is_refused_once_however_far_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, skip_faulty: bool
) -> None:
    monkeypatch.setattr(door, "BATCH", 1)
    outcome = brought(csv_of(tmp_path, GOOD, GOOD), skip_faulty=skip_faulty)
    assert [(f.row, f.field, f.reason) for f in outcome.faults] == [(2, "source_ref", "文件中重复")]
    assert (outcome.good, outcome.passed_over, outcome.written) == (1, 0, int(skip_faulty))


def test_a_closed_lead_comes_in_as_it_was(desk: Desk, tmp_path: Path) -> None:
    outcome = brought(csv_of(tmp_path, GOOD))
    assert (outcome.rows, outcome.good, outcome.written, outcome.faults) == (1, 1, 1, [])
    lead = Lead.objects.get()
    assert lead.number == "线索2018-000001"
    assert (lead.state, lead.outcome, lead.unit, lead.authority) == (
        "settled",
        "persuaded",
        desk.bureau.east,
        desk.bureau.top,
    )
    assert lead.received_at == datetime(2018, 5, 16, 9, 10, tzinfo=SHANGHAI)
    assert lead.area == desk.bureau.east.areas.get()
    assert (lead.imported, lead.due_clock, lead.attributes) == (True, "", {})
    assert Reporter.objects.get(lead=lead).name == "示例市民"
    assert queries.answer_of(lead).sentence == "经现场教育劝阻，当事人已当场改正。"
    entry = queries.timeline(lead).get()
    assert entry.verb == "leads.bring_in"
    assert '"row":1' in entry.facts
    assert "示例" not in entry.facts
    assert numbering.gaps(Series.objects.get(kind="lead", year=2018)) == []


@pytest.mark.parametrize(
    ("change", "state", "clock"),
    [
        ({"outcome": "refused", "unit": ""}, "refused", ""),
        ({"outcome": "transferred", "unit": ""}, "transferred", ""),
        ({"outcome": "", "outcome_at": ""}, "accepted", "sanitation_complaint_answer"),
        ({"outcome": "", "outcome_at": "", "unit": ""}, "registered", "lead_verify"),
        ({"outcome": "", "outcome_at": "", "reporter_name": ""}, "accepted", "lead_handle"),
    ],
)
def test_what_a_row_says_gives_the_state_and_its_clock(
    desk: Desk, tmp_path: Path, change: dict[str, str], state: str, clock: str
) -> None:
    assert brought(csv_of(tmp_path, GOOD | change)).faults == []
    lead = Lead.objects.get()
    assert (lead.state, lead.due_clock) == (state, clock)
    if clock:
        fresh = queries.due_columns(lead)
        assert {name: getattr(lead, name) for name in fresh} == fresh


def test_an_imported_lead_is_worked_on_like_any_other(desk: Desk, tmp_path: Path) -> None:
    brought(csv_of(tmp_path, GOOD | {"outcome": "", "outcome_at": ""}))
    lead = desk.move("settle", Lead.objects.get())
    assert lead.state == "settled"
    assert queries.leads(desk.officer).get() == lead


BAD = [
    ({"source": "rumour"}, "source"),
    ({"source_ref": ""}, "source_ref"),
    ({"kind": "ghosts"}, "kind"),
    ({"content": " "}, "content"),
    ({"received_at": ""}, "received_at"),
    ({"received_at": "yesterday"}, "received_at"),
    ({"received_at": "2027-01-01T00:00", "outcome": "", "outcome_at": ""}, "received_at"),
    ({"lon": "east"}, "lon"),
    ({"lon": "120.0"}, "lon"),
    ({"lon": ""}, "lon"),
    ({"lon": "31.2", "lat": "121.5"}, "lat"),
    ({"lon": "", "lat": "", "place": ""}, "place"),
    ({"area": "X"}, "area"),
    ({"area": "W"}, "area"),
    ({"cause": "XX01"}, "cause"),
    ({"unit": "XX"}, "unit"),
    ({"unit": ""}, "unit"),
    ({"received_at": "2010-01-01T00:00", "outcome_at": "2010-01-02T00:00"}, "unit"),
    ({"outcome": "lost"}, "outcome"),
    ({"outcome": ""}, "outcome"),
    ({"outcome_at": ""}, "outcome_at"),
    ({"outcome_at": "2018-05-15T00:00"}, "outcome_at"),
    ({"outcome_note": "请拨13800000000"}, "outcome_note"),
    ({"answered_at": "2030-01-01T00:00"}, "answered_at"),
    ({"reporter_email": "nobody"}, "reporter_email"),
]


@pytest.mark.parametrize(("change", "field"), BAD, ids=[f"{field}-{i}" for i, (_, field) in enumerate(BAD)])
def test_a_fault_names_its_row_and_column_and_nothing_is_written(
    desk: Desk, tmp_path: Path, change: dict[str, str], field: str
) -> None:
    outcome = brought(csv_of(tmp_path, GOOD, GOOD | {"source_ref": "H-2"} | change))
    assert [(f.row, f.field) for f in outcome.faults] == [(2, field)]
    assert (outcome.good, outcome.faulty, outcome.written) == (1, 1, 0)
    assert not Lead.objects.exists()
    assert not RecordEntry.objects.filter(verb="leads.bring_in").exists()


def test_what_the_matrix_forbids_is_told_with_its_article(desk: Desk, tmp_path: Path) -> None:
    old = {"received_at": "2010-01-01T00:00", "outcome_at": "2010-01-02T00:00"}
    (fault,) = brought(csv_of(tmp_path, GOOD | old)).faults
    assert str(fault) == "第1行 H-1 unit：权责清单中该单位当日无权处理此类事项（SHUM §4）"


def test_good_rows_are_written_beside_faulty_ones_if_asked(desk: Desk, tmp_path: Path) -> None:
    rows = [GOOD | {"source_ref": f"H-{i}", "content": "示例" if i % 2 else ""} for i in range(6)]
    path = csv_of(tmp_path, *rows)
    outcome = brought(path, skip_faulty=True)
    assert (outcome.written, outcome.faulty) == (3, 3)
    backfill.write_faults(outcome.faults, tmp_path / "faults.csv")
    with (tmp_path / "faults.csv").open(encoding="utf-8-sig") as file:
        assert [(r["row"], r["number"], r["field"]) for r in csv.DictReader(file)] == [
            ("1", "H-0", "content"),
            ("3", "H-2", "content"),
            ("5", "H-4", "content"),
        ]


def test_a_dry_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    outcome = brought(csv_of(tmp_path, GOOD), write=False)
    assert (outcome.good, outcome.written) == (1, 0)
    assert not Lead.objects.exists()


def test_the_same_file_brings_in_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    path = csv_of(tmp_path, GOOD, GOOD | {"source_ref": "H-2"})
    brought(path)
    again = brought(path)
    assert (again.passed_over, again.written, again.faults) == (2, 0, [])
    assert Lead.objects.count() == 2


def test_what_is_in_already_is_found_without_reading_through_all_leads(desk: Desk, tmp_path: Path) -> None:
    with CaptureQueriesContext(connection) as asked:
        brought(csv_of(tmp_path, GOOD, GOOD | {"source": "patrol"}))
    looks = [
        q["sql"] for q in asked.captured_queries if "source_ref" in q["sql"] and "SELECT" in q["sql"][:6]
    ]
    assert looks
    if connection.vendor == "postgresql":
        return  # that plans by the size of its tables, and these are tiny
    with connection.cursor() as cursor:
        for look in looks:
            cursor.execute(f"EXPLAIN QUERY PLAN {look}")
            assert "USING INDEX source_ref_once" in str(cursor.fetchall())


def test_a_number_twice_in_a_file_or_of_a_lead_that_was_registered_here_is_a_fault(
    desk: Desk, tmp_path: Path
) -> None:
    twice = brought(csv_of(tmp_path, GOOD, GOOD))
    assert [(f.row, f.reason) for f in twice.faults] == [(2, "文件中重复")]
    desk.report(source_ref="H-1")
    here = brought(csv_of(tmp_path, GOOD))
    assert [f.reason for f in here.faults] == ["该来源编号已登记过"]


def test_a_lead_keeps_the_number_it_had(desk: Desk, tmp_path: Path) -> None:
    brought(csv_of(tmp_path, GOOD | {"number": "历2018-1"}, GOOD | {"source_ref": "H-2", "number": ""}))
    assert list(Lead.objects.order_by("pk").values_list("number", flat=True)) == [
        "历2018-1",
        "线索2018-000001",
    ]


def test_a_number_is_used_once(desk: Desk, tmp_path: Path) -> None:
    taken = desk.report().number
    rows = [
        GOOD | {"source_ref": f"H-{i}", "number": n} for i, n in enumerate((taken, "历1", "历1", "历" * 41))
    ]
    faults = brought(csv_of(tmp_path, *rows)).faults
    assert sorted((f.row, f.field) for f in faults) == [(1, "number"), (3, "number"), (4, "number")]
    assert Lead.objects.count() == 1


def test_a_row_with_too_many_or_too_few_cells_is_a_fault(desk: Desk, tmp_path: Path) -> None:
    path = csv_of(tmp_path, GOOD)
    path.write_text(path.read_text() + "\n" + "a,b\n" + ",".join(["x"] * 30) + "\n")
    assert [(f.row, f.reason) for f in brought(path).faults] == [
        (2, "单元格数与表头不符"),
        (3, "单元格数与表头不符"),
    ]


def test_parquet_is_read_like_csv_also_with_numbers_and_empty_cells(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "leads.parquet"
    cells: dict[str, list[Any]] = {name: [value, value] for name, value in GOOD.items()}
    cells |= {"source_ref": ["P-1", "P-2"], "lon": [EAST[0], WEST[0]], "lat": [EAST[1], WEST[1]]}
    cells["unit"] = ["SE", "SW"]
    cells["reporter_name"] = [None, "示例市民"]
    parquet.write_table(arrow.table(cells), path)
    source = backfill.read(path)
    assert source.total == 2
    assert backfill.bring_in(source, by=SYSTEM, at=AT, write=True).written == 2
    assert [x.area.code for x in Lead.objects.order_by("pk") if x.area] == ["E", "W"]
    assert [x.has_reporter for x in Lead.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"source,source_ref,kind,content\n", "received_at"),
        (b"source,source_ref,kind,content,received_at,hat\n", "hat"),
        (b"source,source_ref,kind,content,received_at,place,place\n", "file"),
        (b"", "source"),
        (b"\xff\xfe\x00\x01", "file"),
        (b"PAR1 and then nothing", "file"),
    ],
)
def test_a_file_that_is_none_of_leads_is_refused(tmp_path: Path, content: bytes, field: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as told:
        backfill.read(path)
    assert field in told.value.errors


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as told:
        backfill.read(tmp_path / "none.csv")
    assert list(told.value.errors) == ["file"]


@pytest.mark.parametrize("skip_faulty", [False, True])
def test_a_parquet_file_whose_text_is_no_utf_8_is_refused(
    desk: Desk, tmp_path: Path, skip_faulty: bool
) -> None:
    columns = {name: arrow.array([value]) for name, value in GOOD.items()}
    bad = arrow.array([b"\xff\xfe\xfd"], arrow.binary()).view(arrow.string())
    path = tmp_path / "bad.parquet"
    parquet.write_table(arrow.table({**columns, "content": bad}), path)
    with pytest.raises(Invalid) as caught:
        brought(path, skip_faulty=skip_faulty)
    assert "不能读取" in caught.value.errors["file"]
    assert not Lead.objects.exists()


def test_a_file_that_breaks_off_in_the_middle_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = csv_of(tmp_path, GOOD)
    path.write_bytes(path.read_bytes() + b"hotline,H-2,street_vending,\xff\xff")
    with pytest.raises(Invalid) as told:
        brought(path)
    assert list(told.value.errors) == ["file"]
    assert not Lead.objects.exists()


@pytest.mark.parametrize("role", ["duty_dispatcher", "squad_head", "system_administrator"])
def test_nobody_brings_history_in_through_a_post(desk: Desk, tmp_path: Path, role: str) -> None:
    by = desk.bureau.actor(role)
    assert not permissions.can_bring_in(by)
    assert permissions.can_bring_in(SYSTEM)
    with pytest.raises(Refused):
        brought(csv_of(tmp_path, GOOD), by=by)


def test_progress_is_told(desk: Desk, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    brought(csv_of(tmp_path, GOOD), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 0), (1, 0)]


# Export ---------------------------------------------------------------------------------------------------------------


def test_an_export_holds_what_one_sees_and_no_reporter(desk: Desk, tmp_path: Path) -> None:
    lead = desk.in_state("settled")
    desk.report(lon=WEST[0], lat=WEST[1])
    path = tmp_path / "out.csv"
    assert backfill.export(desk.officer, path) == 1
    text = path.read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["number"], row["kind"], row["unit"], row["outcome"]) == (
        lead.number,
        "street_vending",
        "SE",
        "persuaded",
    )
    assert row["received_at"] == "2026-05-13T09:00:00+08:00"
    assert "示例市民" not in text
    assert backfill.export(desk.dispatcher, path) == 2
    assert backfill.export(desk.bureau.actor("auditor"), path) == 0


def test_the_formats_tell_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.report(content="=1+1")
    for ending in sinks.FORMATS:
        assert backfill.export(desk.dispatcher, tmp_path / f"out{ending}") == 1
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    from_sheet = dict(zip(*([str(c.value or "") for c in row] for row in sheet.iter_rows()), strict=True))
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()[0]
    assert from_sheet["content"] == table["content"] == "=1+1"
    assert from_sheet["number"] == table["number"]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file))["content"] == "'=1+1"


def test_an_export_of_some_rows_never_holds_more_than_one_sees(desk: Desk, tmp_path: Path) -> None:
    desk.report()
    east = desk.in_state("accepted")
    everything = queries.leads(SYSTEM)
    assert backfill.export(desk.officer, tmp_path / "a.csv", rows=everything) == 1
    assert backfill.export(desk.dispatcher, tmp_path / "a.csv", rows=everything.filter(pk=east.pk)) == 1


def test_an_unknown_format_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as told:
        backfill.export(desk.dispatcher, tmp_path / "out.pdf")
    assert list(told.value.errors) == ["file"]
    assert list(tmp_path.iterdir()) == []
