"""Head-counts of four kinds, never one for another."""

from __future__ import annotations

from datetime import date

from xiuhua.org.models import Headcount, Unit
from xiuhua.org.rules import HeadcountKind


def headcount(kind: HeadcountKind | str, on: date, unit: Unit | None = None) -> Headcount | None:
    """The count of `kind` for `on`: the last one of that year up to the day, else the first after it in that year.

    Without `unit` the count of the whole bureau. None where the year has none: no count is carried into another year.
    """
    year = Headcount.objects.filter(kind=kind, unit=unit, on__year=on.year)
    return year.filter(on__lte=on).order_by("on").last() or year.order_by("on").first()
