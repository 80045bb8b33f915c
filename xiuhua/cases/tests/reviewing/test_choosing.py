"""Who reviews a case: never an investigator, the right line first, the least to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.reviewing import Candidate, Division, choose
from xiuhua.cases.reviewing.choosing import bar, in_line

EAST, FUMES = "SE", "HB"
T, S = Division.TERRITORY, Division.SUBJECT
A = Candidate(1, units=frozenset({EAST}), groups=frozenset({"SR"}))
B = Candidate(2, units=frozenset({"SW"}), groups=frozenset({FUMES}))
C = Candidate(3)


@pytest.mark.parametrize(
    ("people", "division", "chosen", "own"),
    [
        ([A, B, C], T, 1, True),
        ([A, B, C], S, 2, True),
        ([B, C], T, 2, False),
        ([C], S, 3, False),
        ([], T, None, False),
        ([Candidate(1, load=3, units=frozenset({EAST})), Candidate(2, load=2, units=frozenset({EAST}))], T, 2, True),
        ([Candidate(1, load=9, units=frozenset({EAST})), Candidate(2)], T, 1, True),
        ([Candidate(1, last=8), Candidate(2, last=7)], T, 2, False),
        ([Candidate(1, investigated=True, units=frozenset({EAST})), Candidate(2, load=9)], T, 2, False),
        ([Candidate(1, stands_aside=True)], T, None, False),
        ([Candidate(1, qualified=False)], S, None, False),
    ],
)  # fmt: skip
def test_the_reviewer_is_apart_of_the_right_line_and_has_the_least_to_do(
    people: list[Candidate], division: Division, chosen: int | None, own: bool
) -> None:
    found = choose(people, division, EAST, FUMES)
    assert (found.reviewer, found.own_line) == (chosen, own)


def test_everybody_who_is_barred_is_named_with_the_reason() -> None:
    people = [
        Candidate(1, investigated=True),
        Candidate(2, stands_aside=True),
        Candidate(3, qualified=False),
        Candidate(4),
    ]
    found = choose(people, T, EAST, FUMES)
    assert found.barred == {1: "investigated", 2: "stands_aside", 3: "unqualified"}


CODES = st.frozensets(st.sampled_from(["SE", "SW", "HB", "SR"]), max_size=3)
PEOPLE = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 20),
        load=st.integers(0, 5),
        last=st.integers(0, 9),
        units=CODES,
        groups=CODES,
        investigated=st.booleans(),
        stands_aside=st.booleans(),
        qualified=st.booleans(),
    ),
    unique_by=lambda c: c.id,
    max_size=8,
)


@given(PEOPLE, st.sampled_from(list(Division)), st.sampled_from(["SE", "SW"]), st.sampled_from(["HB", "SR"]))
def test_nobody_barred_is_ever_chosen_and_somebody_is_while_anybody_may(
    people: list[Candidate], division: Division, unit: str, group: str
) -> None:
    found = choose(people, division, unit, group)
    may = [c for c in people if not bar(c)]
    assert (found.reviewer is None) is (not may)
    if found.reviewer is None:
        return
    chosen = next(c for c in people if c.id == found.reviewer)
    assert not bar(chosen)
    peers = [c for c in may if in_line(c, division, unit, group) is found.own_line]
    assert chosen.load == min(c.load for c in peers)
    assert found.own_line is any(in_line(c, division, unit, group) for c in may)
