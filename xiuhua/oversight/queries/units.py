"""A month by unit: goal, drawn, looked at, with faults. Each number is the count of rows that the list shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.oversight import rules
from xiuhua.oversight.models import Sample
from xiuhua.oversight.queries.settings import goals


@dataclass(frozen=True, slots=True)
class UnitLine:
    """`faulty` counts recordings with a fault that stands, `faults` the faults on them, `late` what is past its day."""

    unit: Unit
    goal: int
    drawn: int = 0
    looked: int = 0
    faulty: int = 0
    faults: int = 0
    late: int = 0

    @property
    def reached(self) -> bool:
        return self.looked >= self.goal


def by_unit(user: Actor, month: date, today: date) -> list[UnitLine]:
    """Every unit with a goal or a sample in the month, as far as `user` sees its samples; those with samples first."""
    rows = Sample.objects.visible(user).filter(month=month)
    stands = Q(faults__gt=0) & ~Q(state=rules.State.STRUCK)
    found = {
        row["unit"]: row
        for row in rows.order_by()
        .values("unit")
        .annotate(
            drawn=Count("pk"),
            looked=Count("pk", filter=~Q(state=rules.State.DRAWN)),
            faulty=Count("pk", filter=stands),
            late=Count("pk", filter=late(today)),
        )
    }
    counted = rows.filter(findings__verdict=rules.Verdict.FAULT, findings__struck=False)
    faults = dict(counted.order_by().values_list("unit").annotate(n=Count("findings")))
    seen = _seen(user, list(org.handling_units()))
    wanted = goals(seen, month)
    lines = [
        UnitLine(unit, wanted.get(unit.pk, 0), faults=faults.get(unit.pk, 0), **_numbers(found.get(unit.pk)))
        for unit in seen
        if unit.pk in wanted or unit.pk in found
    ]
    return sorted(lines, key=lambda line: line.unit.pk not in found)


def late(today: date) -> Q:
    """Rows on which somebody is past the day: the inspector who has to look, or the unit that has to reply."""
    return Q(state=rules.State.DRAWN, look_by__lt=today) | reply_late(today)


def reply_late(today: date) -> Q:
    """Rows that a unit ought to have answered."""
    return Q(state=rules.State.SENT, due_on__lt=today)


def _numbers(row: Mapping[str, Any] | None) -> dict[str, int]:
    return {name: count for name, count in (row or {}).items() if name != "unit"}


def _seen(user: Actor, units: list[Unit]) -> list[Unit]:
    scope = user.scope("oversight.see")
    if scope.everything:
        return units
    acting = set(org.acting_for(scope.authorities))
    return [unit for unit in units if unit.pk in scope.units or unit.pk in acting]
