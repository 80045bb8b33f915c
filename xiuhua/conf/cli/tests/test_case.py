"""`xiuhua case`: files are checked, refused with field and ground, and what the bureau exports can be checked again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from xiuhua.cases.checker import seeded
from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.conf.cli import main
from xiuhua.conf.cli.case.papers import measured, schema_text
from xiuhua.kernel.tests.kept import kept

pytestmark = [pytest.mark.processes, pytest.mark.slow]

Tell = Callable[..., tuple[int, str, str]]
LAWFUL = Path(str(seeded.__file__)).parent


@pytest.fixture(scope="module")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, lambda: Bench(years=(2018,)))


@pytest.fixture
def bench(whole_bench: Bench, db: None) -> Iterator[Bench]:
    with whole_bench.as_it_was():
        yield whole_bench


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def run(*args: object) -> tuple[int, str, str]:
        code = main(["case", *map(str, args)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def written(path: Path, data: Any) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def broken() -> dict[str, Any]:
    """The lawful file F2, decided a day before the notice was served."""
    file: dict[str, Any] = json.loads((LAWFUL / "F2.json").read_text(encoding="utf-8"))
    file["notice"]["served_on"] = "2018-09-27"
    return file


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["F1", "F2", "F3"])
def test_a_lawful_file_has_no_finding_also_where_no_law_is_loaded(tell: Tell, name: str) -> None:
    code, out, _ = tell("check", LAWFUL / f"{name}.json", "--json")
    assert (code, json.loads(out)) == (0, {"findings": [], "unread": [], "ignored": []})


@pytest.mark.django_db
def test_a_finding_says_rule_severity_place_message_remedy_article_and_certainty(
    tell: Tell, tmp_path: Path
) -> None:
    _, out, _ = tell("check", written(tmp_path / "f.json", broken()), "--json")
    found = {finding["rule_id"]: finding for finding in json.loads(out)["findings"]}
    assert found["NO02"] == {
        "rule_id": "NO02",
        "severity": "veto",
        "where": "notice.served_on, decision.decided_on",
        "message": "先决定后告知",
        "mend": "撤销后重新告知",
        "message_en": "The decision came before the notice",
        "mend_en": "Revoke and notify again",
        "article": "PPL17 §31; PPL21 §44; PPL21 §62",
        "certainty": "read",
    }
    _, said, _ = tell("check", tmp_path / "f.json")
    assert "veto     NO02  先决定后告知（PPL17 §31; PPL21 §44; PPL21 §62）" in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ('{"case": {"procedure": NaN}}', "NaN is no number of JSON"),
        ([], "应为一个对象"),
        ({}, "case.procedure：必须填写"),
        ({"case": {"procedure": "quick"}}, "case.procedure：应为 ordinary、summary、demolition 之一"),
        (
            {"case": {"procedure": "summary", "closed_on": "2018-02-30"}},
            "case.closed_on：没有“2018-02-30”这一天",
        ),
        ({"case": {"procedure": "summary", "closed_on": 20180228}}, "case.closed_on：应为日期"),
        (
            {"case": {"procedure": "summary"}, "documents": [{"sealed": 1}]},
            "documents[0].sealed：应为 true 或者 false",
        ),
        ({"case": {"procedure": "summary"}, "documents": {}}, "documents：应为列表"),
        (
            {"case": {"procedure": "summary"}, "decision": {"fine": "5000"}},
            "decision.fine：应为数字，不是 '5000'",
        ),
        (
            {"case": {"procedure": "summary"}, "archive": {"index_pages": -1}},
            "archive.index_pages：应为不小于 0",
        ),
        ({"case": {"procedure": "summary"}, "payment": {"items": [3]}}, "payment.items[0]：应为一个对象"),
        ({"case": {"procedure": "summary"}, "party": {"kind": "firm"}}, "party.kind：应为 citizen"),
    ],
)
def test_bad_input_is_refused_with_field_and_ground(tell: Tell, tmp_path: Path, data: Any, said: str) -> None:
    code, out, err = tell("check", written(tmp_path / "f.json", data))
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.django_db
def test_machines_get_the_faults_of_bad_input_as_data(tell: Tell, tmp_path: Path) -> None:
    code, out, _ = tell("check", written(tmp_path / "f.json", {"case": {}}), "--json")
    assert (code, json.loads(out)) == (1, {"faults": [{"field": "case.procedure", "reason": "必须填写"}]})


@pytest.mark.django_db
def test_fields_that_no_rule_knows_are_named_and_left_out(tell: Tell, tmp_path: Path) -> None:
    file = {**broken(), "weather": {"rain": True}}
    file["case"]["closd_on"] = "2018-10-16"
    _, out, _ = tell("check", written(tmp_path / "f.json", file), "--json")
    assert json.loads(out)["ignored"] == ["case.closd_on", "weather"]


def test_a_file_that_is_not_there_and_a_call_without_one_are_refused(tell: Tell, tmp_path: Path) -> None:
    assert tell("check", tmp_path / "none.json")[0] == 1
    assert tell("check") == (
        1,
        "",
        "xiuhua case: FILE.json：请给出一个文件，或者 --case、--all、--unit、--closed-in 之一\n",
    )
    assert tell("export") == (1, "", "xiuhua case: NUMBER：请给出案号\n")


@pytest.mark.django_db
def test_several_files_are_told_one_a_line_also_those_that_are_not_in_form(
    tell: Tell, tmp_path: Path
) -> None:
    paths = [
        LAWFUL / "F1.json",
        written(tmp_path / "a.json", broken()),
        written(tmp_path / "b.json", "{"),
        tmp_path / "c",
    ]
    code, out, err = tell("check", *paths, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (1, "")
    assert [line["file"] for line in lines] == [str(path) for path in paths]
    assert lines[0]["findings"] == []
    assert "NO02" in {finding["rule_id"] for finding in lines[1]["findings"]}
    assert [bool(line.get("faults")) for line in lines] == [False, False, True, True]
    assert tell("check", *paths[:2])[0] == 0


def test_what_the_bureau_exports_is_in_form_and_checks_as_the_case_itself(
    bench: Bench, tell: Tell, tmp_path: Path
) -> None:
    case, _ = bench.roads[2018]
    path = tmp_path / "case.json"
    assert tell("export", case.number, "--out", path)[0] == 0
    _, checked, _ = tell("check", path, "--json")
    _, itself, _ = tell("check", "--case", case.number, "--json")
    assert json.loads(checked) == json.loads(itself)
    assert not [f for f in json.loads(checked)["findings"] if f["severity"] == "veto"]
    assert json.loads(path.read_text(encoding="utf-8"))["case"]["case_no"] == case.number
    assert json.loads(checked)["ignored"] == []


def test_a_case_that_is_not_there_is_refused(bench: Bench, tell: Tell) -> None:
    for what in (("export", "示例无"), ("check", "--case", "示例无")):
        assert tell(*what) == (1, "", "xiuhua case: NUMBER：没有案件“示例无”\n")


def test_sets_of_cases_are_counted_by_rule_and_every_finding_goes_to_csv(
    bench: Bench, tell: Tell, tmp_path: Path
) -> None:
    case, _ = bench.roads[2018]
    path = tmp_path / "findings.csv"
    _, out, _ = tell("check", "--all", "--csv", path, "--json")
    summed = json.loads(out)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert summed["cases"] >= 1
    assert sum(rule["cases"] for rule in summed["rules"]) == len(rows)
    assert {row["case"] for row in rows} <= {case.number}
    assert json.loads(tell("check", "--closed-in", 2018, "--json")[1])["cases"] == 1
    assert json.loads(tell("check", "--closed-in", 1999, "--json")[1])["cases"] == 0
    assert json.loads(tell("check", "--unit", case.handling_unit.code, "--json")[1])["cases"] == 1
    assert "1 cases" in tell("check", "--all")[1]


def test_a_unit_that_is_not_there_and_a_csv_that_cannot_be_written_are_refused(
    bench: Bench, tell: Tell, tmp_path: Path
) -> None:
    assert tell("check", "--unit", "X-9") == (1, "", "xiuhua case: unit：没有单位“X-9”\n")
    code, out, err = tell("check", "--all", "--csv", tmp_path / "none" / "f.csv")
    assert (code, out) == (1, "")
    assert "写不了" in err


def test_the_schema_in_the_papers_is_the_one_of_the_code() -> None:
    lying = (Path(settings.BASE_DIR) / "docs" / "case-file.schema.json").read_text(encoding="utf-8")
    assert lying == schema_text(), "xiuhua case schema > docs/case-file.schema.json"


@pytest.mark.slow
def test_the_page_about_recall_and_precision_is_what_is_measured() -> None:
    lying = (Path(settings.BASE_DIR) / "docs" / "checker.md").read_text(encoding="utf-8")
    assert lying == measured(), "xiuhua case measure > docs/checker.md"
