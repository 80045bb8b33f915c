"""A file from the first row to the last: nothing in a dry run, all or nothing of a case, the same file again."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow as arrow
import pytest
from pyarrow import parquet

from xiuhua.cases import actions, backfill
from xiuhua.cases.backfill import door, numbers
from xiuhua.cases.models import Case, Document, Step
from xiuhua.cases.queries import files
from xiuhua.cases.tests.backfill.bench import (
    AT,
    Bench,
    changed,
    ordinary,
    row,
    summary_history,
    write,
)
from xiuhua.kernel import clock, numbering, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry, Series, TakenNumber
from xiuhua.registers.models import Known, Party

BAD = row(changed(summary_history(), 3, "facts.notice.planned_fine", 60), number="浦01-18-0009")


def bring(path: Path, *, write: bool = False, skip_faulty: bool = False) -> backfill.Outcome:
    source = backfill.read(path)
    return backfill.bring_in(source, by=SYSTEM, at=AT, write=write, skip_faulty=skip_faulty)


def counts() -> tuple[int, ...]:
    models = (Case, Step, Document, Party, Known, TakenNumber, Series)
    return tuple(model.objects.count() for model in models)


def test_a_dry_run_counts_and_writes_nothing(bench: Bench, tmp_path: Path) -> None:
    before = (*counts(), RecordEntry.objects.count())
    outcome = bring(write(tmp_path / "a.csv", [row(), ordinary()]))
    assert (outcome.rows, outcome.good, outcome.written, outcome.faults) == (2, 2, 0, [])
    assert (*counts(), RecordEntry.objects.count()) == before


def test_cases_come_in_with_steps_papers_party_and_one_entry_each(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [row(), ordinary()]), write=True)
    assert outcome.written == 2
    case = Case.objects.get(procedure="summary")
    assert (case.state, case.imported, case.party_name) == ("closed", True, "王示例")
    assert (str(case.found_on), str(case.decided_on), str(case.closed_on)) == (
        "2018-05-16",
        "2018-05-16",
        "2018-05-22",
    )
    assert (str(case.fine), str(case.paid)) == ("50.00", "50.00")
    assert (case.kinds, case.decision_number) == ("fine", "1181501001")
    assert case.authority.code == "B"
    assert case.officer is not None
    assert [s.move for s in case.steps.order_by("seq")][-1] == "close_reported"
    assert {s.law_version for s in case.steps.all()} == {"2017"}
    left = case.documents.filter(kind="on_spot_decision").values_list("step__move", flat=True)
    assert list(left) == ["decide_on_spot"]
    entry = RecordEntry.objects.get(subject=record.subject_of(case))
    assert entry.verb == "cases.bring_in"
    assert '"row":1' in entry.facts


def test_the_file_of_an_imported_case_is_that_of_a_case_made_here(bench: Bench, tmp_path: Path) -> None:
    bring(write(tmp_path / "a.csv", [row()]), write=True)
    file = files.file_of(Case.objects.get())
    assert file["case"]["authority_name"] == "示例B"
    assert file["cause"]["ceiling"] == 500
    assert file["officers"][0]["certificate_no"] == "示例A1"
    assert file["decision"]["signed_by"] == [o["id"] for o in file["officers"]]


def test_the_party_is_known_to_the_unit_and_to_the_authority_and_registered_once(
    bench: Bench, tmp_path: Path
) -> None:
    again = row(
        _numbered("1181501002"),
        number="浦01-18-0003",
    )
    bring(write(tmp_path / "a.csv", [row(), again]), write=True)
    party = Party.objects.get()
    assert {k.unit.code for k in party.known.select_related("unit")} == {"S", "B"}
    assert RecordEntry.objects.filter(subject=f"registers.party:{party.pk}").count() == 1


def _numbered(number: str) -> dict[str, object]:
    said = changed(summary_history(), 5, "facts.decision.number", number)
    return changed(said, 5, "facts.documents.0.number", number)


def test_numbers_are_never_given_out_again(bench: Bench, tmp_path: Path) -> None:
    bring(write(tmp_path / "a.csv", [row(_numbered("1181501041"))]), write=True)
    with record.act("cases.test", by=SYSTEM, at=AT) as act:
        number = numbering.take(
            kind="on_spot_decision", unit_code="S", year=2018, subject="x", act=act, prefix="01"
        )
        act.entry(on=bench.area, facts={})
    assert number == "1181501042"


def test_an_open_case_comes_in_with_its_running_clock_and_is_left_to_time(
    bench: Bench, tmp_path: Path
) -> None:
    said = summary_history()
    bring(write(tmp_path / "a.csv", [row({**said, "steps": said["steps"][:7]})]), write=True)
    case = Case.objects.get()
    assert (case.state, case.clock, str(case.due_on)) == ("delivered", "payment_17", "2018-05-31")
    job = Job.objects.get(name="cases.lapse", payload={"case": case.pk})
    assert clock.day_of(job.run_at) == date(2018, 6, 1)
    step = actions.lapse(case=case, at=AT)
    assert step is not None
    assert (step.move, Case.objects.get().state) == ("fall_overdue", "overdue")


def test_a_closed_case_waits_for_nothing(bench: Bench, tmp_path: Path) -> None:
    bring(write(tmp_path / "a.csv", [row()]), write=True)
    assert not Job.objects.filter(name="cases.lapse").exists()


def test_a_file_with_a_fault_writes_nothing_at_all(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [row(), BAD]), write=True)
    assert (outcome.good, outcome.faulty, outcome.written) == (1, 1, 0)
    assert not Case.objects.exists()
    (fault,) = outcome.faults
    assert (fault.row, fault.number, fault.ground) == (2, "浦01-18-0009", "PPL17 §33")


def test_good_rows_may_be_taken_and_faulty_ones_left(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [BAD, row()]), write=True, skip_faulty=True)
    assert (outcome.written, outcome.faulty) == (1, 1)
    assert Case.objects.get().number == "浦01-18-0001"


def test_the_faults_are_written_for_people(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [BAD]))
    backfill.write_faults(outcome.faults, tmp_path / "faults.csv")
    with (tmp_path / "faults.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["row"] == "1"
    assert line["ground"] == "PPL17 §33"
    assert str(outcome.faults[0]).startswith("第1行 浦01-18-0009")


def test_the_same_file_again_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [row(), ordinary()])
    bring(path, write=True)
    before = counts()
    outcome = bring(path, write=True)
    assert (outcome.rows, outcome.passed_over, outcome.written, outcome.faults) == (2, 2, 0, [])
    assert counts() == before


def test_a_row_that_stands_twice_is_refused_once(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [row(), row()]))
    assert [(f.row, f.field, f.reason) for f in outcome.faults] == [(2, "number", "案号已被使用")]


@pytest.mark.parametrize("skip_faulty", [False, True])
def test_a_row_that_stands_twice_is_refused_once_however_far_apart(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, skip_faulty: bool
) -> None:
    monkeypatch.setattr(door, "BATCH", 1)
    path = write(tmp_path / "a.csv", [row(), row()])
    outcome = bring(path, write=True, skip_faulty=skip_faulty)
    assert [(f.row, f.field, f.reason) for f in outcome.faults] == [(2, "number", "案号已被使用")]
    assert (outcome.good, outcome.passed_over, outcome.written) == (1, 0, int(skip_faulty))


def test_a_document_number_of_another_case_is_refused(bench: Bench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [row()])
    bring(path, write=True)
    other = row(number="浦01-18-0003")
    outcome = bring(write(tmp_path / "b.csv", [other]))
    assert outcome.faults[0].reason == "文号 1181501001 已用于其他案件"


def test_one_identity_number_cannot_have_two_names(bench: Bench, tmp_path: Path) -> None:
    other = row(_numbered("1181501002"), number="浦01-18-0003", party_name="李示例")
    outcome = bring(write(tmp_path / "a.csv", [row(), other]))
    assert [(f.row, f.field) for f in outcome.faults] == [(2, "party_name")]
    bring(write(tmp_path / "b.csv", [row()]), write=True)
    outcome = bring(write(tmp_path / "c.csv", [other]))
    assert [f.field for f in outcome.faults] == ["party_name"]


def test_a_lead_that_is_not_there_is_named(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [row(lead="线索-1")]))
    assert outcome.faults[0].reason == "没有编号为“线索-1”的线索"


def test_a_batch_that_fails_in_the_database_leaves_nothing_of_it(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts()

    def fail(*args: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(numbers, "enter", fail)
    with pytest.raises(RuntimeError):
        bring(write(tmp_path / "a.csv", [row()]), write=True)
    assert counts() == before


def test_parquet_and_csv_are_read_alike(bench: Bench, tmp_path: Path) -> None:
    rows = [row(), ordinary()]
    typed = [{**r, "lon": float(r["lon"]), "lat": float(r["lat"])} for r in rows]
    parquet.write_table(arrow.Table.from_pylist(typed), tmp_path / "a.parquet")
    source = backfill.read(tmp_path / "a.parquet")
    assert source.total == 2
    assert list(source.rows()) == list(backfill.read(write(tmp_path / "a.csv", rows)).rows())
    assert bring(tmp_path / "a.parquet").good == 2


def test_progress_is_told(bench: Bench, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    source = backfill.read(write(tmp_path / "a.csv", [row(), ordinary()]))
    backfill.bring_in(source, by=SYSTEM, at=AT, progress=lambda done, total: said.append((done, total)))
    assert said == [(2, 0)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"number,procedure\n1,summary\n", "缺少此列"),
        (b"PAR1 no parquet", "不能读取"),
        ("number,x\n".encode("utf-16"), "不能读取"),
    ],
)
def test_a_wrong_file_is_refused_before_the_first_row(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "wrong"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=said):
        backfill.read(path)


def test_a_file_that_is_not_there_and_columns_that_are_not_known_are_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="没有文件"):
        backfill.read(tmp_path / "none.csv")
    with pytest.raises(Invalid, match="weather"):
        backfill.read(write(tmp_path / "a.csv", [{**row(), "weather": "晴"}]))


def test_only_the_console_brings_history_in(bench: Bench, tmp_path: Path) -> None:
    source = backfill.read(write(tmp_path / "a.csv", [row()]))
    with pytest.raises(Refused):
        backfill.bring_in(source, by=Actor(name="示例", user_id=1), at=AT)


def test_cases_go_out_as_lists_show_them_to_who_may_see_them(bench: Bench, tmp_path: Path) -> None:
    bring(write(tmp_path / "a.csv", [row(), ordinary()]), write=True)
    path = tmp_path / "out.csv"
    assert backfill.export(SYSTEM, path) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        closed = next(line for line in csv.DictReader(file) if line["procedure"] == "summary")
    told = [closed[name] for name in ("number", "unit", "cause", "closed_on", "fine", "decision_number")]
    assert told == ["浦01-18-0001", "S", row()["cause"], "2018-05-22", "50.0", "1181501001"]
    assert row()["party_id_no"] not in path.read_text(encoding="utf-8-sig")
    assert backfill.export(Actor(name="示例", user_id=1), path) == 0
    with pytest.raises(Invalid, match="结尾"):
        backfill.export(SYSTEM, tmp_path / "out.doc")
