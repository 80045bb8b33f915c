"""Truth tables of command: standing, who is sent, how an order rises, what is too still and too far."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.command import rules
from xiuhua.command.rules import Candidate, Hindrance, Limits, Seen, Standing
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.observations.rules import Fix

LIMITS = Limits(
    lost_minutes=10,
    ack_minutes=5,
    desk_minutes=5,
    reach_metres=5000,
    pair_metres=300,
    still_minutes=30,
    still_metres=50,
    away_metres=300,
    away_minutes=5,
)
MINUTE = 60_000
AT = datetime(2026, 5, 13, 9, 0, tzinfo=SHANGHAI)
HERE = (121.5, 31.2)
# About 9.5 m and 95 m to the east.
STEP, LEAP = 0.0001, 0.001


@pytest.mark.parametrize(
    ("minutes", "speed", "found"),
    [
        (0, 4.0, Standing.MOVING),
        (0, 2.0, Standing.STILL),
        (0, None, Standing.STILL),
        (10, 4.0, Standing.MOVING),
        (10.1, 4.0, Standing.LOST),
        (11, None, Standing.LOST),
    ],
)
def test_whoever_is_not_heard_is_lost_whoever_is_slow_stands(
    minutes: float, speed: float | None, found: Standing
) -> None:
    assert rules.standing(Seen("o1", 1, 0, *HERE, speed), int(minutes * MINUTE), 10) == found


def test_of_two_devices_of_one_person_the_fresher_counts() -> None:
    old, new, other = Seen("o1", 1, 5, *HERE), Seen("o1", 2, 7, *HERE), Seen("d3", 3, 1, *HERE)
    assert rules.freshest([new, old, other]) == {"o1": new, "d3": other}
    assert rules.freshest([old, new]) == {"o1": new}


@pytest.mark.parametrize(
    ("lon", "minutes", "found"),
    [(HERE[0] + STEP, 0, "d1"), (HERE[0] + STEP, 3, None), (HERE[0] + LEAP, 0, None)],
)
def test_a_car_is_guessed_only_near_in_place_and_time(lon: float, minutes: int, found: str | None) -> None:
    car = rules.car_of(Seen("o1", 1, 0, *HERE), {"d1": Seen("d1", 2, minutes * MINUTE, lon, HERE[1])})
    assert (car and car[0]) == found


def test_no_car_is_guessed_where_there_is_none() -> None:
    assert rules.car_of(Seen("o1", 1, 0, *HERE), {}) is None


FIT = Candidate(
    officer=1,
    unit=1,
    metres=100,
    on_duty=True,
    lost=False,
    busy=False,
    has_power=True,
    certified=True,
    nearest_colleague=50,
)


@pytest.mark.parametrize(
    ("change", "enforcing", "looking"),
    [
        ({}, (), ()),
        ({"on_duty": False}, (Hindrance.OFF_DUTY,), (Hindrance.OFF_DUTY,)),
        ({"lost": True}, (Hindrance.LOST,), (Hindrance.LOST,)),
        ({"busy": True}, (Hindrance.BUSY,), (Hindrance.BUSY,)),
        ({"metres": 5000}, (), ()),
        ({"metres": 5001}, (Hindrance.FAR,), (Hindrance.FAR,)),
        ({"has_power": False}, (Hindrance.NO_POWER,), ()),
        ({"certified": False}, (Hindrance.NO_CERTIFICATE,), ()),
        ({"nearest_colleague": 300}, (), ()),
        ({"nearest_colleague": 301}, (Hindrance.ALONE,), ()),
        ({"nearest_colleague": None}, (Hindrance.ALONE,), ()),
        (
            {"on_duty": False, "busy": True, "certified": False},
            (Hindrance.OFF_DUTY, Hindrance.BUSY, Hindrance.NO_CERTIFICATE),
            (Hindrance.OFF_DUTY, Hindrance.BUSY),
        ),
    ],
)
def test_what_speaks_against_sending_somebody(
    change: dict[str, object], enforcing: tuple[Hindrance, ...], looking: tuple[Hindrance, ...]
) -> None:
    one = replace(FIT, **change)  # type: ignore[arg-type]  # values of the table
    assert rules.hindrances(one, LIMITS, enforces=True) == enforcing
    assert rules.hindrances(one, LIMITS, enforces=False) == looking


def test_every_hindrance_has_its_words_and_what_law_says_has_its_article() -> None:
    assert rules.HINDRANCE_LABELS.keys() == set(Hindrance)
    assert rules.HINDRANCE_GROUNDS.keys() == {Hindrance.NO_POWER, Hindrance.NO_CERTIFICATE, Hindrance.ALONE}


candidates = st.builds(
    Candidate,
    officer=st.integers(1, 50),
    unit=st.just(1),
    metres=st.floats(0, 9000),
    on_duty=st.booleans(),
    lost=st.booleans(),
    busy=st.booleans(),
    has_power=st.booleans(),
    certified=st.booleans(),
    nearest_colleague=st.none() | st.floats(0, 900),
)


@settings(max_examples=40)
@given(st.lists(candidates, max_size=8), st.booleans())
def test_those_who_may_go_come_first_and_the_nearest_of_them_first(
    found: list[Candidate], enforces: bool
) -> None:
    ranked = rules.ranked(found, LIMITS, enforces=enforces)
    assert sorted(id(r.candidate) for r in ranked) == sorted(id(c) for c in found)
    assert [r.fit for r in ranked] == sorted((r.fit for r in ranked), reverse=True)
    fit = [r.candidate.metres for r in ranked if r.fit]
    assert fit == sorted(fit)


@pytest.mark.parametrize(
    ("state", "level", "minutes", "found"),
    [
        ("sent", 0, 4, 0),
        ("sent", 0, 5, 1),
        ("sent", 1, 9, 1),
        ("sent", 0, 10, 2),
        ("sent", 2, 60, 2),
        ("acknowledged", 0, 60, 0),
        ("acknowledged", 1, 60, 1),
        ("withdrawn", 0, 60, 0),
        ("done", 0, 60, 0),
    ],
)
def test_an_order_rises_while_nobody_signs_for_it(state: str, level: int, minutes: int, found: int) -> None:
    due = AT + timedelta(minutes=5)
    assert rules.next_level(state, level, due, AT + timedelta(minutes=minutes), LIMITS) == found


def stay(minutes: int, lon: float = HERE[0], begin: int = 0) -> list[Fix]:
    return [Fix((begin + n) * MINUTE, lon, HERE[1]) for n in range(minutes + 1)]


@pytest.mark.parametrize(
    ("fixes", "found"),
    [
        ([], None),
        (stay(30), None),
        (stay(31), 31),
        (stay(20) + stay(20, HERE[0] + LEAP, 21), None),
        (stay(20) + stay(31, HERE[0] + LEAP, 21), 31),
        (stay(15) + stay(20, HERE[0] + STEP, 16), 36),
    ],
)
def test_standing_is_an_alarm_only_after_its_minutes_in_one_place(
    fixes: list[Fix], found: int | None
) -> None:
    alarm = rules.still(fixes, LIMITS)
    assert (alarm and alarm.measured) == found


def outside(lon: float, lat: float) -> float:
    """Metres east of the border, as the suite draws it."""
    return max(0.0, (lon - HERE[0]) * 95_000)


@pytest.mark.parametrize(
    ("fixes", "found"),
    [
        ([], None),
        (stay(60), None),
        (stay(5, HERE[0] + 0.01), None),
        (stay(6, HERE[0] + 0.01), 950),
        (stay(60, HERE[0] + 0.003), None),
        (stay(6, HERE[0] + 0.01) + stay(1, HERE[0], 7), None),
    ],
)
def test_leaving_the_area_is_an_alarm_only_beyond_its_metres_and_minutes(
    fixes: list[Fix], found: int | None
) -> None:
    alarm = rules.away(fixes, outside, LIMITS)
    assert (alarm and alarm.measured) == found


def test_a_threshold_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        Limits.of({"lost_minutes": 1})
    assert Limits.of(dict.fromkeys(rules.LIMIT_CODES, 7)).still_metres == 7
