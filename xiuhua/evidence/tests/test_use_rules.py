"""Uses, coverage, proposals, retention and hands: truth tables and a searched space."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from xiuhua.evidence.rules import keeping, uses

T = datetime(2026, 5, 13, 8, tzinfo=UTC)


def span(first: int, last: int) -> uses.Span:
    return T + timedelta(seconds=first), T + timedelta(seconds=last)


@pytest.mark.parametrize(
    ("how", "why", "field"),
    [("view", "", None), ("play", " ", "why"), ("copy", "", "why"), ("clip", "", "why"), ("export", "", "why"),
     ("play", "复核", None), ("sell", "x", "how")],
)  # fmt: skip
def test_a_use_is_named_and_has_its_reason_where_one_is_needed(how: str, why: str, field: str | None) -> None:
    assert list(uses.use_faults(how, why)) == ([field] if field else [])


@pytest.mark.parametrize(
    ("recorded", "seconds", "holes"),
    [
        ([], 0, [(0, 100)]),
        ([(0, 100)], 100, []),
        ([(-50, 150)], 100, []),
        ([(0, 40), (60, 100)], 80, [(40, 60)]),
        ([(60, 100), (0, 70)], 100, []),
        ([(10, 20), (12, 18)], 10, [(0, 10), (20, 100)]),
        ([(-20, 0), (100, 120)], 0, [(0, 100)]),
    ],
)
def test_a_span_is_covered_once_and_its_holes_are_located(
    recorded: list[tuple[int, int]], seconds: int, holes: list[tuple[int, int]]
) -> None:
    found = uses.covered(span(0, 100), [span(*each) for each in recorded])
    assert (found.required, found.recorded) == (100, seconds)
    assert list(found.holes) == [span(*each) for each in holes]


@settings(max_examples=40)
@given(some.lists(some.tuples(some.integers(-20, 120), some.integers(1, 60)), max_size=6))
def test_what_is_recorded_and_the_holes_make_up_the_whole(pieces: list[tuple[int, int]]) -> None:
    found = uses.covered(span(0, 100), [span(first, first + length) for first, length in pieces])
    seconds = {s for first, length in pieces for s in range(first, first + length) if 0 <= s < 100}
    assert found.recorded == len(seconds)
    assert found.recorded + sum((b - a).total_seconds() for a, b in found.holes) == 100


def test_recordings_of_officers_of_the_matter_are_proposed_for_the_step_they_fit() -> None:
    wanted = {"scene": span(0, 100), "interview": span(1000, 1600)}
    rows = [(1, span(-10, 50), 7), (2, span(1100, 1700), 7), (3, span(0, 100), 8), (4, span(1700, 1800), 7),
            (5, span(5000, 5100), 7), (6, span(0, 100), None)]  # fmt: skip
    found = uses.proposed(wanted, rows, frozenset({7}), slack=120)
    assert found == [(2, "interview", 500.0), (1, "scene", 50.0), (4, "interview", 0.0)]
    assert uses.proposed({}, rows, frozenset({7}), slack=120) == []


@pytest.mark.parametrize(
    ("days", "holds", "on", "may"),
    [
        (180, (), date(2026, 11, 9), False),
        (180, (), date(2026, 11, 10), True),
        (180, ("cases.case:1",), date(2027, 11, 10), False),
        (None, (), date(2099, 1, 1), False),
    ],
)
def test_a_recording_goes_after_its_time_if_nothing_holds_it(
    days: int | None, holds: tuple[str, ...], on: date, may: bool
) -> None:
    assert keeping.may_go(date(2026, 5, 13), days, holds, on) is may


def test_what_is_marked_is_of_another_category() -> None:
    assert (keeping.category_of(important=True), keeping.category_of(important=False)) == (
        "important",
        "routine",
    )


@pytest.mark.parametrize(
    ("people", "good"),
    [((1, None, None), True), ((1, 2, None), True), ((1, 1, None), False), ((1, 2, 3), True), ((1, 2, 1), False),
     ((1, 2, 2), False)],
)  # fmt: skip
def test_three_different_hands_let_a_recording_go(
    people: tuple[int, int | None, int | None], good: bool
) -> None:
    assert (keeping.hands_fault(*people) == "") is good
