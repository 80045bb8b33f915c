"""What posts open, as a truth table; how refusals speak; what the clock says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Grant, Invalid, Reach, Refusal, Refused, Scope


def actor(*grants: Grant) -> Actor:
    return Actor(name="示例", user_id=1, officer_id=5, unit_id=2, grants=grants)


def grant(reach: Reach, permission: str = "cases.see", unit: int = 2, authority: int | None = None) -> Grant:
    return Grant("officer", unit, authority, frozenset({permission}), reach)


@pytest.mark.parametrize(
    ("who", "scope"),
    [
        (NOBODY, Scope()),
        (SYSTEM, Scope(everything=True)),
        (actor(), Scope()),
        (actor(grant(Reach.OWN)), Scope(own_id=5)),
        (actor(grant(Reach.UNIT)), Scope(units=frozenset({2}))),
        (actor(grant(Reach.AUTHORITY, authority=9)), Scope(authorities=frozenset({9}))),
        (actor(grant(Reach.AUTHORITY)), Scope()),
        (actor(grant(Reach.BUREAU)), Scope(everything=True)),
        (actor(grant(Reach.BUREAU, "leads.see")), Scope()),
        (
            actor(grant(Reach.UNIT), grant(Reach.UNIT, unit=3), grant(Reach.AUTHORITY, authority=9)),
            Scope(units=frozenset({2, 3}), authorities=frozenset({9})),
        ),
    ],
)
def test_a_permission_opens_the_rows_that_the_posts_with_it_reach(who: Actor, scope: Scope) -> None:
    assert who.scope("cases.see") == scope
    assert scope.nothing is (scope == Scope())


def test_own_rows_need_a_person() -> None:
    nobody = Actor(name="机器", user_id=1, grants=(grant(Reach.OWN),))
    assert nobody.scope("cases.see").nothing


def test_a_post_gives_its_permissions_and_its_role_and_no_other() -> None:
    who = actor(grant(Reach.UNIT))
    assert who.can("cases.see")
    assert not who.can("cases.work")
    assert who.has_role(["officer", "squad_head"])
    assert not who.has_role(["squad_head"])
    assert who.roles == {"officer"}
    assert SYSTEM.can("anything")
    assert SYSTEM.has_role(["system"])
    assert not SYSTEM.has_role(["officer"])
    assert not NOBODY.can("cases.see")


def test_refusals_say_their_sentences_and_faults_their_fields() -> None:
    refused = Refused(Refusal("a", "不得审批本人提请的事项", "PPL21 §57"), Refusal("b", "期限未到"))
    assert str(refused) == "不得审批本人提请的事项；期限未到"
    assert str(Invalid({"place": "缺少", "day": "晚于今天"})) == "place：缺少；day：晚于今天"


def test_the_clock_tells_the_time_where_the_bureau_works() -> None:
    assert clock.now().tzinfo is clock.SHANGHAI
    moment = datetime(2026, 3, 8, 16, 30, tzinfo=UTC)
    with clock.held_at(moment):
        assert clock.now() == moment
        assert clock.now().hour == 0
        assert clock.today() == clock.day_of(moment) == date(2026, 3, 9)
        with clock.held_at(moment.replace(year=2027)):
            assert clock.today().year == 2027
        assert clock.today().year == 2026
