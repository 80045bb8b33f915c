"""Sessions on hard cases: who calls them, who sits in them, and that they are advice and no decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, figures, queries
from xiuhua.cases.models import Case, HardSession, SessionItem
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    LEGAL,
    O1,
    O2,
    REVIEWER,
    Bench,
    Who,
    grounds,
    nothing_written,
)
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

Held = tuple[Case, datetime, HardSession]
QUESTION = "示例：设施停用期间是否计入违法时间"


def called(bench: Bench, case: Case, at: datetime, who: Who = LEGAL, **more: Any) -> HardSession:
    said: dict[str, Any] = {
        "held_on": at.date(),
        "place": "示例会议室",
        "chair": bench.person(LEGAL),
        "participants": [bench.person(REVIEWER), bench.person(O1, case.handling_unit)],
        "agenda": [actions.Agenda(case, QUESTION)],
    }
    return actions.convene(**said | more, by=bench.actor(who, at=at), at=at)


def held(bench: Bench, last: str = "recheck_correction", **base: Any) -> Held:
    case, at = bench.at_step(last, **base)
    return case, at, called(bench, case, at)


def signed(bench: Bench, found: Held) -> HardSession:
    case, at, session = found
    item = SessionItem.objects.get(session=session)
    by = bench.actor(O1, case.handling_unit)
    actions.say_opinion(item=item, text="示例：应当计入", by=by, at=at)
    return actions.sign_minutes(
        session=session,
        conclusions={item.pk: "示例：计入，按停用日数说明"},
        minutes="示例：与会人员一致认为应当计入。",
        by=bench.actor(LEGAL),
        at=at,
    )


def test_a_session_has_its_cases_questions_and_people_and_the_record_of_the_case_says_so(
    bench: Bench,
) -> None:
    case, _at, session = held(bench)
    assert session.seats.count() == 3
    assert [i.question for i in session.items.all()] == [QUESTION]
    entry = RecordEntry.objects.latest("pk")
    assert (entry.verb, entry.subject) == ("cases.convene_session", f"cases.case:{case.pk}")


@pytest.mark.parametrize("who", [O1, HEAD, ("statistics_clerk", 0)])
def test_sessions_are_called_by_reviewers_and_heads_only(bench: Bench, who: Who) -> None:
    case, at = bench.at_step("recheck_correction")
    for one in (LEGAL, REVIEWER):
        bench.person(one)
    squad = case.handling_unit if who in (O1, HEAD) else None
    by = bench.actor(who, squad)
    chair, sits = bench.person(LEGAL), [bench.person(REVIEWER)]
    with nothing_written(), pytest.raises(Refused):
        actions.convene(
            held_on=at.date(),
            place="示例会议室",
            chair=chair,
            participants=sits,
            agenda=[actions.Agenda(case, QUESTION)],
            by=by,
            at=at,
        )


def test_no_session_is_held_on_a_case_that_the_caller_does_not_see(bench: Bench) -> None:
    at = bench.roads[2026][0].opened_at
    case = bench.open(at, unit=bench.bureau.town)
    bench.actor(LEGAL)
    people = [bench.person(REVIEWER)]
    with nothing_written(), pytest.raises(Refused) as caught:
        called(bench, case, at, participants=people)
    assert grounds(caught.value.refusals).keys() == {"not_seen"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"place": " "}, "place"),
        ({"participants": []}, "participants"),
        ({"agenda": []}, "cases"),
    ],
)
def test_a_session_without_place_people_or_cases_is_named_by_its_field(
    bench: Bench, more: dict[str, Any], field: str
) -> None:
    case, at = bench.at_step("recheck_correction")
    for one in (LEGAL, REVIEWER):
        bench.person(one)
    with nothing_written(), pytest.raises(Invalid) as caught:
        called(bench, case, at, **more)
    assert caught.value.errors.keys() == {field}


@pytest.mark.parametrize(
    ("times", "question", "field"), [(2, QUESTION, "cases"), (1, "短", "question")], ids=str
)
def test_a_case_stands_once_on_the_agenda_and_with_a_question(
    bench: Bench, times: int, question: str, field: str
) -> None:
    case, at = bench.at_step("recheck_correction")
    for one in (LEGAL, REVIEWER):
        bench.person(one)
    with nothing_written(), pytest.raises(Invalid) as caught:
        called(bench, case, at, agenda=[actions.Agenda(case, question)] * times)
    assert caught.value.errors.keys() == {field}


@pytest.mark.parametrize("how", ["declared", "granted"])
def test_who_must_stand_aside_takes_no_part(bench: Bench, how: str) -> None:
    reviewer = bench.person(REVIEWER)
    base: dict[str, Any] = {"recusals": [{"person_id": str(reviewer.pk), "result": "granted"}]}
    if how == "declared":
        base = {"officers": [{"id": str(reviewer.pk), "name": "示例", "interest_declared": True}]}
    case, at = bench.at_step("recheck_correction", **base)
    bench.person(LEGAL)
    people = [reviewer, bench.person(O1, case.handling_unit)]
    with nothing_written(), pytest.raises(Refused) as caught:
        called(bench, case, at, participants=people)
    assert grounds(caught.value.refusals) == {"stands_aside": "PPL21 §43"}


def test_a_recusal_that_was_refused_bars_nobody(bench: Bench) -> None:
    reviewer = bench.person(REVIEWER)
    case, at = bench.at_step("recheck_correction", recusals=[{"person_id": str(reviewer.pk), "result": "no"}])
    assert called(bench, case, at).seats.filter(officer=reviewer).exists()


def test_who_investigated_does_not_chair(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    bench.actor(LEGAL)
    chair, people = bench.person(O1, case.handling_unit), [bench.person(REVIEWER)]
    with nothing_written(), pytest.raises(Refused) as caught:
        called(bench, case, at, chair=chair, participants=people)
    assert grounds(caught.value.refusals).keys() == {"chair_investigated"}


def test_only_who_sits_in_it_says_an_opinion_and_the_later_words_stand(bench: Bench) -> None:
    case, at, session = held(bench)
    item = SessionItem.objects.get(session=session)
    by = bench.actor(REVIEWER)
    for text in ("示例：先说这个", "示例：后说这个"):
        actions.say_opinion(item=item, text=text, by=by, at=at)
    assert [o.text for o in item.opinions.all()] == ["示例：后说这个"]
    stranger = bench.actor(O2, case.handling_unit)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.say_opinion(item=item, text="示例：我也说一句", by=stranger, at=at)
    assert grounds(caught.value.refusals).keys() == {"no_seat"}
    with nothing_written(), pytest.raises(Invalid):
        actions.say_opinion(item=item, text="短", by=by, at=at)


def test_what_was_signed_stays_as_written(bench: Bench) -> None:
    found = held(bench)
    case, at, _ = found
    session = signed(bench, found)
    item = SessionItem.objects.get(session=session)
    assert item.conclusion.startswith("示例：计入")
    assert len(session.minutes_hash) == 64
    by, chair = bench.actor(REVIEWER), bench.actor(LEGAL)
    later = at + timedelta(days=1)
    with nothing_written(), pytest.raises(Refused):
        actions.say_opinion(item=item, text="示例：还有一句", by=by, at=later)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.sign_minutes(
            session=session, conclusions={item.pk: "示例：改成不计"}, minutes="示例：改写", by=chair, at=later
        )
    assert grounds(caught.value.refusals).keys() == {"minutes_signed"}
    assert case.state == Case.objects.get(pk=case.pk).state


def test_minutes_are_signed_by_the_chair_only(bench: Bench) -> None:
    _case, at, session = held(bench)
    item = SessionItem.objects.get(session=session)
    actions.say_opinion(item=item, text="示例：应当计入", by=bench.actor(REVIEWER), at=at)
    by = bench.actor(DEPUTY)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.sign_minutes(
            session=session, conclusions={item.pk: "示例：计入违法时间"}, minutes="示例：纪要", by=by, at=at
        )
    assert grounds(caught.value.refusals).keys() == {"not_chair"}


def test_minutes_without_opinion_or_conclusion_are_not_signed(bench: Bench) -> None:
    _case, at, session = held(bench)
    item = SessionItem.objects.get(session=session)
    by, field = bench.actor(LEGAL), f"conclusion-{item.pk}"
    for conclusion, minutes, fields in (
        ("示例：计入违法时间", "示例：会商纪要", {field}),
        ("", "", {field, "minutes"}),
    ):
        with nothing_written(), pytest.raises(Invalid) as caught:
            actions.sign_minutes(
                session=session, conclusions={item.pk: conclusion}, minutes=minutes, by=by, at=at
            )
        assert caught.value.errors.keys() == fields


def test_a_session_is_no_collective_discussion_a_grave_case_still_needs_one(bench: Bench) -> None:
    found = held(bench, "waive_defence")
    signed(bench, found)
    case, at, _ = found
    with record.act("示例", by=SYSTEM, at=AT) as act:
        closing = case.steps.get(move="close_investigation")
        closing.facts["case"]["complex_or_major"] = True
        closing.save()
        act.entry(on=case, facts={})
    refused = bench.refused(case, DEPUTY, "decide_penalty", at)
    assert "discussion_not_required" in refused


def test_who_sees_no_case_of_a_session_and_did_not_sit_in_it_sees_nothing_of_it(bench: Bench) -> None:
    case, _at, session = held(bench)
    for who, unit, seen in (
        (O1, case.handling_unit, True),
        (O2, case.handling_unit, True),
        (REVIEWER, None, True),
        (O1, bench.bureau.west, False),
        (O1, bench.bureau.town, False),
        (("auditor", 0), None, False),
        (("system_administrator", 0), None, False),
        (("statistics_clerk", 0), None, True),
    ):
        user = bench.actor(who, unit)
        assert queries.sessions(user).filter(pk=session.pk).exists() is seen, who
        assert queries.items_of(user, session).exists() is seen, who
        assert queries.sessions_about(user, case).exists() is seen, who


def test_a_guest_from_another_squad_sees_the_session_and_not_the_case(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    guest = bench.person(O1, bench.bureau.west)
    session = called(bench, case, at, participants=[guest])
    user = bench.actor(O1, bench.bureau.west)
    assert queries.sessions(user).filter(pk=session.pk).exists()
    assert not queries.items_of(user, session).exists()
    assert not queries.listed(user).filter(pk=case.pk).exists()


def test_the_figure_counts_signed_sessions_by_the_day_they_were_held(bench: Bench) -> None:
    figure = next(f for f in figures.GUIDANCE if f.id == "C02")
    found = held(bench)
    year, user = Period.year(found[1].year), bench.actor(DEPUTY)
    assert figure.rows(user, year).count() == 0
    signed(bench, found)
    assert [s.pk for s in figure.rows(user, year)] == [found[2].pk]
    assert figure.rows(bench.actor(O1, bench.bureau.town), year).count() == 0
