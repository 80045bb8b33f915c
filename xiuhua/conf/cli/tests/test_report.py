"""`xiuhua report`: figures as words, JSON and CSV, with their definitions and their parts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.cases.models import Cause
from xiuhua.conf.cli import main
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.tests.kept import kept
from xiuhua.registers.tests.bureau import AT, built
from xiuhua.reports import queries
from xiuhua.reports.tests.test_values import CLOSED, closed_case, head_count

Tell = Callable[..., str]


def lay_out() -> None:
    """Four cases closed in 2018, two of each procedure, and eight people who bear cases."""
    bureau = built()
    with record.act("示例", by=SYSTEM, at=AT) as act:
        cause = Cause(
            code="SR11", name="示例案由", name_en="Sample", group="SR", source="示例", certainty="read"
        )
        cause.save()
        for day, procedure, where in CLOSED:
            closed_case(bureau, cause, day, procedure, where)
        act.entry(on=cause, facts={})
    head_count(8)


@pytest.fixture(scope="module")
def whole_year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield from kept(django_db_blocker, lay_out)


@pytest.fixture(autouse=True)
def year(whole_year: None, db: None) -> None:
    """The year 2018, in the transaction of one test."""


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def run(*args: str) -> str:
        assert main(["report", *args, "--year", "2018"]) == 0
        return capsys.readouterr().out

    return run


def test_a_figure_is_told_with_its_value_and_definition_in_both_languages(tell: Tell) -> None:
    figure = queries.FIGURES["J01"]
    assert tell("J01").splitlines() == [
        "J01 办结案件 Cases closed: 4 件",
        f"   {figure.definition}",
        f"   {figure.definition_en}",
    ]


def test_a_ratio_is_told_with_what_it_was_divided_by(tell: Tell) -> None:
    lines = tell("J02").splitlines()
    assert lines[0].startswith("J02 人均办案数 Cases closed per head: 0.5 ")
    assert lines[3].startswith("   = 4 / 8 ")
    assert lines[3].endswith("(示例)")


def test_a_ratio_without_a_head_count_is_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "J02", "--year", "2016"]) == 0
    assert "Cases closed per head: — " in capsys.readouterr().out


def test_the_parts_by_unit_are_told_most_first(tell: Tell) -> None:
    assert [line.split() for line in tell("J01", "--by", "unit").splitlines()[3:]] == [
        ["SE", "2"],
        ["ST", "1"],
        ["SW", "1"],
    ]


def test_the_parts_by_month_are_twelve(tell: Tell) -> None:
    parts = [line.split() for line in tell("J01", "--by", "month").splitlines()[3:]]
    assert [name for name, _ in parts] == [f"{month}月" for month in range(1, 13)]
    assert {name: rows for name, rows in parts if rows != "0"} == {"1月": "1", "5月": "1", "12月": "2"}


def test_all_figures_are_told_one_after_another(tell: Tell) -> None:
    told = [line.split()[0] for line in tell("all").splitlines() if not line.startswith("   ")]
    assert told == list(queries.FIGURES)


def test_json_has_value_definition_period_and_parts(tell: Tell) -> None:
    one, other = json.loads(tell("J01", "--json")), json.loads(tell("all", "--json"))
    (figure,) = one
    assert (figure["id"], figure["value"], figure["rows"]) == ("J01", 4, 4)
    assert figure["period"] == {"from": "2018-01-01", "to": "2018-12-31", "basis": "closed_on"}
    assert sum(part["rows"] for part in figure["by_month"]) == 4
    assert other[0] == figure
    assert len(other) == len(queries.FIGURES)


def test_csv_has_a_line_for_the_whole_and_one_for_each_part(tell: Tell) -> None:
    rows = list(csv.DictReader(io.StringIO(tell("J01", "--csv", "--by", "unit"))))
    assert [(row["part"], row["name"], row["rows"]) for row in rows] == [
        ("all", "办结案件", "4"),
        ("unit", "SE", "2"),
        ("unit", "ST", "1"),
        ("unit", "SW", "1"),
    ]
    whole = list(csv.DictReader(io.StringIO(tell("J02", "--csv"))))
    assert [(row["figure"], row["value"], row["rows"]) for row in whole] == [("J02", "0.5", "4")]


def test_an_unknown_figure_is_refused_with_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "J99"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "没有 J99，有 J01、J02" in said.err


def test_json_and_csv_at_once_are_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", "J01", "--json", "--csv"])
    assert ended.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
