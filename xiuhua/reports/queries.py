"""Figures: value, by unit, by month, and the rows behind. Everything obeys `visible(user)` of the rows counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from xiuhua.cases import figures as cases
from xiuhua.duty import figures as duty
from xiuhua.evidence import figures as evidence
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor, Refusal, Refused
from xiuhua.observations import figures as observations
from xiuhua.org import queries as org
from xiuhua.org.figures import Denominator, Figure, Period

FIGURES: Mapping[str, Figure] = {
    f.id: f for f in (*cases.FIGURES, *duty.FIGURES, *observations.FIGURES, *evidence.FIGURES)
}


@dataclass(frozen=True, slots=True)
class Value:
    """A figure for a period. `value` is None where a ratio has no denominator, where there is no data, and where
    the reader may not see the rows; `rows` is the count of rows behind.
    """

    figure: Figure
    period: Period
    value: Decimal | None
    rows: int
    denominator: Denominator | None


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one unit or month: its key (unit id or month 1–12), name, and count."""

    key: int
    name: str
    rows: int


def check_may_read(user: Actor) -> None:
    """Raises Refused for people whose post has no statistics."""
    if not user.can("reports.see"):
        raise Refused(
            Refusal("reports.see", "本岗位没有查看统计的权限", meaning="This post may not read figures.")
        )


def rows(figure: Figure, user: Actor, period: Period) -> QuerySet[Any]:
    """The rows that the figure counts, for the list one click away."""
    check_may_read(user)
    return figure.rows(user, period)


def value(figure: Figure, user: Actor, period: Period) -> Value:
    found = rows(figure, user, period)
    if figure.missing or (figure.needs and not user.can(figure.needs)):
        return Value(figure, period, None, 0, None)
    if figure.total:
        told = found.aggregate(rows=Count("pk"), summed=Sum(figure.total))
        summed = Decimal(told["summed"] or 0) / figure.per
        return Value(figure, period, _rounded(summed, figure), told["rows"], None)
    count = found.count()
    if figure.out_of is not None:
        share = figure.out_of(user, period)
        percent = _rounded(Decimal(100 * count) / share.number, figure) if share else None
        return Value(figure, period, percent, count, share)
    if figure.denominator is None:
        return Value(figure, period, Decimal(count), count, None)
    under = figure.denominator(period)
    ratio = None
    if under is not None:
        ratio = _rounded(Decimal(count) / under.number, figure)
    return Value(figure, period, ratio, count, under)


def _rounded(number: Decimal, figure: Figure) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-figure.decimals), ROUND_HALF_UP)


def by_unit(figure: Figure, user: Actor, period: Period) -> Sequence[Part]:
    """Counts by unit, most first; none for a figure whose rows lie with no unit."""
    if not figure.unit:
        return []
    counted = rows(figure, user, period).order_by().values_list(figure.unit).annotate(n=Count("pk"))
    names = {u.pk: u.short_name for u in org.units(user)}
    parts = [Part(unit, names.get(unit, ""), n) for unit, n in counted]
    return sorted(parts, key=lambda p: (-p.rows, p.name))


def by_month(figure: Figure, user: Actor, period: Period) -> Sequence[Part]:
    """Counts by calendar month of the figure's own day, months without rows with 0. For periods within a year.

    None for a figure that counts a stock and not a flow.
    """
    if not figure.day:
        return []
    # By day, which an index answers: SQLite would ask Python for the month of every single row.
    days = rows(figure, user, period).order_by().values_list(figure.day).annotate(n=Count("pk"))
    counted: Counter[int] = Counter()
    for day, n in days:
        counted[(clock.day_of(day) if isinstance(day, datetime) else day).month] += n
    return [Part(m, f"{m}月", counted[m]) for m in range(period.start.month, period.end.month + 1)]


def as_data(figure: Figure, user: Actor, period: Period) -> Mapping[str, Any]:
    """The figure as plain data: value, definition, denominator, parts. What JSON, CSV and the command print."""
    found = value(figure, user, period)
    under = found.denominator
    return {
        "id": figure.id,
        "label": figure.label,
        "label_en": figure.label_en,
        "value": None if found.value is None else float(found.value),
        "measure": figure.measure,
        "rows": found.rows,
        "period": {"from": period.start.isoformat(), "to": period.end.isoformat(), "basis": figure.day},
        "definition": figure.definition,
        "definition_en": figure.definition_en,
        "missing": figure.missing or None,
        "missing_en": figure.missing_en or None,
        "denominator": under and {"number": under.number, "label": under.label, "source": under.source},
        "by_unit": [{"key": p.key, "name": p.name, "rows": p.rows} for p in by_unit(figure, user, period)],
        "by_month": [{"key": p.key, "name": p.name, "rows": p.rows} for p in by_month(figure, user, period)],
    }
