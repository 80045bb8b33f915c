"""Cases punished on the counted days of a major event, and their fines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases import figures
from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.duty import actions as duty
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT, TODAY
from xiuhua.reports import queries

# Each walks through many acts.
pytestmark = pytest.mark.slow

YEAR = Period.year(TODAY.year)


def decided(bench: Bench, on: date | None, fine: int | None) -> None:
    case = bench.open(unit=bench.bureau.east)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        case.decided_on, case.fine = on, None if fine is None else Decimal(fine)
        case.save()
        act.entry(on=case, facts={})


def values() -> dict[str, tuple[Decimal | None, int]]:
    found = {f.id: queries.value(f, SYSTEM, YEAR) for f in figures.EVENTS}
    return {id: (value.value, value.rows) for id, value in found.items()}


def test_a_case_counts_by_the_day_of_its_decision_within_the_counted_days(bench: Bench) -> None:
    decided(bench, TODAY, 15000)
    decided(bench, TODAY, None)
    decided(bench, TODAY + timedelta(days=1), 200)
    decided(bench, None, None)
    assert values() == {"X16": (Decimal(0), 0), "X17": (Decimal("0.00"), 0)}
    said: dict[str, Any] = {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY + timedelta(days=9)}
    orders = [duty.Guarded(1, "hotel", "示例宾馆")]
    duty.declare_event(name="示例会", orders=orders, counted=(TODAY, TODAY), by=SYSTEM, at=AT, **said)
    assert values() == {"X16": (Decimal(2), 2), "X17": (Decimal("1.50"), 1)}
