"""Rosters: clashes, weeks, rows of a file, how a shift was kept, when its stops are due; levels and calls."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.duty import rules
from xiuhua.duty.rules import Line, Ordered, Span, Standing
from xiuhua.duty.tests.test_checkin_rules import LIMITS

DAY = date(2026, 5, 13)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def test_a_shift_that_ends_before_it_begins_ends_on_the_next_day() -> None:
    assert rules.span_of(DAY, time(8), time(17), UTC) == Span(at(8), at(17))
    night = rules.span_of(DAY, time(22), time(6), UTC)
    assert night == Span(at(22), at(6, day=DAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Span(at(0), at(1)), False),  # seven hours and more apart would be too little; here eight
        (Span(at(0), at(2)), True),
        (Span(at(16), at(20)), True),
        (Span(at(17), at(20)), True),
        (Span(at(10), at(11)), True),
    ],
)
def test_shifts_of_one_person_overlap_or_lie_too_near(other: Span, why: bool) -> None:
    assert bool(rules.clash(Span(at(9), at(17)), [other], LIMITS)) is why


def test_a_clash_says_which_it_is() -> None:
    span = Span(at(9), at(17))
    assert "重叠" in rules.clash(span, [Span(at(10), at(11))], LIMITS)
    assert "过短" in rules.clash(span, [Span(at(18), at(19))], LIMITS)
    assert rules.clash(span, [], LIMITS) == ""


def test_the_week_begins_on_monday() -> None:
    week = rules.week_of(DAY)
    assert (week[0], week[-1], len(week)) == (date(2026, 5, 11), date(2026, 5, 17), 7)


@pytest.mark.parametrize("text", ["2026-05-13", "2026/5/13", "20260513", "2026.5.13", "2026-05-13 00:00:00"])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert rules.read_day(text) == DAY


@pytest.mark.parametrize("text", ["", "13.5.2026.1", "2026-13-01", "今天", "2026"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        rules.read_day(text)


KNOWN = rules.Known(
    officers={"D1": 1, "D2": 2},
    shifts={"day": (7, time(9), time(17)), "日班": (7, time(9), time(17))},
    beats={"B1": 3},
    taken={2: [Span(at(9), at(17))]},
    zone=UTC,
)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (Line(2, "D1", "2026-05-13", "day", "B1"), []),
        (Line(2, " D1 ", "2026-05-13", "日班"), []),
        (Line(2, "D9", "2026-05-13", "day"), ["staff_no"]),
        (Line(2, "D1", "x", "day"), ["day"]),
        (Line(2, "D1", "2026-05-13", "x"), ["shift"]),
        (Line(2, "D1", "2026-05-13", "day", "B9"), ["beat"]),
        (Line(2, "D9", "x", "x", "B9"), ["staff_no", "day", "shift", "beat"]),
        (Line(2, "D2", "2026-05-13", "day"), ["day"]),
    ],
)
def test_every_fault_of_a_row_is_found(line: Line, fields: list[str]) -> None:
    good, faults = rules.check([line], KNOWN, LIMITS)
    assert [f.field for f in faults] == fields
    assert len(good) == (not fields)
    assert all(f.row == 2 for f in faults)


def test_a_row_clashes_with_an_earlier_row_of_the_file() -> None:
    row = Line(2, "D1", "2026-05-13", "day")
    good, faults = rules.check([row, Line(3, "D1", "2026-05-13", "day")], KNOWN, LIMITS)
    assert ([g.row for g in good], [f.row for f in faults]) == ([2], [3])
    assert good[0].beat is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["D1", "D2"]), st.integers(1, 28)), max_size=20))
def test_what_is_planned_never_clashes(drawn: list[tuple[str, int]]) -> None:
    lines = [Line(n, who, f"2026-06-{day:02}", "day") for n, (who, day) in enumerate(drawn, 2)]
    good, faults = rules.check(lines, KNOWN, LIMITS)
    assert len(good) + len(faults) == len(lines)
    for one in good:
        others = [g.span for g in good if g.officer == one.officer and g.row != one.row]
        assert not rules.clash(one.span, others, LIMITS)


SPAN = Span(at(9), at(17))


@pytest.mark.parametrize(
    ("moment", "belongs"), [(at(8), True), (at(7, 59), False), (at(17), True), (at(17, 1), False)]
)
def test_a_check_in_belongs_to_the_shift_from_a_little_before_to_its_end(
    moment: datetime, belongs: bool
) -> None:
    assert rules.in_time(moment, SPAN, LIMITS) is belongs


@pytest.mark.parametrize(
    ("attended", "excused", "now", "standing"),
    [
        (None, False, at(8), Standing.PLANNED),
        (None, False, at(17), Standing.PLANNED),
        (None, False, at(17, 1), Standing.ABSENT),
        (None, True, at(18), Standing.EXCUSED),
        (at(8, 30), False, at(18), Standing.ON_TIME),
        (at(9, 10), False, at(18), Standing.ON_TIME),
        (at(9, 11), False, at(18), Standing.LATE),
        (at(9, 11), True, at(18), Standing.EXCUSED),
        (at(9, 10), True, at(18), Standing.ON_TIME),
    ],
)
def test_how_a_shift_was_kept(
    attended: datetime | None, excused: bool, now: datetime, standing: Standing
) -> None:
    assert rules.standing(SPAN, attended, excused, now, LIMITS) is standing


@settings(max_examples=40)
@given(st.integers(0, 12), st.integers(1, 20))
def test_stops_are_due_in_order_within_the_shift(stops: int, hours: int) -> None:
    span = Span(at(3), at(3) + timedelta(hours=hours))
    due = rules.due_times(span, stops)
    assert len(due) == stops
    assert due == sorted(due)
    assert all(span.start < moment <= span.end for moment in due)


ORDERS = [
    Ordered(event=1, level=2, area=None, start=DAY, end=DAY + timedelta(days=3)),
    Ordered(event=2, level=1, area=5, start=DAY + timedelta(days=1), end=DAY + timedelta(days=2)),
    Ordered(event=3, level=2, area=5, start=DAY, end=DAY),
]


@pytest.mark.parametrize(
    ("area", "after", "level"),
    [(5, 0, 2), (5, 1, 1), (5, 2, 1), (5, 3, 2), (6, 1, 2), (None, 1, 2), (5, 4, 0), (5, -1, 0)],
)
def test_the_highest_level_of_the_area_and_day_holds(area: int | None, after: int, level: int) -> None:
    assert rules.level_on(area, DAY + timedelta(days=after), ORDERS) == level


def test_of_two_of_one_level_the_one_for_the_very_area_holds() -> None:
    found = rules.holding(5, DAY, ORDERS)
    assert found is not None
    assert found.event == 3


@pytest.mark.parametrize(("share", "n"), [(0, 0), (1, 1), (30, 2), (50, 3), (100, 5)])
def test_a_share_is_called_rounded_up(share: int, n: int) -> None:
    assert rules.called(range(5), share) == list(range(n))
