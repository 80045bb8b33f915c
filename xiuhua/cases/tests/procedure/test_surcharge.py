"""The surcharge: worked examples, and the quick reckoning against one that counts day by day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.procedure.surcharge import Reckoning, Span, pauses, reckon, reckoned, remedies

PARAMS = {"surcharge_percent": 3, "surcharge_cap_percent": 100}
START = date(2023, 6, 1)


def day(n: int) -> date:
    return START + timedelta(days=n)


def plain(fine: float, days: int) -> Reckoning:
    return reckon(fine, START, day(days - 1), percent=3)


@pytest.mark.parametrize(
    ("fine", "days", "amount"),
    [(5000, 1, 150), (5000, 33, 4950), (5000, 34, 5000), (5000, 400, 5000), (333.33, 1, 10), (0.17, 1, 0.01)],
)
def test_it_is_three_percent_a_day_and_never_more_than_the_fine(
    fine: float, days: int, amount: float
) -> None:
    assert plain(fine, days).amount == amount


def test_it_reaches_the_fine_on_the_thirty_fourth_day_and_not_before() -> None:
    assert not plain(5000, 33).is_capped
    assert plain(5000, 34).is_capped


def test_nothing_is_owed_for_days_that_have_not_come() -> None:
    none = reckon(5000, START, START - timedelta(days=1), percent=3)
    assert (none.amount, none.days, none.lines) == (0, 0, ())


def test_days_of_a_remedy_are_shown_and_do_not_count() -> None:
    found = reckon(1000, START, day(9), percent=3, pauses=[Span(day(2), day(5))])
    assert [(line.from_on, line.days, line.counted, line.amount) for line in found.lines] == [
        (day(0), 2, True, 60),
        (day(2), 4, False, 0),
        (day(6), 4, True, 120),
    ]
    assert (found.days, found.paused_days, found.amount) == (6, 4, 180)


def test_a_remedy_that_has_not_ended_stops_every_day_after_it() -> None:
    assert reckon(1000, START, day(99), percent=3, pauses=[Span(day(2), None)]).amount == 60


def test_a_part_that_was_paid_bears_no_surcharge_from_the_next_day() -> None:
    found = reckon(1000, START, day(3), percent=3, paid=[(day(1), 400)])
    assert [(line.days, line.base, line.amount) for line in found.lines] == [(2, 1000, 60), (2, 600, 36)]
    assert found.on_parts
    assert not plain(1000, 5).on_parts


def test_a_part_that_was_paid_before_the_surcharge_began_lessens_it_from_its_first_day() -> None:
    found = reckon(1000, START, day(1), percent=3, paid=[(day(-5), 500)])
    assert found.amount == 30


# fmt: off
MONEY = st.integers(1, 50_000_00).map(lambda fen: fen / 100)
DAYS = st.integers(-20, 80)
SPANS = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 40))), max_size=3)
PAID = st.lists(st.tuples(DAYS, MONEY), max_size=4)
# fmt: on


def slowly(
    fine: float, last: int, paid: list[tuple[int, float]], spans: list[Span]
) -> tuple[int, int, Fraction]:
    """Days counted, days left out, and the surcharge: a day at a time, in fractions of a fen."""
    counted = left_out = 0
    total = Fraction(0)
    for n in range(last + 1):
        if any(s.from_on <= day(n) and (s.to_on is None or day(n) <= s.to_on) for s in spans):
            left_out += 1
            continue
        counted += 1
        unpaid = round(fine * 100) - sum(round(amount * 100) for on, amount in paid if on < n)
        total += Fraction(max(unpaid, 0) * 3, 100)
    return counted, left_out, total


@given(MONEY, st.integers(-3, 80), PAID, SPANS)
def test_the_quick_reckoning_agrees_with_a_slow_counter(
    fine: float, last: int, paid: list[tuple[int, float]], raw: list[tuple[int, int | None]]
) -> None:
    spans = [Span(day(a), None if n is None else day(a + n)) for a, n in raw]
    found = reckon(fine, START, day(last), percent=3, paid=[(day(n), a) for n, a in paid], pauses=spans)
    counted, left_out, total = slowly(fine, last, paid, spans)
    assert (found.days, found.paused_days) == (counted, left_out)
    assert round(found.uncapped * 100) == int(total + Fraction(1, 2))
    assert round(found.amount * 100) == min(int(total + Fraction(1, 2)), round(fine * 100))


@given(MONEY, st.integers(0, 80), PAID, SPANS)
def test_the_lines_follow_one_another_and_add_up(
    fine: float, last: int, paid: list[tuple[int, float]], raw: list[tuple[int, int | None]]
) -> None:
    spans = [Span(day(a), None if n is None else day(a + n)) for a, n in raw]
    found = reckon(fine, START, day(last), percent=3, paid=[(day(n), a) for n, a in paid], pauses=spans)
    assert sum(line.days for line in found.lines) == last + 1
    assert (found.lines[0].from_on, found.lines[-1].to_on) == (START, day(last))
    assert abs(sum(line.amount for line in found.lines) - found.uncapped) <= 0.005 * len(found.lines) + 1e-9


@given(MONEY, st.integers(0, 60), SPANS)
def test_another_day_never_lessens_it_and_another_pause_never_adds(
    fine: float, last: int, raw: list[tuple[int, int | None]]
) -> None:
    spans = [Span(day(a), None if n is None else day(a + n)) for a, n in raw]
    now = reckon(fine, START, day(last), percent=3, pauses=spans)
    assert reckon(fine, START, day(last + 1), percent=3, pauses=spans).amount >= now.amount
    assert reckon(fine, START, day(last), percent=3).amount >= now.amount


def test_a_case_without_a_surcharge_decision_has_none() -> None:
    assert reckoned({"decision": {"fine": 5000}}, START, PARAMS) is None


def test_the_unpaid_fine_of_2018_reached_its_cap_as_the_published_file_says() -> None:
    file = {"decision": {"fine": 5000}, "surcharge": {"from_on": "2018-10-14"}}
    found = reckoned(file, date(2018, 11, 16), PARAMS)
    assert found is not None
    assert (found.days, found.amount, found.is_capped) == (34, 5000, True)


def test_remedies_stand_alone_or_in_rows_and_pause_only_since_the_law_says_so() -> None:
    file = {
        "reconsideration": {"accepted_on": "2018-06-01", "decided_on": "2018-07-01"},
        "reconsiderations": [
            {"accepted_on": "2021-06-01", "decided_on": "2021-07-30"},
            {"applied_on": "2022-01-01"},
        ],
        "litigations": [{"accepted_on": "2021-08-10"}],
    }
    assert remedies(file) == [
        Span(date(2018, 6, 1), date(2018, 7, 1)),
        Span(date(2021, 6, 1), date(2021, 7, 30)),
        Span(date(2021, 8, 10), None),
    ]
    assert pauses(file) == [Span(date(2021, 7, 15), date(2021, 7, 30)), Span(date(2021, 8, 10), None)]
