"""Waiting times: the formula against known values and a simulation, the replay against a slow clerk."""

from __future__ import annotations

from math import inf, isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.reviewing import Arrival, Desk, Division, needed, replay, wait_in_days
from xiuhua.cases.reviewing.queueing import waiting_share

# One server: the share that waits is the load, and the mean wait is load / (rate - arrivals).
ONE = [(0.5, 1.0, 1.0), (0.9, 1.0, 9.0), (4.0, 5.0, 0.8)]


@pytest.mark.parametrize(("arrivals", "rate", "wait"), ONE)
def test_one_reviewer_waits_as_the_textbook_says(arrivals: float, rate: float, wait: float) -> None:
    assert isclose(waiting_share(arrivals, rate, 1), arrivals / rate)
    assert isclose(wait_in_days(arrivals, rate, 1), wait)


def test_two_reviewers_wait_as_the_closed_form_says() -> None:
    # M/M/2 with offered load a: share waiting = a^2 / (2 + a), a < 2.
    for offered in (0.2, 1.0, 1.9):
        assert isclose(waiting_share(offered, 1.0, 2), offered**2 / (2 + offered))


@pytest.mark.parametrize(("arrivals", "rate", "servers"), [(5, 1, 5), (6, 1, 5), (1, 1, 0)])
def test_where_more_comes_in_than_can_be_done_the_wait_is_endless(
    arrivals: float, rate: float, servers: int
) -> None:
    assert wait_in_days(arrivals, rate, servers) == inf


@pytest.mark.parametrize(("arrivals", "rate"), [(1, 0), (1, -1), (-1, 1)])
def test_figures_that_cannot_be_are_refused(arrivals: float, rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        wait_in_days(arrivals, rate, 3)


@given(st.floats(0.1, 80), st.floats(0.5, 12), st.floats(0.05, 5))
def test_the_number_needed_is_enough_and_one_fewer_is_not(
    arrivals: float, rate: float, target: float
) -> None:
    servers = needed(arrivals, rate, target)
    if servers is None:
        assert wait_in_days(arrivals, rate, 500) > target
        return
    assert wait_in_days(arrivals, rate, servers) <= target
    assert servers == 1 or wait_in_days(arrivals, rate, servers - 1) > target


def test_the_formula_agrees_with_cases_that_come_at_random() -> None:
    rng, arrivals, rate, servers = Random(7), 8.0, 1.0, 10
    free, now, waits = [0.0] * servers, 0.0, []
    for _ in range(60_000):
        now += rng.expovariate(arrivals)
        first = min(range(servers), key=free.__getitem__)
        begins = max(free[first], now)
        waits.append(begins - now)
        free[first] = begins + rng.expovariate(rate)
    assert isclose(sum(waits) / len(waits), wait_in_days(arrivals, rate, servers), rel_tol=0.15)


EAST = Desk(1, frozenset({"SE"}), frozenset({"HB"}))
WEST = Desk(2, frozenset({"SW"}), frozenset({"SR"}))


def test_under_one_division_a_desk_is_flooded_and_under_the_other_both_share() -> None:
    came = [Arrival(0, "SE", "HB" if n % 2 else "SR") for n in range(8)]
    by_territory = replay(came, [EAST, WEST], Division.TERRITORY, 4)
    by_subject = replay(came, [EAST, WEST], Division.SUBJECT, 4)
    assert by_territory.done == {1: 8, 2: 0}
    assert by_subject.done == {1: 4, 2: 4}
    # Eight cases at four a day: the last of the flooded desk waits 7/4 of a day, of two desks 3/4.
    assert isclose(by_territory.mean, sum(n / 4 for n in range(8)) / 8)
    assert isclose(by_subject.mean, sum(n / 4 for n in range(4)) / 4)
    assert by_territory.p90 == 7 / 4
    assert by_subject.p90 == 3 / 4


def test_nobody_waits_where_nothing_comes_together() -> None:
    came = [Arrival(float(day), "SE", "HB") for day in range(5)]
    assert replay(came, [EAST], Division.TERRITORY, 1).mean == 0
    assert replay([], [EAST], Division.SUBJECT, 1).mean == 0


def test_a_replay_without_desks_or_without_a_rate_is_refused() -> None:
    for desks, rate in (([], 1.0), ([EAST], 0.0)):
        with pytest.raises(ValueError, match="replay"):
            replay([], desks, Division.TERRITORY, rate)
