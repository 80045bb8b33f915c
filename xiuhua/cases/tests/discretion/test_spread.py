"""Fines of one kind beside one another: quartiles, and what lies apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.discretion.spread import Measure, Spread, fences, lies_apart, spread

pytestmark = pytest.mark.slow

MEASURE = Measure(least=8, of_box=150, of_span=15)
FINES = st.lists(st.integers(0, 100_000).map(Decimal), min_size=1, max_size=40)


def of(*values: int) -> Spread:
    found = spread([Decimal(v) for v in values])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "quartiles"),
    [
        ((7,), (7, 7, 7)),
        ((1, 3), (1, 2, 3)),
        ((1, 2, 3), (1.5, 2, 2.5)),
        ((4, 1, 3, 2), (1.5, 2.5, 3.5)),
        ((1, 2, 3, 4, 5), (2, 3, 4)),
    ],
)
def test_quartiles_are_those_that_one_reads_by_hand(
    values: tuple[int, ...], quartiles: tuple[float, ...]
) -> None:
    found = of(*values)
    assert [float(v) for v in (found.first, found.median, found.third)] == list(quartiles)
    assert [int(v) for v in (found.count, found.low, found.high)] == [len(values), min(values), max(values)]


def test_no_fine_has_no_spread() -> None:
    assert spread([]) is None


@given(FINES)
def test_the_numbers_of_a_spread_stand_in_their_order(values: list[Decimal]) -> None:
    found = of(*map(int, values))
    assert found.low <= found.first <= found.median <= found.third <= found.high


def test_seven_fines_are_too_few_to_call_one_apart() -> None:
    assert fences(of(*[100] * 6, 9000), Decimal(450), MEASURE) is None
    assert not lies_apart(Decimal(9000), None)


def test_among_like_fines_one_is_apart_only_beyond_a_share_of_the_statutory_span() -> None:
    within = fences(of(*[100] * 8), Decimal(1000), MEASURE)
    assert within == (Decimal(-50), Decimal(250))
    assert not lies_apart(Decimal(250), within)
    assert lies_apart(Decimal(251), within)


def test_among_wide_fines_the_box_counts() -> None:
    within = fences(of(100, 100, 200, 200, 300, 300, 400, 400), Decimal(450), MEASURE)
    assert within == (Decimal(150 - 300), Decimal(350 + 300))


@given(FINES, st.integers(1, 100_000))
def test_the_middle_half_never_lies_apart(values: list[Decimal], span: int) -> None:
    found = of(*map(int, values))
    within = fences(found, Decimal(span), MEASURE)
    assert not any(lies_apart(v, within) for v in values if found.first <= v <= found.third)
