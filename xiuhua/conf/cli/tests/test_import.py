"""`xiuhua import leads`: what a dry run tells, what is written and when, and the file of faults."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.conf.cli import main
from xiuhua.kernel.tests.kept import kept
from xiuhua.leads import backfill
from xiuhua.leads.models import Lead
from xiuhua.leads.tests.desk import Desk
from xiuhua.leads.tests.test_backfill import GOOD, csv_of
from xiuhua.registers.tests.bureau import built

Tell = Callable[..., tuple[int, list[str], str]]

DRY = "Dry run: nothing was written. Write with --apply."
SECOND = GOOD | {"source_ref": "H-2", "content": "示例路口又有人设摊"}
BAD = GOOD | {"source_ref": "H-3", "kind": "ghosts"}


@pytest.fixture(scope="module")
def whole_desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    yield from kept(django_db_blocker, lambda: Desk(built()))


@pytest.fixture(autouse=True)
def desk(whole_desk: Desk, db: None) -> None:
    """The desk, in the transaction of one test."""


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def run(*args: object) -> tuple[int, list[str], str]:
        code = main(["import", "leads", *map(str, args)])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return run


def test_a_dry_run_counts_the_rows_and_writes_nothing(tell: Tell, tmp_path: Path) -> None:
    code, out, err = tell(csv_of(tmp_path, GOOD, SECOND))
    assert (code, err) == (0, "")
    assert out == ["2 rows: 2 good, 0 faulty, 0 in already", DRY]
    assert not Lead.objects.exists()


def test_a_dry_run_tells_row_number_column_and_reason_of_a_fault(tell: Tell, tmp_path: Path) -> None:
    code, out, _ = tell(csv_of(tmp_path, GOOD, BAD))
    assert code == 1
    assert out[0].startswith("第2行 H-3 kind：")
    assert out[1:] == ["2 rows: 1 good, 1 faulty, 0 in already", DRY]
    assert not Lead.objects.exists()


def test_apply_writes_and_the_same_file_again_writes_nothing(tell: Tell, tmp_path: Path) -> None:
    path = csv_of(tmp_path, GOOD, SECOND)
    assert tell(path, "--apply")[:2] == (0, ["2 rows: 2 good, 0 faulty, 0 in already", "2 written."])
    assert set(Lead.objects.values_list("source_ref", flat=True)) == {"H-1", "H-2"}
    again = tell(path, "--apply")[:2]
    assert again == (0, ["2 rows: 0 good, 0 faulty, 2 in already", "Nothing was written."])
    assert Lead.objects.count() == 2


def test_one_faulty_row_keeps_all_rows_out(tell: Tell, tmp_path: Path) -> None:
    code, out, _ = tell(csv_of(tmp_path, GOOD, BAD), "--apply")
    assert code == 1
    assert out[-2:] == ["2 rows: 1 good, 1 faulty, 0 in already", "Nothing was written."]
    assert not Lead.objects.exists()


def test_the_good_rows_come_in_where_faulty_ones_may_be_skipped(tell: Tell, tmp_path: Path) -> None:
    code, out, _ = tell(csv_of(tmp_path, BAD, GOOD), "--apply", "--skip-faulty")
    assert code == 1
    assert out[-2:] == ["2 rows: 1 good, 1 faulty, 0 in already", "1 written."]
    assert Lead.objects.get().source_ref == "H-1"


def test_the_first_faults_are_told_and_all_of_them_lie_in_the_file(tell: Tell, tmp_path: Path) -> None:
    path = csv_of(tmp_path, *(BAD | {"source_ref": f"H-{n}"} for n in range(23)))
    told = tell(path)[1]
    assert len([line for line in told if line.startswith("第")]) == 20
    assert told[20] == "… 3 faults more: write them to a file with --faults FILE"
    faults = tmp_path / "faults.csv"
    assert tell(path, "--faults", faults)[1][20] == f"… 3 faults more: see {faults}"
    with faults.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == [f"H-{n}" for n in range(23)]
    assert {row["field"] for row in rows} == {"kind"}


def test_without_faults_the_file_of_faults_has_its_header_only(tell: Tell, tmp_path: Path) -> None:
    faults = tmp_path / "faults.csv"
    assert tell(csv_of(tmp_path, GOOD), "--faults", faults)[0] == 0
    assert faults.read_text("utf-8-sig") == "row,number,field,reason,ground\n"


def test_the_columns_are_listed_with_those_that_are_needed(tell: Tell) -> None:
    code, out, _ = tell("any.csv", "--columns")
    assert code == 0
    assert [line.removesuffix("  (needed)") for line in out] == list(backfill.COLUMNS)
    assert {line.split()[0] for line in out if line.endswith("(needed)")} == set(backfill.NEEDED)


def test_a_file_that_is_not_there_or_has_a_strange_column_is_refused(tell: Tell, tmp_path: Path) -> None:
    code, out, err = tell(tmp_path / "nothing.csv")
    assert (code, out) == (1, [])
    assert err.startswith("xiuhua import: ")
    code, out, err = tell(csv_of(tmp_path, GOOD | {"colour": "red"}))
    assert (code, out) == (1, [])
    assert "colour" in err
    assert "没有此列" in err


def test_a_terminal_sees_how_far_it_is(tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert tell(csv_of(tmp_path, GOOD, SECOND))[2] == "\r2 rows"
