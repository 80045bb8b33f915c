"""The figures of remedies: by the day they came, outcomes of the same rows, rates with a basis of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases import figures
from xiuhua.cases.models import Matter, Remedy
from xiuhua.cases.tests.bench.bench import O1, Bench, Who
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

YEAR = Period.year(2024)
STATISTICS: Who = ("statistics_clerk", 0)
REVIEW, SUIT = "reconsideration", "litigation"
NEW_YEAR, LAST = date(2024, 1, 1), date(2024, 12, 31)
# Kind, came on, ended on, outcome, more. Of the year are all but the two that are said to lie outside.
ROWS: tuple[tuple[str, date | None, date | None, str, dict[str, Any]], ...] = (
    (REVIEW, NEW_YEAR, date(2024, 2, 1), "upheld", {}),
    (REVIEW, LAST, date(2025, 2, 1), "revoked", {"overturned": True}),
    (REVIEW, date(2024, 5, 1), date(2024, 6, 1), "terminated", {}),
    (REVIEW, date(2024, 5, 2), date(2024, 6, 2), "dismissed", {}),
    (REVIEW, date(2024, 5, 3), None, "", {}),
    (REVIEW, date(2023, 12, 31), date(2024, 1, 1), "revoked", {"overturned": True}),
    (REVIEW, None, date(2024, 3, 1), "refused", {}),
    (SUIT, date(2024, 3, 1), date(2024, 9, 1), "claims_dismissed",
     {"heard_on": date(2024, 8, 1), "head_attended": True, "instance": "first"}),
    (SUIT, date(2024, 3, 2), date(2024, 9, 2), "withdrawn",
     {"heard_on": LAST, "head_attended": False, "instance": "first"}),
    (SUIT, date(2024, 3, 3), date(2024, 9, 3), "suit_dismissed", {"instance": "second"}),
    (SUIT, date(2024, 3, 4), date(2024, 9, 4), "mediated", {"instance": "first"}),
    (SUIT, date(2024, 3, 5), date(2024, 9, 5), "revoked",
     {"overturned": True, "heard_on": date(2025, 1, 1), "head_attended": True, "instance": "retrial"}),
)  # fmt: skip
EXPECTED = {
    "J05": 5,
    "J06": 1,
    "J07": 1,
    "J08": 1,
    "J09": 1,
    "J10": 4,
    "J12": 1,
    "J13": 1,
    "J14": 1,
    "J15": 1,
}
FIGURES = {f.id: f for f in figures.REMEDIES}


@pytest.fixture
def counted(bench: Bench) -> None:
    """The rows above, each of a case of squad east, and one more of squad west."""
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for number, (kind, came, ended, outcome, more) in enumerate((*ROWS, ROWS[0])):
            case, _ = bench.at_step("serve_decision")
            if number == len(ROWS):
                case.handling_unit = bench.bureau.west
                case.save()
            matter = Matter(
                case=case, procedure=kind, number=1, state="applied", state_since=AT, opened_at=AT
            )
            matter.save()
            Remedy(
                matter=matter, case=case, kind=kind, accepted_on=came, ended_on=ended, outcome=outcome, **more
            ).save()
        act.entry(on=case, facts={})


@pytest.mark.parametrize("figure", sorted(EXPECTED))
def test_a_figure_counts_what_came_in_the_year_both_its_ends_included(
    bench: Bench, counted: None, figure: str
) -> None:
    east = bench.actor(O1, bench.bureau.east)
    assert FIGURES[figure].rows(east, YEAR).count() == EXPECTED[figure]


def test_new_ones_less_outcomes_are_those_still_open(bench: Bench, counted: None) -> None:
    east = bench.actor(O1, bench.bureau.east)
    outcomes = sum(FIGURES[f"J{n:02}"].rows(east, YEAR).count() for n in range(6, 10))
    still = FIGURES["J05"].rows(east, YEAR).filter(outcome="").count()
    assert FIGURES["J05"].rows(east, YEAR).count() == outcomes + still


def test_the_rates_count_what_was_concluded_and_what_was_heard_in_the_year(
    bench: Bench, counted: None
) -> None:
    east = bench.actor(O1, bench.bureau.east)
    counts = [
        rows(east, YEAR).count()
        for rows in (figures.concluded, figures.overturned, figures.heard, figures.attended)
    ]
    assert counts == [9, 2, 2, 1]


def test_a_figure_counts_only_rows_that_its_reader_may_see(bench: Bench, counted: None) -> None:
    west, all_of_them = bench.actor(O1, bench.bureau.west), bench.actor(STATISTICS)
    auditor = bench.actor(("auditor", 0))
    assert FIGURES["J05"].rows(west, YEAR).count() == 1
    assert FIGURES["J05"].rows(all_of_them, YEAR).count() == 6
    assert FIGURES["J05"].rows(auditor, YEAR).count() == 0


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(5, 6, "83.3"), (0, 4, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (0, 0, None)],
)
def test_a_rate_has_one_decimal_and_none_of_nothing(part: int, whole: int, percent: str | None) -> None:
    assert figures.rate(part, whole) == (Decimal(percent) if percent else None)


def test_every_figure_says_in_both_languages_what_it_counts() -> None:
    for figure in figures.REMEDIES:
        assert figure.definition
        assert figure.definition_en.isascii()
        assert (figure.day, figure.unit) == ("accepted_on", "case__handling_unit")
