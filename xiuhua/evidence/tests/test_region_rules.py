"""A region lies in the picture and has a time; at each second those are covered whose time it is."""

from __future__ import annotations

import pytest

from xiuhua.evidence.rules.regions import MOST, Region, at, region_faults

WHOLE = Region(0, 0, 1, 1)


@pytest.mark.parametrize(
    ("regions", "wrong"),
    [
        ([], True),
        ([WHOLE] * (MOST + 1), True),
        ([WHOLE, Region(0, 0, 1.1, 1)], True),
        ([Region(0.5, 0, 0.5, 1)], True),
        ([Region(0, 0.9, 1, 0.1)], True),
        ([Region(0, 0, 1, 1, 3, 3)], True),
        ([Region(0, 0, 1, 1, -1)], True),
        ([WHOLE, Region(0.1, 0.1, 0.2, 0.2, 1.5, 3)], False),
        ([WHOLE] * MOST, False),
    ],
)
def test_regions_lie_inside_and_have_a_time(regions: list[Region], wrong: bool) -> None:
    assert bool(region_faults(regions)) is wrong


@pytest.mark.parametrize(("second", "count"), [(0, 1), (1.5, 2), (2.9, 2), (3, 1), (99, 1)])
def test_each_is_covered_from_its_beginning_until_before_its_end(second: float, count: int) -> None:
    assert len(at([WHOLE, Region(0, 0, 1, 1, 1.5, 3)], second)) == count


def test_a_time_is_recorded_only_where_there_is_one() -> None:
    assert WHOLE.told == [0, 0, 1, 1]
    assert Region(0, 0, 1, 1, 2).told == [0, 0, 1, 1, 2, None]
