"""A draw comes from its seed alone and stays within its strata; a sheet answers everything; goals hold for a time."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.oversight import rules

CANDIDATES = st.lists(
    st.builds(
        rules.Candidate,
        st.integers(0, 9999),
        st.integers(1, 4),
        st.one_of(st.none(), st.integers(1, 5)),
        st.text("0123456789abcdef", min_size=8, max_size=8),
    ),
    unique_by=(lambda one: one.key, lambda one: one.mark),
    max_size=40,
)
WANTED = st.dictionaries(st.integers(1, 4), st.integers(0, 5))
FEW = settings(max_examples=15)
SEEDS = st.text(min_size=1, max_size=8)


@FEW
@given(SEEDS, CANDIDATES, WANTED, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order(
    seed: str, rows: list[rules.Candidate], wanted: dict[int, int], shuffler: Random
) -> None:
    moved = list(rows)
    shuffler.shuffle(moved)
    assert rules.draw(seed, rows, wanted) == rules.draw(seed, moved, wanted)


@FEW
@given(SEEDS, CANDIDATES, WANTED)
def test_each_unit_gives_what_it_is_short_of_or_all_it_has_and_nothing_of_another(
    seed: str, rows: list[rules.Candidate], wanted: dict[int, int]
) -> None:
    found = rules.draw(seed, rows, wanted)
    assert [stratum.unit for stratum in found] == sorted(wanted)
    for stratum in found:
        there = [one for one in rows if one.unit == stratum.unit]
        assert stratum.held == len(there)
        assert len(stratum.drawn) == min(wanted[stratum.unit], len(there))
        assert set(stratum.drawn) <= set(there)
        places = [rules.rank(seed, one.mark) for one in stratum.drawn]
        left = [rules.rank(seed, one.mark) for one in there if one not in stratum.drawn]
        assert places == sorted(places)
        assert not places or not left or max(places) <= min(left)


@FEW
@given(SEEDS, CANDIDATES, WANTED, st.integers(1, 4), st.integers(1, 5))
def test_nothing_of_the_reviewers_own_unit_or_hand_is_drawn(
    seed: str, rows: list[rules.Candidate], wanted: dict[int, int], unit: int, officer: int
) -> None:
    found = rules.draw(seed, rows, wanted, not_units=frozenset({unit}), not_officer=officer)
    drawn = [one for stratum in found for one in stratum.drawn]
    assert all(one.unit != unit and one.officer != officer for one in drawn)
    assert unit not in {stratum.unit for stratum in found}


@FEW
@given(SEEDS, CANDIDATES, st.integers(1, 5))
def test_what_lies_in_one_unit_moves_nothing_in_another(
    seed: str, rows: list[rules.Candidate], count: int
) -> None:
    alone = [one for one in rows if one.unit == 1]
    assert rules.draw(seed, alone, {1: count}) == rules.draw(seed, rows, {1: count})


def test_another_seed_draws_otherwise() -> None:
    rows = [rules.Candidate(n, 1, None, f"{n:08x}") for n in range(50)]
    one, other = (rules.draw(seed, rows, {1: 5})[0].drawn for seed in ("a", "b"))
    assert one != other


@pytest.mark.parametrize(
    ("unit", "on", "goal"),
    [
        ("SE", date(2026, 5, 1), 6),
        ("SE", date(2026, 7, 1), 4),
        ("SW", date(2026, 5, 1), 4),
        ("SW", date(2017, 12, 1), 0),
        ("SE", date(2025, 12, 1), 3),
    ],
)
def test_a_row_of_the_unit_goes_before_one_for_all_and_both_hold_for_their_time(
    unit: str, on: date, goal: int
) -> None:
    rows = [
        ("*", 3, date(2018, 1, 1), date(2025, 12, 31)),
        ("*", 4, date(2026, 1, 1), None),
        ("SE", 6, date(2026, 1, 1), date(2026, 6, 30)),
    ]
    assert rules.goal_of(rows, unit, on) == goal


def test_what_is_short_is_the_goal_less_what_was_drawn() -> None:
    assert rules.short_of({1: 4, 2: 4, 3: 4}, {1: 1, 2: 4, 3: 9}) == {1: 3}


FAULT = rules.Verdict.FAULT


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"a", "b"}),
        ({"a": rules.Said("kept"), "b": rules.Said("")}, {"b"}),
        ({"a": rules.Said("kept"), "b": rules.Said("perhaps")}, {"b"}),
        ({"a": rules.Said("kept"), "b": rules.Said(FAULT)}, {"b_note"}),
        ({"a": rules.Said("kept"), "b": rules.Said(FAULT, "  ")}, {"b_note"}),
        ({"a": rules.Said("kept"), "b": rules.Said(FAULT, "x" * 201)}, {"b_note"}),
        ({"a": rules.Said("kept"), "b": rules.Said(FAULT, "未戴帽", -1)}, {"b_second"}),
        ({"a": rules.Said("kept"), "b": rules.Said(FAULT, "未戴帽", 10**12)}, {"b_second"}),
        ({"a": rules.Said("kept"), "b": rules.Said("kept"), "c": rules.Said("kept")}, {"c"}),
        ({"a": rules.Said("kept"), "b": rules.Said(FAULT, "未戴帽", 12)}, set()),
        ({"a": rules.Said("not_asked"), "b": rules.Said("kept")}, set()),
    ],
)
def test_a_sheet_answers_every_item_and_says_what_a_fault_was(
    said: dict[str, rules.Said], wrong: set[str]
) -> None:
    assert set(rules.sheet_faults(("a", "b"), said)) == wrong


def test_the_faults_of_a_sheet_are_the_items_with_one() -> None:
    assert rules.faults_of({"a": rules.Said("kept"), "b": rules.Said(FAULT, "x")}) == ["b"]
