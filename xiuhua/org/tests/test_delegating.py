"""Powers moved down to towns: who moves them, in whose name, from when to when, and the mentoring with its figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.models import RecordEntry
from xiuhua.org import actions, figures, queries
from xiuhua.org.figures import Period
from xiuhua.org.models import AuthorityRow, Delegation, MentoringSession, Officer
from xiuhua.org.rules import PersonKind
from xiuhua.org.tests.conftest import AT, LONG_AGO, TODAY, Bureau, actor

HEAD = actor("bureau_head")
DOCUMENT = "示例：浦环〔2018〕1号"
FIGURES = {f.id: f for f in figures.MENTORING}
YEAR = Period.year(2018)


def delegated(bureau: Bureau, by: Actor = HEAD, **more: Any) -> Delegation:
    said: dict[str, Any] = {
        "unit": bureau.town,
        "authority": bureau.bureau,
        "cause_group": "HB",
        "valid_from": TODAY,
        "document": DOCUMENT,
        "basis": "SHUM §4",
    }
    return actions.delegate(**said | more, by=by, at=AT)


def mentor() -> Officer:
    return actions.hire(staff_no="M1", name="示例带教人", kind=PersonKind.OFFICER, by=SYSTEM, at=AT)


def held(delegation: Delegation, who: Officer, by: Actor = HEAD, **more: Any) -> MentoringSession:
    said: dict[str, Any] = {
        "held_on": TODAY,
        "place": "示例镇中队",
        "programme": "示例：油烟检查要点",
        "mentor": who,
        "attendees": 8,
        "parties_checked": 3,
    }
    return actions.record_mentoring(delegation=delegation, held=actions.Held(**said | more), by=by, at=AT)


def name_on(bureau: Bureau, group: str, day: date) -> int | None:
    row = queries.authority_for(bureau.town, group, day)
    return row.authority_id if row else None


def test_the_group_lies_with_the_town_in_the_name_said_from_the_day_on_and_nothing_else_changes(
    bureau: Bureau,
) -> None:
    delegated(bureau)
    before = TODAY - timedelta(days=1)
    assert name_on(bureau, "HB", before) == bureau.government.pk
    assert name_on(bureau, "HB", TODAY) == bureau.bureau.pk
    assert name_on(bureau, "SR", TODAY) == bureau.government.pk
    assert RecordEntry.objects.filter(verb="org.delegate").count() == 1


def test_it_is_taken_back_with_its_last_day_and_what_held_before_holds_again(bureau: Bureau) -> None:
    made = delegated(bureau)
    last = TODAY + timedelta(days=30)
    back = actions.take_back(delegation=made, last_day=last, document="示例：收回文件", by=HEAD, at=AT)
    assert (back.row.valid_to, back.back_by) == (last, HEAD.name)
    assert name_on(bureau, "HB", last) == bureau.bureau.pk
    assert name_on(bureau, "HB", last + timedelta(days=1)) == bureau.government.pk
    with pytest.raises(Refused):
        actions.take_back(delegation=made, last_day=last, document="示例：收回文件", by=HEAD, at=AT)


def test_what_was_taken_back_is_moved_down_again_from_a_later_day_only(bureau: Bureau) -> None:
    made = delegated(bureau)
    actions.take_back(delegation=made, last_day=TODAY, document="示例：收回文件", by=HEAD, at=AT)
    with pytest.raises(Invalid):
        delegated(bureau)
    assert delegated(bureau, valid_from=TODAY + timedelta(days=1)).row.valid_to is None


def test_a_group_is_moved_down_once(bureau: Bureau) -> None:
    delegated(bureau)
    for day in (TODAY, TODAY + timedelta(days=5), LONG_AGO):
        with pytest.raises(Invalid):
            delegated(bureau, valid_from=day)
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"cause_group": "*"}, "cause_group"),
        ({"cause_group": "XX"}, "cause_group"),
        ({"document": "短"}, "document"),
        ({"basis": " "}, "basis"),
    ],
)
def test_a_delegation_that_says_too_little_is_named_by_its_field(
    bureau: Bureau, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        delegated(bureau, **more)
    assert caught.value.errors.keys() == {field}
    assert not AuthorityRow.objects.filter(cause_group="HB").exists()


def test_powers_go_to_town_squads_and_in_the_name_of_the_bureau_or_their_own_town(bureau: Bureau) -> None:
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"unit": bureau.street}, "unit"),
        ({"authority": bureau.brigade}, "authority"),
    )
    for more, field in cases:
        with pytest.raises(Invalid) as caught:
            delegated(bureau, **more)
        assert caught.value.errors.keys() == {field}
    assert delegated(bureau, authority=bureau.government).row.authority_id == bureau.government.pk


@pytest.mark.parametrize(
    "role", ["system_administrator", "town_approver", "squad_head", "case_centre_reviewer", "brigade_head"]
)
def test_the_heads_of_the_bureau_alone_move_powers_down_and_take_them_back(bureau: Bureau, role: str) -> None:
    made = delegated(bureau)
    with pytest.raises(Refused):
        delegated(bureau, by=actor(role), cause_group="HD")
    with pytest.raises(Refused):
        actions.take_back(delegation=made, last_day=TODAY, document="示例：收回文件", by=actor(role), at=AT)
    made.refresh_from_db()
    assert made.back_at is None


def test_nothing_is_taken_back_without_a_document_or_before_it_began(bureau: Bureau) -> None:
    made = delegated(bureau)
    for last, document, field in (
        (TODAY, "", "document"),
        (TODAY - timedelta(days=1), "示例：收回文件", "last_day"),
    ):
        with pytest.raises(Invalid) as caught:
            actions.take_back(delegation=made, last_day=last, document=document, by=HEAD, at=AT)
        assert caught.value.errors.keys() == {field}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"place": ""}, "place"),
        ({"programme": "短"}, "programme"),
        ({"attendees": 0}, "attendees"),
        ({"parties_checked": -1}, "parties_checked"),
    ],
)
def test_a_mentoring_session_that_cannot_be_is_named_by_its_field(
    bureau: Bureau, more: dict[str, Any], field: str
) -> None:
    made, who = delegated(bureau), mentor()
    with pytest.raises(Invalid) as caught:
        held(made, who, **more)
    assert caught.value.errors.keys() == {field}


def test_a_squad_is_not_mentored_by_its_own_people_and_not_recorded_by_itself(bureau: Bureau) -> None:
    made, who = delegated(bureau), mentor()
    for role in ("squad_head", "officer", "statistics_clerk"):
        with pytest.raises(Refused):
            held(made, who, by=actor(role))
    actions.appoint(
        officer=who,
        unit=bureau.town,
        role="officer",
        valid_from=LONG_AGO,
        by=actor("system_administrator"),
        at=AT,
    )
    with pytest.raises(Invalid) as caught:
        held(made, who)
    assert caught.value.errors.keys() == {"mentor"}
    assert not MentoringSession.objects.exists()


def test_the_figures_count_towns_once_sessions_and_attendances_of_the_year(bureau: Bureau) -> None:
    made, who = delegated(bureau), mentor()
    other = delegated(bureau, cause_group="RQ")
    held(made, who)
    held(made, who, attendees=5)
    held(other, who)
    later = datetime(2019, 3, 1, 9, tzinfo=SHANGHAI)
    actions.record_mentoring(
        delegation=made,
        held=actions.Held(date(2019, 2, 1), "示例", "示例：另一年", who, 50),
        by=HEAD,
        at=later,
    )
    user = actor("statistics_clerk")
    counted = {id: list(f.rows(user, YEAR)) for id, f in FIGURES.items()}
    assert [u.pk for u in counted["B01"]] == [bureau.town.pk]
    assert len(counted["B02"]) == 2
    assert sum(s.attendees for s in counted["B03"]) == 13
    assert sum(s.parties_checked for s in counted["B04"]) == 6
    assert list(FIGURES["B01"].rows(user, Period.year(2017))) == []
    actions.take_back(delegation=made, last_day=date(2018, 12, 31), document="示例：收回文件", by=HEAD, at=AT)
    assert list(FIGURES["B01"].rows(user, Period.year(2019))) == []


def test_every_figure_says_in_both_languages_what_it_counts() -> None:
    for figure in figures.MENTORING:
        assert figure.definition
        assert figure.definition_en.isascii()
