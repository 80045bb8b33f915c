"""Every reviewer of the demo has a line, and every unit and group of causes is somebody's."""

from __future__ import annotations

import pytest

from xiuhua.simulation.lines import _share


@pytest.mark.parametrize("people", [1, 2, 3, 7])
def test_codes_are_dealt_out_evenly_and_none_is_left(people: int) -> None:
    codes = [f"U{n:02}" for n in range(7)]
    shares = [_share(codes, number, people) for number in range(people)]
    assert sorted(code for share in shares for code in share) == codes
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_where_there_are_more_people_than_codes_everybody_has_one() -> None:
    shares = [_share(["A", "B"], number, 5) for number in range(5)]
    assert [len(share) for share in shares] == [1, 1, 1, 1, 1]
    assert {share[0] for share in shares} == {"A", "B"}
