from __future__ import annotations

import pytest

from xiuhua.cases.backfill import numbers
from xiuhua.cases.backfill.known import Known


@pytest.mark.parametrize(
    ("kind", "number", "year", "serial"),
    [
        ("case", "浦01-18-0001", 2018, 1),
        ("case", "浦01-17-0207", 2017, 207),
        ("penalty_decision", "2181501999", 2018, 999),
        ("on_spot_decision", "1211501007", 2021, 7),
    ],
)
def test_a_number_in_its_form_finds_its_place(
    known: Known, kind: str, number: str, year: int, serial: int
) -> None:
    placed = numbers.placed(kind, number, known.units["S"], known)
    assert placed == numbers.Number(kind, "S", year, serial, number)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("case", "浦02-18-0001"),  # the prefix of another unit
        ("case", "浦01-18-007"),  # not how we write a serial
        ("case", "浦01-18-0000"),
        ("case", "沪X〔2018〕1号"),
        ("penalty_decision", "2181501000"),
        ("penalty_decision", "218150100"),
        ("inspection_record", "1"),  # a kind without numbers
    ],
)
def test_a_number_of_another_form_has_no_place_in_our_series(known: Known, kind: str, number: str) -> None:
    assert numbers.placed(kind, number, known.units["S"], known) is None
