"""Words of a like case beside the form of a step."""

from __future__ import annotations

from datetime import datetime

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser


def closed_and_open(bench: Bench) -> tuple[Case, Case, datetime]:
    closed, at = bench.at_step("archive_case")
    case, _ = bench.at_step("assign_officers")
    return closed, case, at


def test_closed_cases_of_the_unit_for_the_same_cause_are_offered_where_words_are_written(
    bench: Bench,
) -> None:
    closed, case, at = closed_and_open(bench)
    with clock.held_at(at):
        client = browser(bench, O1)
        page = client.get(f"/cases/{case.pk}/do/order_correction/").content.decode()
        none = client.get(f"/cases/{case.pk}/do/withdraw_case/").content.decode()
    assert f"/cases/{case.pk}/do/order_correction/like/{closed.pk}/" in page
    assert "从同类已结案件带入文字" not in none


def test_its_words_come_without_people_and_say_where_they_are_from(bench: Bench) -> None:
    closed, case, at = closed_and_open(bench)
    with clock.held_at(at):
        said = (
            browser(bench, O1).get(f"/cases/{case.pk}/do/order_correction/like/{closed.pk}/").content.decode()
        )
    assert "立即开启" in said
    assert f"抄自{closed.number}" in said
    assert closed.party_name not in said
    assert 'data-fill="f-correction-requirement"' in said


def test_open_cases_other_causes_and_cases_of_others_lend_nothing(bench: Bench) -> None:
    closed, case, at = closed_and_open(bench)
    still_open, _ = bench.at_step("serve_decision")
    with clock.held_at(at):
        client = browser(bench, O1)
        address = f"/cases/{case.pk}/do/order_correction/like"
        assert client.get(f"{address}/{still_open.pk}/").status_code == 404
        assert client.get(f"{address}/{case.pk}/").status_code == 404
        assert client.get(f"/cases/{case.pk}/do/no_such_move/like/{closed.pk}/").status_code == 404
        other = browser(bench, O1, bench.bureau.west)
        assert other.get(f"{address}/{closed.pk}/").status_code == 404


def test_a_step_that_the_like_case_never_made_lends_nothing_and_says_so(bench: Bench) -> None:
    closed, case, at = closed_and_open(bench)
    with clock.held_at(at):
        said = browser(bench, O1).get(f"/cases/{case.pk}/do/take_samples/like/{closed.pk}/").content.decode()
    assert "没有可以抄的文字" in said
