"""What a row is refused for, field by field and article by article. Nothing here writes a case."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xiuhua.cases.backfill.checking import Faulty, Prepared, check
from xiuhua.cases.backfill.history import _moment
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.tests.backfill.bench import (
    changed,
    ordinary,
    ordinary_history,
    row,
    summary_history,
)
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.rows import kept

TODAY = date(2019, 3, 1)


def faults(cells: dict[str, str], known: Known) -> dict[str, str]:
    """Field → reason of a row that must be refused."""
    found = check(7, cells, known, TODAY)
    assert isinstance(found, Faulty), "the row was taken"
    assert all(fault.row == 7 and fault.number == cells["number"][:40] for fault in found.faults)
    said: dict[str, str] = {}
    for fault in found.faults:
        said[fault.field] = f"{said.get(fault.field, '')} {fault.reason} {fault.ground}".strip()
    return said


def test_a_lawful_row_becomes_a_case_with_its_days_money_and_papers(known: Known) -> None:
    found = check(1, row(), known, TODAY)
    assert isinstance(found, Prepared)
    assert len(found.steps) == 9
    assert [d[1][0] for d in found.documents] == ["on_spot_decision", "fine_receipt", "archive_index"]
    assert {n.number for n in found.numbers} == {"浦01-18-0001", "1181501001"}
    assert found.entry["state"] == "closed"


def test_an_unfinished_history_is_taken_as_far_as_it_goes(known: Known) -> None:
    found = check(1, ordinary(), known, TODAY)
    assert isinstance(found, Prepared)
    assert found.entry["state"] == "investigating"


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"number": ""}, "number", "不能为空"),
        ({"number": "X" * 41}, "number", "最长40字"),
        ({"procedure": "quick"}, "procedure", "应为 summary"),
        ({"procedure": "demolition"}, "procedure", "拆违案件不随历史案件导入"),
        ({"unit": "Q"}, "unit", "没有代码为“Q”的办案单位"),
        ({"cause": "XX99"}, "cause", "没有代码为“XX99”的案由"),
        ({"area": "A9"}, "area", "没有代码为“A9”的区域"),
        ({"found_on": "16.5.2018"}, "found_on", "不是日期"),
        ({"found_on": "2018-02-30"}, "found_on", "不是日期"),
        ({"found_on": "2019-03-02"}, "found_on", "晚于今天"),
        ({"occurred_on": "2018-05-17"}, "occurred_on", "晚于发现日期"),
        ({"lon": "31.2", "lat": "121.5"}, "lat", "经度在前"),
        ({"lon": "east"}, "lon", "不是坐标"),
        ({"lon": ""}, "lon", "同时填写"),
        ({"officers": "A1;A9"}, "officers", "没有工号为“A9”"),
        ({"party_kind": "robot"}, "party_kind", "应为"),
        ({"party_id_no": "990001198003020019"}, "party_id_no", "校验码不符"),
        ({"party_id_no": "990001198013020018"}, "party_id_no", "出生日期"),
        ({"party_name": ""}, "party_name", "不能为空"),
        ({"party_operator": "李示例"}, "party_operator", "公民没有“经营者”一项"),
        ({"history": "{"}, "history", "不是 JSON"),
        ({"history": "[]"}, "history", "steps"),
        ({"history": '{"steps":[]}'}, "history", "至少一个步骤"),
        ({"history": '{"steps":[7]}'}, "history[1]", "JSON 对象"),
        ({"history": '{"steps":[{"facts":{"a":NaN}}]}'}, "history", "不是 JSON"),
        ({"history": '{"steps":["\\u0000"]}'}, "history", "空字符"),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(
    known: Known, cells: dict[str, str], field: str, said: str
) -> None:
    assert said in faults({**row(), **cells}, known)[field]


def test_the_check_digit_of_a_credit_code_is_checked(known: Known) -> None:
    cells = row(
        party_kind="organisation",
        party_id_kind="",
        party_id_no="",
        party_name="示例渣土运输有限公司",
        party_credit_code="91999999MA00000000",
    )
    assert "校验码不符" in faults(cells, known)["party_credit_code"]


def test_a_unit_without_authority_for_the_cause_on_that_day_is_refused_with_the_article(
    known: Known,
) -> None:
    said = faults(row(found_on="2012-07-14", occurred_on="2012-07-14"), known)["unit"]
    assert "无权查处" in said
    assert said.endswith("SHUM §11")


# Procedure, step, fact, value; the step that stops, its sentence, the article of the day.
Illegal = tuple[str, int, str, Any, str, str, str]
ILLEGAL: list[Illegal] = [
    ("summary", 3, "facts.notice.planned_fine", 60, "tell_facts_and_rights", "超过简易程序限额", "PPL17 §33"),
    ("summary", 5, "facts.decision.fine", 60, "decide_on_spot", "加重处罚", "PPL17 §32"),
    ("summary", 5, "facts.decision.signed_by", ["staff:A1"], "decide_on_spot", "签名", "PPL17 §34"),
    ("summary", 2, "facts.inspections.0.certificate_shown", False, "show_certificate", "未出示", "PPL17"),
    (
        "summary",
        6,
        "facts.decision.delivered_on",
        "2018-05-17",
        "hand_over_on_spot",
        "未当场交付",
        "PPL17 §34",
    ),
    ("summary", 8, "facts.payment.items.0.amount", 40, "pay_at_bank", "款项未缴清", "PPL17 §46"),
    ("ordinary", 1, "facts.inspections.0.officer_ids", ["staff:A1"], "check_lead", "不足两人", "PPL17 §37"),
    ("ordinary", 3, "by", "staff:A1", "approve_filing", "提请人不得审批", ""),
    ("ordinary", 2, "move", "decide_penalty", "decide_penalty", "案件现处于", "PPL17 §38"),
    ("ordinary", 2, "move", "fly_away", "fly_away", "没有“fly_away”这一步", "PPL17 §36"),
    ("ordinary", 2, "role", "squad_head", "propose_filing", "应由", "PPL17 §36"),
]


@pytest.mark.parametrize("case", ILLEGAL, ids=lambda case: f"{case[4]}-{case[5]}")
def test_an_illegal_move_is_refused_with_row_step_and_article(known: Known, case: Illegal) -> None:
    procedure, step, fact, value, move, sentence, article = case
    history = summary_history() if procedure == "summary" else ordinary_history()
    spoiled = changed(history, step, fact, value)
    found = faults(row(spoiled) if procedure == "summary" else ordinary(spoiled), known)
    said = found[f"history[{step}].{move}"]
    assert sentence in said
    assert article in said


def test_an_act_outside_the_area_of_the_unit_is_refused(known: Known) -> None:
    said = faults(row(area="A2"), known)["history[1].arrive_on_scene"]
    assert "不在本机关辖区" in said


def test_a_town_squad_cannot_let_the_bureau_decide(known: Known) -> None:
    """The authority comes from the matrix of the day, whatever a file says."""
    said = json.loads(ordinary()["history"])
    said["base"]["case"]["authority_kind"] = "district_bureau"
    assert "以本行各列为准" in faults(ordinary(said, unit="T"), known)["history"]


@pytest.mark.parametrize("block", ["cause", "party", "officers"])
def test_a_history_cannot_bring_its_own_law_or_people(known: Known, block: str) -> None:
    said = ordinary_history()
    said["base"][block] = {"floor": 0}
    assert f"base 中不应有 {block}" in faults(ordinary(said), known)["history"]


@pytest.mark.parametrize(
    "case",
    [
        (2, "at", "2018-05-17", "history[2].propose_filing", "应写作 YYYY-MM-DDTHH:MM"),
        (2, "at", "2018-13-17T09:00", "history[2].propose_filing", "没有“2018-13-17T09:00”"),
        (2, "at", "2018-05-15T09:00", "history[2].propose_filing", "早于上一步骤"),
        (2, "by", "", "history[2].propose_filing", "未写明行为人"),
        (2, "by", "somebody", "history[2].propose_filing", "应写作 staff:工号"),
        (2, "by", "staff:Q9", "history", "没有工号为Q9的人员"),
        (2, "facts", [], "history[2].propose_filing", "facts 应为 JSON 对象"),
        (2, "role", 5, "history[2].propose_filing", "move 和 role"),
        (4, "at", "2019-03-02T09:00", "history[4].assign_officers", "晚于今天"),
        (2, "facts.documents.0.kind", "penalty_decision", "history[2].propose_filing", "不产生文书"),
        (2, "facts.documents.0.issued_on", "2018-06-01", "history[2].propose_filing", "晚于该步骤"),
        (2, "facts.filing.proposed_on", "17 May", "history[2].propose_filing", "日期格式不对"),
    ],
)
def test_a_step_out_of_form_is_refused(known: Known, case: tuple[int, str, Any, str, str]) -> None:
    step, fact, value, field, said = case
    spoiled = changed(ordinary_history(), step, fact, value)
    assert said in faults(ordinary(spoiled), known)[field]


def test_one_number_on_two_papers_is_refused(known: Known) -> None:
    said = summary_history()
    said["steps"][7]["facts"]["documents"][0] |= {"kind": "fine_receipt", "number": "1181501001"}
    said["steps"][4]["facts"]["documents"].append(
        {"kind": "on_spot_decision", "issued_on": "2018-05-16", "number": "1181501001"}
    )
    assert "同一文号" in faults(row(said), known)["history"]


def test_the_law_is_that_of_the_day_of_the_act(known: Known) -> None:
    """In 2018 a citizen's fine on the spot ends at 50 yuan, whatever the newest text says."""
    said = faults(row(summary_history(fine=200)), known)
    assert "PPL17 §33" in said["history[3].tell_facts_and_rights"]


def test_a_history_in_another_shape_of_json_says_the_same(known: Known) -> None:
    """Facts are cut out of compact text; with blanks or another order of keys they are read in the usual way."""
    said = summary_history()
    compact = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    shuffled = {
        "steps": [dict(reversed(list(step.items()))) for step in said["steps"]],
        "base": said["base"],
    }
    others = (json.dumps(said, indent=1), json.dumps(shuffled), compact.replace("]}", "] }"))
    first, *rest = (check(1, {**row(), "history": text}, known, TODAY) for text in (compact, *others))
    assert isinstance(first, Prepared)
    for other in rest:
        assert isinstance(other, Prepared)
        assert [s[:-1] for s in other.steps] == [s[:-1] for s in first.steps]
        assert [json.loads(s[-1]) for s in other.steps] == [json.loads(s[-1]) for s in first.steps]


@pytest.mark.parametrize(
    "spoiled",
    [
        '{"base":',
        '{"base":{},"steps":[',
        '{"base":{},"steps":[{"move":"x"',
        '{"base":{},"steps":[{"move":"a","at":"b","by":"c","role":"d","facts":{}}',
        '{"base":{},"steps":[{"move":"a","at":"b","by":"c","role":"d","facts":{}}],"x":}',
    ],
)
def test_half_a_history_is_no_json(known: Known, spoiled: str) -> None:
    assert "不是 JSON" in faults({**row(), "history": spoiled}, known)["history"]


@given(st.datetimes(*map(datetime.fromisoformat, ("1980-01-01", "2030-01-01"))))
def test_moments_of_a_history_are_kept_as_all_others(there: datetime) -> None:
    at = there.strftime("%Y-%m-%dT%H:%M")
    moment = there.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
    # An hour that the clocks jumped over in summer 1986 to 1991 stands on no clock.
    assume(moment.astimezone(UTC).astimezone(SHANGHAI) == moment and moment.fold == 0)
    assert _moment(at) == (there.date(), kept(moment))
