"""Who somebody is on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pytest_django import DjangoAssertNumQueries

from xiuhua.kernel.authz import NOBODY, SYSTEM, Reach
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.org import actions, queries
from xiuhua.org.models import Officer, User
from xiuhua.org.tests.conftest import AT, Bureau, account, allow, hired, in_post


def test_a_post_gives_its_permissions_in_its_unit_and_in_the_name_the_unit_acts(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.town, "officer")
    actor = queries.actor_for(account(person), AT)
    assert actor.name == person.name
    assert (actor.officer_id, actor.unit_code) == (person.pk, "T")
    (grant,) = actor.grants
    assert (grant.role, grant.unit_id, grant.authority_id) == (
        "officer",
        bureau.town.pk,
        bureau.government.pk,
    )
    assert grant.reach is Reach.UNIT
    assert actor.can("cases.work")
    assert not actor.can("leads.dispatch")


def test_desks_act_in_the_name_of_the_bureau_and_a_town_government_in_its_own(bureau: Bureau) -> None:
    reviewer, approver = hired("1"), hired("2")
    in_post(reviewer, bureau.centre, "case_centre_reviewer")
    in_post(approver, bureau.government, "town_approver")
    assert queries.actor_for(account(reviewer), AT).grants[0].authority_id == bureau.bureau.pk
    assert queries.actor_for(account(approver), AT).grants[0].authority_id == bureau.government.pk


def test_the_name_changes_with_the_day(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer")
    user = account(person)
    allow(bureau.street, bureau.government, start=date(2022, 1, 1))
    later = datetime(2022, 1, 1, 0, 30, tzinfo=SHANGHAI)
    assert queries.actor_for(user, later - timedelta(hours=1)).grants[0].authority_id == bureau.bureau.pk
    assert queries.actor_for(user, later).grants[0].authority_id == bureau.government.pk


def test_a_row_for_one_group_of_causes_does_not_change_the_name_of_the_unit(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer")
    allow(bureau.street, bureau.government, group="HB")
    assert queries.actor_for(account(person), AT).grants[0].authority_id == bureau.bureau.pk


def test_a_post_counts_from_its_first_to_its_last_day(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer", date(2018, 5, 1), date(2018, 5, 16))
    user = account(person)
    for day, held in ((date(2018, 4, 30), False), (date(2018, 5, 1), True), (date(2018, 5, 16), True)):
        at = datetime(day.year, day.month, day.day, 23, 59, tzinfo=SHANGHAI)
        assert bool(queries.actor_for(user, at).grants) is held
    after = queries.actor_for(user, AT + timedelta(days=1))
    assert not after.grants
    assert after.name == person.name


def test_a_disabled_account_is_nobody_at_once(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer")
    user = account(person)
    actions.disable_user(user=user, reason="离职", by=SYSTEM, at=AT)
    assert queries.actor_for(user, AT) == NOBODY


def test_it_takes_two_queries_however_many_posts(
    bureau: Bureau, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = hired("1")
    for where in (bureau.street, bureau.town, bureau.brigade):
        in_post(person, where, "officer")
    login = account(person).login
    user = User.objects.get(login=login)
    with django_assert_max_num_queries(2):
        assert len(queries.actor_for(user, AT).grants) == 3
    nobody = User.objects.get(login=account(hired("2")).login)
    with django_assert_max_num_queries(2):
        assert not queries.actor_for(nobody, AT).grants


def test_a_desk_that_hangs_under_nothing_acts_in_nobodys_name(bureau: Bureau) -> None:
    person = hired("1", Officer.Kind.CIVIL)
    lonely = actions.add_unit(
        code="O", name="示例处", short_name="处", kind=bureau.centre.Kind.OFFICE, by=SYSTEM, at=AT
    )
    in_post(person, lonely, "statistics_clerk")
    assert queries.actor_for(account(person), AT).grants[0].authority_id is None


def test_the_system_is_no_person() -> None:
    system: Any = queries.system_actor()
    assert system.is_system
    assert system.user_id is None
