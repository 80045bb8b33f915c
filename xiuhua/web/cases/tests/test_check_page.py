"""The file check on pages: who sees it, what it says in both languages, and that reviewers are told in time."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.checker.findings import Finding, Result
from xiuhua.cases.models import Case
from xiuhua.cases.queries import checking
from xiuhua.cases.tests.bench.bench import DEPUTY, LEGAL, O1, REVIEWER, Bench
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.record import act as record_act
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases import findings
from xiuhua.web.cases.tests.conftest import browser

VETO, ERROR, MEMORY, NO_ARTICLE = "OF01", "SE05", "EV25", "AR03"


def found(*ids: str, day: str = "2018-09-26") -> Result:
    rules = {rule.id: rule for rule in checking.file_rules()}
    return Result(tuple(Finding(rules[i], ("services[1]", "notice.served_on"), day) for i in ids))


def broken(case: Case) -> Case:
    """The case, its first inspection carried out by one officer only."""
    step = case.steps.filter(move="check_lead").get()
    facts = {
        **step.facts,
        "inspections": [{**row, "officer_ids": row["officer_ids"][:1]} for row in step.facts["inspections"]],
    }
    with record_act("示例", by=SYSTEM, at=AT) as act:
        step.facts = facts
        step.save()
        act.entry(on=case, facts={})
    return case


def test_the_check_of_a_case_is_seen_by_those_who_see_the_case(bench: Bench) -> None:
    case = bench.open()
    assert browser(bench, O1).get(f"/cases/{case.pk}/check/").status_code == 200
    assert browser(bench, O1, bench.bureau.west).get(f"/cases/{case.pk}/check/").status_code == 404
    assert browser(bench, ("auditor", 0)).get(f"/cases/{case.pk}/check/").status_code == 409


def test_a_file_without_findings_says_so(bench: Bench) -> None:
    case = bench.open()
    client = browser(bench, O1)
    for path in ("", "check/"):
        page = client.get(f"/cases/{case.pk}/{path}")
        assert page.context["checked"].count == 0
        assert "没有发现问题" in page.content.decode()


def test_findings_stand_by_severity_with_place_remedy_and_article(bench: Bench) -> None:
    case, _ = bench.at_step("check_lead")
    broken(case)
    page = browser(bench, O1).get(f"/cases/{case.pk}/check/")
    groups = page.context["checked"].groups
    assert groups[0].severity == "veto"
    veto = groups[0].rows[0]
    assert (veto.rule, veto.places) == ("OF01", ("检查笔录第1条",))
    text = page.content.decode()
    for said in (
        "有执法活动的执法人员少于两人",
        "该活动取得的证据不得使用，重新调查",
        "行政处罚法第四十二条",
    ):
        assert said in text
    assert "有执法活动的执法人员少于两人" in browser(bench, O1).get(f"/cases/{case.pk}/").content.decode()


def test_in_english_the_check_is_english(bench: Bench) -> None:
    case, _ = bench.at_step("check_lead")
    client = browser(bench, O1)
    client.cookies["django_language"] = "en"
    text = client.get(f"/cases/{broken(case).pk}/check/").content.decode()
    for said in (
        "Veto",
        "Inspection record, no. 1",
        "fewer than two officers",
        "investigate again",
        "art. 42",
    ):
        assert said in text
    assert "执法人员少于两人" not in text


@pytest.mark.parametrize(
    ("who", "before", "move"),
    [
        (REVIEWER, "close_investigation", "adjudicate"),
        (LEGAL, "adjudicate", "pass_legal_review"),
        (DEPUTY, "waive_defence", "decide_penalty"),
    ],
)
def test_who_reviews_or_decides_reads_the_vetoes_before_submitting(
    bench: Bench, who: Any, before: str, move: str
) -> None:
    case, at = bench.at_step(before)
    broken(case)
    with clock.held_at(at):
        page = browser(bench, who).get(f"/cases/{case.pk}/do/{move}/")
    text = page.content.decode()
    assert "案卷自检发现足以推翻决定的问题" in text
    assert "有执法活动的执法人员少于两人" in text
    assert f"/cases/{case.pk}/check/" in text
    assert all(row.message in text for group in page.context["checked"].groups for row in group.rows)


def test_a_veto_does_not_stop_the_move_by_itself(bench: Bench) -> None:
    case, at = bench.at_step("adjudicate")
    broken(case)
    with clock.held_at(at):
        client = browser(bench, LEGAL)
        client.post(f"/cases/{case.pk}/do/pass_legal_review/", {"legal_review.first_time_reviewer": "no"})
    case.refresh_from_db()
    assert case.state == "legal_review_passed"


def test_other_steps_are_not_told_of_the_check(bench: Bench) -> None:
    case, at = bench.at_step("check_lead")
    with clock.held_at(at):
        page = browser(bench, O1).get(f"/cases/{broken(case).pk}/do/propose_filing/")
    assert page.context["checked"] is None


def test_only_acts_in_force_on_the_day_of_the_file_are_cited(bench: Bench) -> None:
    old, new = findings.shown(found(VETO)), findings.shown(found(VETO, day="2023-05-18"))
    assert old.groups[0].rows[0].article == "PPL17 §37; SHUM §16"
    assert new.groups[0].rows[0].article == "PPL21 §42; SHUM §16"
    assert findings.shown(found(VETO, day="")).groups[0].rows[0].article == "PPL17 §37; PPL21 §42; SHUM §16"


def test_places_are_said_in_words_and_what_is_from_memory_is_marked(bench: Bench) -> None:
    shown = findings.shown(found(ERROR, MEMORY, NO_ARTICLE, VETO))
    assert [group.severity for group in shown.groups] == ["veto", "error"]
    rows = {row.rule: row for group in shown.groups for row in group.rows}
    assert rows[ERROR].places == ("送达记录第2条", "告知书送达日期")
    assert {rule for rule, row in rows.items() if row.is_remembered} == {MEMORY, NO_ARTICLE}
    assert (shown.count, shown.others, len(shown.first)) == (4, 3, 3)
