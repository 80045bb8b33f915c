"""When an act is one again, and what a cause says about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xiuhua.cases.discretion.repeating import Before, counts, factor_of

ACTED = date(2026, 5, 16)
BEFORE = Before("SR11", date(2026, 2, 1), punished=True, same_party=True)


def test_the_same_act_of_the_same_party_punished_before_counts() -> None:
    assert counts(BEFORE, "SR11", ACTED)
    assert counts(replace(BEFORE, decided_on=ACTED), "SR11", ACTED)


@pytest.mark.parametrize(
    "change",
    [
        {"cause_code": "SR14"},
        {"decided_on": None},
        {"decided_on": date(2026, 5, 17)},
        {"punished": False},
        {"same_party": False},
    ],
    ids=["another cause", "not decided", "decided after the act", "no penalty that stands", "only the place"],
)
def test_nothing_else_makes_anybody_a_repeater(change: dict[str, object]) -> None:
    assert not counts(replace(BEFORE, **change), "SR11", ACTED)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "months", "factor"),
    [
        ("area;repeat", 12, "repeat"),
        ("area;food;repeat_in_year", 12, "repeat_in_year"),
        ("area;food;repeat_in_year", 24, ""),
        ("repeat;repeat_in_year", 24, "repeat"),
        ("area", 12, ""),
        ("", 12, ""),
    ],
)
def test_the_circumstance_is_the_one_that_the_cause_itself_names(
    named: str, months: int, factor: str
) -> None:
    assert factor_of(named, months) == factor
