"""Distances, clocks, what a report must say, public numbers: pure rules."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.workdays import Calendar
from xiuhua.leads import rules
from xiuhua.leads.rules import Attribute, Moments, Period

lons = st.floats(min_value=-180, max_value=180)
lats = st.floats(min_value=-89.5, max_value=89.5)
# The district and a day's drive around it.
near_lons = st.floats(min_value=121.0, max_value=122.0)
near_lats = st.floats(min_value=30.8, max_value=31.6)
Point = tuple[float, float]
points = st.tuples(near_lons, near_lats)


@given(lons, lats, lons, lats)
def test_a_distance_is_the_same_both_ways_and_never_negative(a: float, b: float, c: float, d: float) -> None:
    there, back = rules.metres_between(a, b, c, d), rules.metres_between(c, d, a, b)
    assert there >= 0
    assert there == pytest.approx(back, rel=1e-9, abs=1e-6)
    assert there <= math.pi * 6_371_009


@given(lons, lats)
def test_a_place_is_no_distance_from_itself(lon: float, lat: float) -> None:
    assert rules.metres_between(lon, lat, lon, lat) == 0


@given(points, points, points)
def test_no_detour_is_shorter(here: Point, over: Point, there: Point) -> None:
    straight = rules.metres_between(*here, *there)
    assert straight <= rules.metres_between(*here, *over) + rules.metres_between(*over, *there) + 1e-6


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((121.5, 31.2), (121.5, 32.2), 111_195),  # one degree of a meridian
        ((121.5, 31.2), (121.501, 31.2), 95.1),
        ((0.0, 0.0), (180.0, 0.0), math.pi * 6_371_008.8),
    ],
)
def test_known_distances(a: tuple[float, float], b: tuple[float, float], metres: float) -> None:
    assert rules.metres_between(*a, *b) == pytest.approx(metres, rel=1e-3)


@given(near_lons, near_lats, st.floats(0, 360), st.floats(0, 1), st.floats(min_value=1, max_value=5000))
def test_every_place_within_reach_lies_in_the_box(
    lon: float, lat: float, bearing: float, share: float, reach: float
) -> None:
    """Walk `share` of the reach in any direction on the sphere: the box must hold where one arrives."""
    angle, turn = share * reach / 6_371_008.8, math.radians(bearing)
    a = math.radians(lat)
    b = math.asin(math.sin(a) * math.cos(angle) + math.cos(a) * math.sin(angle) * math.cos(turn))
    east = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(a), math.cos(angle) - math.sin(a) * math.sin(b)
    )
    there = lon + math.degrees(east), math.degrees(b)
    assert rules.metres_between(lon, lat, *there) <= reach * 1.000001 + 0.001
    assert rules.box_around(lon, lat, reach).holds(*there)


@given(near_lons, near_lats, st.floats(-100, 100), st.floats(-100, 100))
def test_what_is_near_to_a_place_has_that_place_near_to_itself(
    lon: float, lat: float, east: float, north: float
) -> None:
    other = lon + east / 95_120, lat + north / 111_195
    there = rules.metres_between(lon, lat, *other) <= 60
    assert there is (rules.metres_between(*other, lon, lat) <= 60)
    if there:
        assert rules.box_around(lon, lat, 60).holds(*other)
        assert rules.box_around(*other, 60).holds(lon, lat)


def test_a_box_at_the_pole_spans_every_longitude() -> None:
    assert rules.box_around(0, 89.999, 50_000).holds(180, 89.8)


# Clocks ---------------------------------------------------------------------------------------------------------------

# A week without holidays: 2026-05-13 is a Wednesday.
PLAIN = Calendar(exceptions={date(2026, 5, 18): False}, known_until=date(2026, 12, 31))
AT = datetime(2026, 5, 13, 9, 0, tzinfo=SHANGHAI)


def period(code: str = "answer", ends: str = "answered", length: int | None = 5, **more: Any) -> Period:
    values: dict[str, Any] = {
        "starts": "received",
        "unit": "working_day",
        "every": True,
        "for_reporter": False,
    }
    return Period(
        code=code, label=code, label_en=code, ends=ends, length=length, article="", **(values | more)
    )


def lead(**more: Any) -> Moments:
    values: dict[str, Any] = {
        "state": "registered",
        "has_reporter": True,
        "kind_clocks": frozenset({"answer"}),
        "verify_hours": 24,
        "received": AT,
    }
    return Moments(**(values | more))


def days(periods: list[Period], moments: Moments) -> list[date]:
    return [c.day for c in rules.running(periods, moments, PLAIN)]


def test_working_days_leave_out_the_weekend_and_holidays() -> None:
    # Thu 14, Fri 15, (Sat, Sun, Mon off) Tue 19, Wed 20, Thu 21.
    assert days([period()], lead()) == [date(2026, 5, 21)]


def test_calendar_days_and_months_do_not() -> None:
    assert days([period(unit="calendar_day")], lead()) == [date(2026, 5, 18)]
    assert days([period(unit="month", length=1)], lead()) == [date(2026, 6, 13)]


def test_hours_end_at_a_moment_and_take_the_kinds_own_where_the_table_says_none() -> None:
    (clock,) = rules.running([period(unit="hour", length=None, ends="verified")], lead(), PLAIN)
    assert clock.moment == AT + timedelta(hours=24)
    assert clock.day == date(2026, 5, 14)
    assert not clock.provisional


def test_past_the_calendar_working_days_are_provisional_and_other_days_are_not() -> None:
    late = lead(received=datetime(2026, 12, 30, tzinfo=SHANGHAI))
    both = [period(), period("other", unit="calendar_day")]
    assert {c.period.code: c.provisional for c in rules.running(both, late, PLAIN)} == {
        "answer": True,
        "other": False,
    }


def test_the_nearest_comes_first_and_on_one_day_the_moment_before_the_end_of_day() -> None:
    table = [
        period("z", unit="calendar_day", length=1),
        period("h", unit="hour", length=30),
        period("a", unit="calendar_day", length=1),
    ]
    found = rules.running(table, lead(), PLAIN)
    assert [c.period.code for c in found] == ["h", "a", "z"]
    assert rules.nearest(found) is found[0]
    assert rules.nearest([]) is None


@pytest.mark.parametrize(
    ("table", "moments", "runs"),
    [
        # Only the clocks of the kind, unless a clock runs on every kind.
        ({"every": False}, {"kind_clocks": frozenset({"answer"})}, True),
        ({"every": False}, {"kind_clocks": frozenset()}, False),
        # Only where somebody reported.
        ({"for_reporter": True}, {"has_reporter": True}, True),
        ({"for_reporter": True}, {"has_reporter": False}, False),
        # Only once it has begun.
        ({"starts": "dispatched", "ends": "accepted"}, {}, False),
        ({"starts": "dispatched", "ends": "accepted"}, {"dispatched": AT, "state": "dispatched"}, True),
        ({"starts": "accepted", "ends": "closed"}, {"accepted": AT, "state": "accepted"}, True),
        # Only until it has ended.
        ({"ends": "answered"}, {"answered": AT}, False),
        ({"ends": "verified"}, {"verified": AT}, False),
        ({"ends": "on_scene"}, {"on_scene": AT}, False),
        # A lead that is no longer open owes the answer and nothing else.
        ({"ends": "answered"}, {"state": "settled"}, True),
        ({"ends": "answered"}, {"state": "merged"}, True),
        ({"ends": "accepted"}, {"state": "transferred"}, False),
        ({"ends": "on_scene"}, {"state": "handed"}, False),
        ({"ends": "closed"}, {"state": "refused"}, False),
        # Only in the text of the day of receipt.
        ({"valid_from": date(2026, 5, 13)}, {}, True),
        ({"valid_from": date(2026, 5, 14)}, {}, False),
        ({"valid_to": date(2026, 5, 13)}, {}, True),
        ({"valid_to": date(2026, 5, 12)}, {}, False),
    ],
)
def test_a_clock_runs_or_not(table: Mapping[str, Any], moments: Mapping[str, Any], runs: bool) -> None:
    assert bool(rules.running([period(**table)], lead(**moments), PLAIN)) is runs


# Reports --------------------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "source": "hotline",
    "content": "示例",
    "place": "示例路1号",
    "lon": 121.5,
    "lat": 31.2,
    "received_at": AT,
}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"place": ""},
        {"lon": None, "lat": None},
        {"reporter_email": "a@b.cn", "reporter_phone": "021-1234"},
    ],
)
def test_a_good_report_has_no_fault(change: dict[str, Any]) -> None:
    assert rules.faults({**GOOD, **change}, AT) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": "rumour"}, "source"),
        ({"content": " "}, "content"),
        ({"content": "示" * 4001}, "content"),
        ({"place": " ", "lon": None, "lat": None}, "place"),
        ({"place": "示" * 201}, "place"),
        ({"lon": None}, "lon"),
        ({"lat": None}, "lat"),
        ({"lon": 181.0}, "lon"),
        ({"lat": 91.0, "lon": 121.5}, "lat"),
        ({"lon": 31.2, "lat": 121.5}, "lat"),
        ({"lon": math.nan}, "lon"),
        ({"lat": math.inf}, "lon"),
        ({"received_at": AT + timedelta(seconds=1)}, "received_at"),
        ({"source_ref": "1" * 61}, "source_ref"),
        ({"reporter_email": "nobody"}, "reporter_email"),
        ({"reporter_phone": "call"}, "reporter_phone"),
        ({"reporter_name": "示" * 61}, "reporter_name"),
    ],
)
def test_what_is_wrong_with_a_report_names_the_field(change: dict[str, Any], field: str) -> None:
    assert list(rules.faults({**GOOD, **change}, AT)) == [field]


def test_swapped_coordinates_are_told_as_such() -> None:
    assert "写反" in rules.point_faults(31.2, 121.5)["lat"]


QUESTIONS = [
    Attribute("room", "string", True, "哪一室", {}),
    Attribute("count", "number", False, "多少", {}),
    Attribute("when", "datetime", False, "何时", {}),
    Attribute("one", "singlevaluelist", False, "选一", {"a": "甲", "b": "乙"}),
    Attribute("many", "multivaluelist", False, "选几", {"a": "甲", "b": "乙"}),
    Attribute("tell", "text", False, "说明", {}),
]


@pytest.mark.parametrize(
    "answers",
    [
        {"room": "101"},
        {"room": "101", "count": "3", "when": "2026-05-13T09:00:00+08:00", "one": "a"},
        {"room": "101", "many": ["a", "b"], "tell": "示例", "count": ""},
        {"room": "101", "many": "a"},
    ],
)
def test_answers_of_the_asked_type_are_taken(answers: dict[str, Any]) -> None:
    assert rules.attribute_faults(QUESTIONS, answers) == {}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "room"),
        ({"room": ["101", "102"]}, "room"),
        ({"room": "示" * 4001}, "room"),
        ({"room": "1", "count": "many"}, "count"),
        ({"room": "1", "count": "nan"}, "count"),
        ({"room": "1", "count": ["1", "2"]}, "count"),
        ({"room": "1", "when": "yesterday"}, "when"),
        ({"room": "1", "one": "c"}, "one"),
        ({"room": "1", "one": ["a", "b"]}, "one"),
        ({"room": "1", "many": ["a", "c"]}, "many"),
        ({"room": "1", "colour": "red"}, "colour"),
    ],
)
def test_a_missing_or_wrong_answer_names_the_question(answers: dict[str, Any], code: str) -> None:
    assert list(rules.attribute_faults(QUESTIONS, answers)) == [f"attribute[{code}]"]


@given(st.binary(min_size=32, max_size=32))
def test_a_public_number_is_made_of_plain_signs(noise: bytes) -> None:
    if sum(byte < 243 for byte in noise) < 16:
        with pytest.raises(ValueError, match="noise"):
            rules.public_id(noise)
    else:
        signs = rules.public_id(noise)
        assert len(signs) == 16
        assert set(signs) <= set(rules.PUBLIC_SIGNS)


def test_every_sign_of_a_public_number_is_equally_likely() -> None:
    signs = [rules.public_id(bytes([byte]) * 16)[0] for byte in range(243)]
    assert {signs.count(sign) for sign in rules.PUBLIC_SIGNS} == {9}
    with pytest.raises(ValueError, match="noise"):
        rules.public_id(b"\xff" * 32)
