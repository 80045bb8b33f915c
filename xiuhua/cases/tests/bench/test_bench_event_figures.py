"""Cases punished on the counted days of a major event, and their fines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from xiuhua.cases import figures
from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.duty import actions as duty
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT, TODAY

# Each walks through many acts.
pytestmark = pytest.mark.slow

YEAR = Period.year(TODAY.year)


def decided(bench: Bench, on: date | None, fine: int | None) -> None:
    case = bench.open(unit=bench.bureau.east)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        case.decided_on, case.fine = on, None if fine is None else Decimal(fine)
        case.save()
        act.entry(on=case, facts={})


def values() -> tuple[int, int, Decimal]:
    """The cases of X16, those of X17, and the fines of the latter in the measure of the figure."""
    cases, fines = (figure.rows(SYSTEM, YEAR) for figure in figures.EVENTS)
    summed = fines.aggregate(n=Sum(figures.EVENTS[1].total))["n"] or 0
    return cases.count(), fines.count(), Decimal(summed) / figures.EVENTS[1].per


def test_a_case_counts_by_the_day_of_its_decision_within_the_counted_days(bench: Bench) -> None:
    decided(bench, TODAY, 15000)
    decided(bench, TODAY, None)
    decided(bench, TODAY + timedelta(days=1), 200)
    decided(bench, None, None)
    assert values() == (0, 0, Decimal(0))
    said: dict[str, Any] = {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY + timedelta(days=9)}
    orders = [duty.Guarded(1, "hotel", "示例宾馆")]
    duty.declare_event(name="示例会", orders=orders, counted=(TODAY, TODAY), by=SYSTEM, at=AT, **said)
    assert values() == (2, 1, Decimal("1.5"))
