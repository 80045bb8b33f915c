"""What a check-in is worth: distance, accuracy, every sign, and what counts in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.duty import rules
from xiuhua.duty.rules import Before, Fix, Place, Review, Sign, Verdict

AT = datetime(2026, 5, 13, 1, 0, tzinfo=UTC)
LIMITS = rules.Limits(
    accuracy_metres=100,
    jump_kmh=160,
    jump_metres=500,
    device_hours=12,
    ahead_minutes=5,
    kept_hours=24,
    early_minutes=60,
    late_minutes=10,
    rest_hours=8,
    appeal_days=5,
    radius_metres=100,
)
HERE = Place(121.5, 31.2, 100)
DEGREE = 111_195.0  # metres in a degree of latitude on the sphere
FIX = Fix(at=AT, lon=121.5, lat=31.2, accuracy=10.0, device="a")
NOTHING = Before()


def north(metres: float) -> float:
    return 31.2 + metres / DEGREE


def judge(fix: Fix, before: Before = NOTHING, received: datetime = AT) -> rules.Judged:
    return rules.judge(fix, HERE, received, before, LIMITS)


@pytest.mark.parametrize(
    ("metres", "accuracy", "verdict"),
    [
        (0, 0, Verdict.VALID),
        (99, 100, Verdict.VALID),
        (99, 100.1, Verdict.VAGUE),
        (101, 10, Verdict.OUTSIDE),
        (101, 100.1, Verdict.VAGUE),
        (5000, 5, Verdict.OUTSIDE),
    ],
)
def test_distance_and_accuracy_decide(metres: float, accuracy: float, verdict: Verdict) -> None:
    found = judge(replace(FIX, lat=north(metres), accuracy=accuracy))
    assert found.verdict is verdict
    assert found.distance == pytest.approx(metres, abs=0.2)


LAST = replace(FIX, at=AT - timedelta(minutes=30))


@pytest.mark.parametrize(
    ("fix", "before", "received", "signs"),
    [
        (FIX, NOTHING, AT, ()),
        (replace(FIX, mock=True), NOTHING, AT, (Sign.MOCK,)),
        # 100 km in half an hour; 60 km in half an hour; near, however quick.
        (FIX, Before(replace(LAST, lat=north(100_000))), AT, (Sign.JUMP,)),
        (FIX, Before(replace(LAST, lat=north(60_000))), AT, ()),
        (FIX, Before(replace(LAST, at=AT, lat=north(400))), AT, ()),
        (FIX, Before(replace(LAST, at=AT, lat=north(600))), AT, (Sign.JUMP,)),
        # What the doubt of both fixes explains is no jump.
        (replace(FIX, accuracy=90), Before(replace(LAST, at=AT, lat=north(600), accuracy=90)), AT, ()),
        (FIX, Before(other_person_at=AT - timedelta(hours=12)), AT, (Sign.SHARED_DEVICE,)),
        (FIX, Before(other_person_at=AT - timedelta(hours=12, seconds=1)), AT, ()),
        (FIX, Before(other_person_at=AT + timedelta(hours=1)), AT, (Sign.SHARED_DEVICE,)),
        (FIX, NOTHING, AT - timedelta(minutes=5), ()),
        (FIX, NOTHING, AT - timedelta(minutes=6), (Sign.CLOCK,)),
        (FIX, NOTHING, AT + timedelta(hours=24), ()),
        (FIX, NOTHING, AT + timedelta(hours=24, minutes=1), (Sign.CLOCK,)),
        (
            replace(FIX, mock=True),
            Before(replace(LAST, lat=north(100_000)), AT),
            AT + timedelta(days=2),
            (Sign.MOCK, Sign.JUMP, Sign.SHARED_DEVICE, Sign.CLOCK),
        ),
    ],
)
def test_every_sign_of_a_trick_is_seen_and_nothing_else(
    fix: Fix, before: Before, received: datetime, signs: tuple[Sign, ...]
) -> None:
    found = judge(fix, before, received)
    assert found.signs == signs
    assert found.verdict is (Verdict.DOUBTFUL if signs else Verdict.VALID)


def test_signs_are_kept_where_the_place_is_wrong_anyway() -> None:
    found = judge(replace(FIX, mock=True, lat=north(500)))
    assert (found.verdict, found.signs) == (Verdict.OUTSIDE, (Sign.MOCK,))


@pytest.mark.parametrize(
    ("verdict", "review", "counted"),
    [
        (Verdict.VALID, "", True),
        (Verdict.VALID, Review.CONFIRMED, False),
        (Verdict.DOUBTFUL, "", False),
        (Verdict.DOUBTFUL, Review.CLEARED, True),
        (Verdict.DOUBTFUL, Review.CONFIRMED, False),
        (Verdict.OUTSIDE, "", False),
        (Verdict.OUTSIDE, Review.CLEARED, False),
        (Verdict.VAGUE, Review.CLEARED, False),
    ],
)
def test_only_what_is_in_place_and_beyond_doubt_counts(verdict: str, review: str, counted: bool) -> None:
    assert rules.counts(verdict, review) is counted


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, ""),
        ({"lat": 120.0, "lon": 31.0}, "lat"),
        ({"lon": float("nan")}, "lon"),
        ({"accuracy": -1.0}, "accuracy"),
        ({"accuracy": float("inf")}, "accuracy"),
        ({"device": "x" * 65}, "device"),
    ],
)
def test_a_fix_that_is_none_is_told(changes: dict[str, Any], field: str) -> None:
    assert list(rules.fix_faults(replace(FIX, **changes))) == ([field] if field else [])


@settings(max_examples=60)
@given(
    metres=st.floats(0, 20_000),
    accuracy=st.floats(0, 500),
    mock=st.booleans(),
    minutes=st.integers(-10, 2000),
)
def test_a_valid_check_in_is_always_near_sharp_and_without_a_sign(
    metres: float, accuracy: float, mock: bool, minutes: int
) -> None:
    received = AT + timedelta(minutes=minutes)
    found = judge(replace(FIX, lat=north(metres), accuracy=accuracy, mock=mock), NOTHING, received)
    if found.verdict is Verdict.VALID:
        assert found.distance <= 100.05
        assert accuracy <= 100
        assert not mock
        assert -5 <= minutes <= 24 * 60
    assert rules.counts(found.verdict, "") is (found.verdict is Verdict.VALID)


def test_a_table_that_names_not_every_threshold_is_refused() -> None:
    values = dict.fromkeys(rules.LIMIT_CODES, 1)
    assert rules.Limits.of(values).jump_kmh == 1
    with pytest.raises(KeyError):
        rules.Limits.of({k: v for k, v in values.items() if k != "jump_kmh"})
