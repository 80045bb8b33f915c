"""The review centre: cases are given out as they come, never to an investigator, moved with a reason, and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Review
from xiuhua.cases.reviewing import Division, Stage
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    LEGAL,
    O1,
    ORDINARY,
    REVIEWER,
    STATES,
    Bench,
    Went,
    grounds,
    nothing_written,
)
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org import queries as org
from xiuhua.org.models import User
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

SECOND, THIRD = ("case_centre_reviewer", 1), ("case_centre_reviewer", 2)
RETURN = {"returned.codes": ["evidence", "papers"], "reason": "示例：补充照片，更正文书"}
CLOSING = ORDINARY[STATES["close_investigation"] - 1]


def staffed(bench: Bench, *people: tuple[str, int]) -> list[int]:
    """Who holds the post of the centre, by the numbers of the bench."""
    return [bench.person(who).pk for who in (REVIEWER, *people)]


def came(bench: Bench, **base: Any) -> tuple[Case, Review, datetime]:
    """A case that has just come to the centre, and its review."""
    case, at = bench.at_step("recheck_correction", **base)
    at += timedelta(days=1)
    bench.go(case, CLOSING, at)
    return case, Review.objects.get(case=case, ended_at=None), at


def test_a_case_that_comes_to_the_centre_is_given_to_somebody_at_once(bench: Bench) -> None:
    (reviewer,) = staffed(bench)
    _case, review, at = came(bench)
    assert (review.stage, review.round, review.reviewer_id, review.given_at) == (
        "adjudication",
        1,
        reviewer,
        at,
    )


def test_it_goes_to_whoever_has_the_least_to_do(bench: Bench) -> None:
    first, second = staffed(bench, SECOND)
    given = [came(bench)[1].reviewer_id for _ in range(4)]
    assert (given.count(first), given.count(second)) == (2, 2)
    assert given[0] != given[1]


def test_it_never_goes_to_somebody_who_took_part_in_the_investigation(bench: Bench) -> None:
    first, second = staffed(bench, SECOND)
    inspection = {"officer_ids": [str(second)], "on": "2026-05-13"}
    given = {came(bench, inspections=[inspection])[1].reviewer_id for _ in range(3)}
    assert given == {first}


def test_it_stays_open_where_everybody_took_part(bench: Bench) -> None:
    (only,) = staffed(bench)
    _case, review, _at = came(bench, inspections=[{"officer_ids": [str(only)], "on": "2026-05-13"}])
    assert review.reviewer_id is None


def test_whoever_must_stand_aside_gets_nothing(bench: Bench) -> None:
    first, second = staffed(bench, SECOND)
    recusal = {"person_id": str(second), "result": "granted"}
    assert {came(bench, recusals=[recusal])[1].reviewer_id for _ in range(3)} == {first}


def test_the_line_of_the_territory_goes_before_the_load_and_that_of_the_subject_after_a_switch(
    bench: Bench,
) -> None:
    first, second = staffed(bench, SECOND)
    deputy = bench.actor(DEPUTY)
    people = {bench.person(who).pk: bench.person(who) for who in (REVIEWER, SECOND)}
    case, at = bench.at_step("recheck_correction")
    east, group = case.handling_unit.code, case.cause.code[:2]
    actions.set_line(reviewer=people[first], units=[east], groups=[], by=deputy, at=at)
    actions.set_line(reviewer=people[second], units=[], groups=[group], by=deputy, at=at)
    assert [came(bench)[1].reviewer_id for _ in range(2)] == [first, first]
    actions.divide(division="subject", reason="示例：试行条审理", by=deputy, at=at)
    assert queries.division() is Division.SUBJECT
    reviews = [came(bench)[1] for _ in range(2)]
    assert [(r.reviewer_id, r.own_line) for r in reviews] == [(second, True), (second, True)]


def test_another_reviewer_is_told_to_whom_the_case_was_given(bench: Bench) -> None:
    first, second = staffed(bench, SECOND)
    case, review, at = came(bench)
    other = SECOND if review.reviewer_id == first else REVIEWER
    assert "given_to_another" in bench.refused(case, other, "adjudicate", at)
    assert {first, second} >= {review.reviewer_id}
    bench.go(case, Went(REVIEWER if other == SECOND else SECOND, "adjudicate"), at)
    assert case.state == "adjudicated"


def test_a_review_is_moved_with_a_reason_and_the_record_says_so(bench: Bench) -> None:
    staffed(bench)
    case, review, at = came(bench)
    to = bench.person(SECOND)
    by = bench.actor(REVIEWER)
    moved = actions.move_review(review=review, to=to, reason="示例：本人休假", by=by, at=at)
    assert (moved.reviewer_id, moved.own_line) == (to.pk, False)
    assert RecordEntry.objects.latest("pk").verb == "cases.move_review"
    bench.go(case, Went(SECOND, "adjudicate"), at)
    assert case.state == "adjudicated"


@pytest.mark.parametrize("reason", ["", "  短 "])
def test_a_review_is_not_moved_without_a_reason(bench: Bench, reason: str) -> None:
    staffed(bench)
    _case, review, at = came(bench)
    to, by = bench.person(SECOND), bench.actor(REVIEWER)
    with nothing_written(), pytest.raises(Invalid) as caught:
        actions.move_review(review=review, to=to, reason=reason, by=by, at=at)
    assert caught.value.errors.keys() == {"reason"}


def test_a_review_is_not_moved_to_an_investigator_nor_to_somebody_of_another_desk(bench: Bench) -> None:
    staffed(bench)
    legal, second = bench.person(LEGAL), bench.person(SECOND)
    inspection = {"officer_ids": [str(second.pk)], "on": "2026-05-13"}
    _case, review, at = came(bench, inspections=[inspection])
    by = bench.actor(REVIEWER)
    with nothing_written(), pytest.raises(Refused) as refused:
        actions.move_review(review=review, to=second, reason="示例：本人休假", by=by, at=at)
    assert grounds(refused.value.refusals) == {"investigated": "PPL21 §58"}
    with nothing_written(), pytest.raises(Invalid) as invalid:
        actions.move_review(review=review, to=legal, reason="示例：本人休假", by=by, at=at)
    assert invalid.value.errors.keys() == {"to"}


@pytest.mark.parametrize("who", [O1, HEAD, LEGAL])
def test_a_review_is_moved_by_its_desk_and_the_heads_only(bench: Bench, who: tuple[str, int]) -> None:
    staffed(bench)
    case, review, at = came(bench)
    squad = case.handling_unit if who[0] in {"officer", "squad_head"} else None
    to, by = bench.person(SECOND), bench.actor(who, squad)
    with nothing_written(), pytest.raises(Refused):
        actions.move_review(review=review, to=to, reason="示例：本人休假", by=by, at=at)


def test_a_return_ends_the_review_with_its_codes_and_the_case_comes_back_in_a_second_round(
    bench: Bench,
) -> None:
    staffed(bench)
    case, review, at = came(bench)
    bench.go(case, Went(REVIEWER, "return_for_evidence", 0, RETURN), at)
    review.refresh_from_db()
    assert (review.result, review.codes, review.ended_at) == ("returned", "evidence;papers", at)
    bench.go(case, CLOSING, at + timedelta(days=1))
    again = Review.objects.get(case=case, ended_at=None)
    assert (again.stage, again.round) == ("adjudication", 2)
    counted = queries.returned_by_code(bench.actor(DEPUTY), at - timedelta(days=1))
    assert counted == {"evidence": 1, "papers": 1}


def test_a_return_without_a_code_is_named_by_its_field(bench: Bench) -> None:
    staffed(bench)
    case, _review, at = came(bench)
    found = bench.invalid(case, REVIEWER, "return_for_evidence", at, reason="示例：补充照片")
    assert found.keys() == {"returned.codes"}


@pytest.mark.parametrize("number", ["", "示例资格0001"])
def test_what_passes_adjudication_goes_to_a_legal_reviewer_of_whose_first_review_the_law_wants_a_qualification(
    bench: Bench, number: str
) -> None:
    staffed(bench)
    legal = bench.person(LEGAL)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        legal.certificates.update(legal_qualification=number)
        act.entry(on=legal, facts={})
    case, review, at = came(bench)
    bench.go(case, Went(REVIEWER, "adjudicate"), at)
    review.refresh_from_db()
    assert review.result == "passed"
    following = Review.objects.get(case=case, ended_at=None)
    assert following.stage == "legal_review"
    assert following.reviewer_id == (legal.pk if number else None)


def test_where_nobody_holds_the_post_nothing_is_given_out_and_nothing_is_written(bench: Bench) -> None:
    bench.at_step("close_investigation")
    by, at = bench.actor(DEPUTY), AT
    holders = org.holders_of("case_centre_reviewer", bench.bureau.top, at.date())
    User.objects.filter(officer__in=holders).update(is_active=False)
    with nothing_written():
        assert actions.give_out(by=by, at=at) == 0


@pytest.mark.parametrize("who", [O1, REVIEWER, LEGAL])
def test_only_the_heads_say_how_the_work_is_divided(bench: Bench, who: tuple[str, int]) -> None:
    by = bench.actor(who)
    with nothing_written(), pytest.raises(Refused):
        actions.divide(
            division="subject", reason="示例：试行条审理", by=by, at=bench.roads[2026][0].opened_at
        )


@pytest.mark.parametrize(
    ("division", "reason", "field"), [("both", "示例：试行条审理", "division"), ("subject", "", "reason")]
)
def test_a_division_is_one_of_two_and_has_a_reason(
    bench: Bench, division: str, reason: str, field: str
) -> None:
    by = bench.actor(DEPUTY)
    with nothing_written(), pytest.raises(Invalid) as caught:
        actions.divide(division=division, reason=reason, by=by, at=bench.roads[2026][0].opened_at)
    assert caught.value.errors.keys() == {field}


def test_what_came_in_is_read_off_the_steps_of_the_last_year(bench: Bench) -> None:
    case, _review, at = came(bench)
    past = queries.came_in(bench.actor(DEPUTY), Stage.ADJUDICATION, at)
    assert past.until == at.date()
    assert {a.unit for a in past.arrivals} == {case.handling_unit.code}
    assert past.arrivals == sorted(past.arrivals, key=lambda a: a.day)
    assert past.a_day == pytest.approx(len(past.arrivals) / past.working_days)


def test_what_waits_without_a_reviewer_is_given_out_when_a_head_says_so(bench: Bench) -> None:
    (reviewer,) = staffed(bench)
    case, at = bench.at_step("close_investigation")
    assert queries.not_given(bench.actor(DEPUTY)).filter(pk=case.pk).exists()
    assert actions.give_out(by=bench.actor(DEPUTY), at=at) >= 1
    assert Review.objects.get(case=case).reviewer_id == reviewer
    assert not queries.not_given(bench.actor(DEPUTY)).exists()
    assert actions.give_out(by=bench.actor(DEPUTY), at=at) == 0
    by = bench.actor(REVIEWER)
    with nothing_written(), pytest.raises(Refused):
        actions.give_out(by=by, at=at)


def test_nothing_is_given_to_somebody_who_cannot_sign_in(bench: Bench) -> None:
    first, second = staffed(bench, SECOND)
    user = bench.person(SECOND).user
    user.is_active = False
    user.save()
    assert {came(bench)[1].reviewer_id for _ in range(3)} == {first}
    assert second != first
