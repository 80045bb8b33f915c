"""`xiuhua reference diff` and `load` name the open cases that a change of the law touches."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from xiuhua.cases.actions.reference import CAUSES, PARAMETERS
from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.conf import law_changes
from xiuhua.conf.cli import main, reference
from xiuhua.conf.cli.tests.test_reference import spoil
from xiuhua.kernel import clock
from xiuhua.kernel.tests.kept import kept
from xiuhua.org.actions.reference import ACTS, difference
from xiuhua.registers.tests.bureau import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLD = "HB01,2018-10-26,,"
NEW = "HB01,2026-06-01,,"


@pytest.fixture(scope="module")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, lambda: Bench(()))


@pytest.fixture
def case(whole_bench: Bench, db: None) -> Iterator[Case]:
    with whole_bench.as_it_was(), clock.held_at(AT):
        yield whole_bench.open()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The law alone, to be spoilt; everything else is not read."""
    monkeypatch.setattr(reference, "SHEETS", (ACTS, CAUSES, PARAMETERS))
    monkeypatch.setattr(reference, "check_all", lambda tables: [])
    monkeypatch.setattr(reference, "lay_out_areas", lambda tables, by, at: None)
    copy = tmp_path / "reference"
    copy.mkdir()
    for file in settings.REFERENCE_DIR.glob("*.csv"):
        shutil.copy(file, copy)
    return copy


def told(folder: Path, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main(["reference", *args, "--folder", str(folder)]) == 0
    return capsys.readouterr().out


def amend(folder: Path, floor: str) -> None:
    """HB01 gets another floor from June 2026 on."""
    path = folder / "causes.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    row = next(r for r in rows if r.startswith(OLD))
    later = row.replace(OLD, NEW, 1).replace(",5000,50000,", f",{floor},50000,", 1)
    assert later.count(f",{floor},50000,") == 1
    rows[rows.index(row)] = row.replace(OLD, "HB01,2018-10-26,2026-05-31,", 1) + later
    path.write_text("".join(rows), encoding="utf-8")


def test_a_diff_names_the_open_case_that_a_lighter_text_would_touch_and_a_load_the_one_it_did(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amend(folder, "1000")
    for act in ("diff", "load"):
        out = told(folder, capsys, act)
        assert "open cases touched: 1\n" in out
        assert "  HB01 2026-06-01 " in out
        assert "(PPL21 §37)" in out
        assert f"    lighter: 1: {case.number}\n" in out
    assert "open cases touched" not in told(folder, capsys, "diff")


def test_a_heavier_text_touches_no_open_case(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amend(folder, "9000")
    assert "open cases touched: 0\n" in told(folder, capsys, "diff")


def test_a_new_period_is_told_to_machines(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(
        folder, "parameters.csv", "hearing_request_days,5,working_day", "hearing_request_days,6,working_day"
    )
    (found,) = json.loads(told(folder, capsys, "diff", "--json"))["open_cases_touched"]
    assert (found["key"], found["before"], found["after"]) == (
        "hearing_request_days",
        "5 working_day",
        "6 working_day",
    )
    assert found["cases"] == {"steps": [case.number]}
    assert found["ground"].startswith("PPL21 §64")


def test_words_and_sources_touch_nobody(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, "parameters.csv", "要求听证期限", "申请听证的期限")
    out = told(folder, capsys, "diff")
    assert "1 changed" in out
    assert "open cases touched" not in out


def test_many_cases_are_counted_and_the_first_named(case: Case, folder: Path) -> None:
    amend(folder, "1000")
    tables = reference.read_all(folder)
    found = {CAUSES.file: difference(CAUSES, tables[CAUSES.file], tables)}
    (one,) = law_changes.open_cases(found, tables, clock.today()) or []
    many = replace(one, cases=[*one.cases] * 23)
    assert list(law_changes.lines([many]))[-1].endswith(" and 3 more")
