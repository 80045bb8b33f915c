"""`xiuhua import cases`: whole histories, held to the law of their days."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as arrow
import pytest
from pyarrow import parquet
from pytest_django import DjangoDbBlocker

from xiuhua.cases.models import Case
from xiuhua.cases.tests.backfill import bench
from xiuhua.conf.cli import main
from xiuhua.kernel.tests.kept import kept

Tell = Callable[..., tuple[int, list[str]]]


@pytest.fixture(scope="module")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[bench.Bench]:
    yield from kept(django_db_blocker, bench.made)


@pytest.fixture(autouse=True)
def bureau(whole_bench: bench.Bench, db: None) -> None:
    """The bureau and its law, in the transaction of one test."""


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def run(*args: object) -> tuple[int, list[str]]:
        code = main(["import", "cases", *map(str, args)])
        return code, capsys.readouterr().out.splitlines()

    return run


def unlawful() -> dict[str, str]:
    """The notice said another fine than the decision has."""
    history = bench.changed(bench.summary_history(), 3, "facts.notice.planned_fine", 60)
    return bench.row(history, number="浦01-18-0009")


def test_closed_and_open_cases_are_checked_first_and_then_written(tell: Tell, tmp_path: Path) -> None:
    path = bench.write(tmp_path / "cases.csv", [bench.row(), bench.ordinary()])
    code, out = tell(path)
    assert (code, out[0]) == (0, "2 rows: 2 good, 0 faulty, 0 in already")
    assert out[1].startswith("Dry run")
    assert not Case.objects.exists()
    assert tell(path, "--apply")[1][-1] == "2 written."
    assert dict(Case.objects.values_list("number", "state"))["浦01-18-0001"] == "closed"


def test_an_unlawful_step_is_told_by_step_and_article(tell: Tell, tmp_path: Path) -> None:
    path, faults = bench.write(tmp_path / "cases.csv", [bench.row(), unlawful()]), tmp_path / "faults.csv"
    code, out = tell(path, "--apply", "--faults", faults)
    assert code == 1
    assert out[0].startswith("第2行 浦01-18-0009 history[")
    assert out[-2:] == ["2 rows: 1 good, 1 faulty, 0 in already", "Nothing was written."]
    with faults.open(encoding="utf-8-sig") as file:
        (fault,) = csv.DictReader(file)
    assert fault["ground"] in out[0]
    assert "§" in fault["ground"]
    assert not Case.objects.exists()


def test_the_lawful_case_comes_in_where_the_other_may_be_skipped(tell: Tell, tmp_path: Path) -> None:
    path = bench.write(tmp_path / "cases.csv", [unlawful(), bench.row()])
    code, out = tell(path, "--apply", "--skip-faulty")
    assert (code, out[-1]) == (1, "1 written.")
    assert Case.objects.get().number == "浦01-18-0001"


def test_parquet_is_taken_as_well_and_a_terminal_sees_of_how_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cases.parquet"
    parquet.write_table(arrow.Table.from_pylist([bench.row()]), path)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["import", "cases", str(path), "--apply"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("1 written.\n")
    assert said.err.split("\r")[-1] == "1 of 1 rows"
