"""Beats, points, kinds of shifts, thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from xiuhua.duty import rules
from xiuhua.duty.models import Beat, Limit, Point, ShiftKind
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor


def limits() -> rules.Limits:
    """The thresholds as they are loaded now. Raises Invalid before the reference data is loaded."""
    return kernel.thresholds(Limit, rules.Limits.of)


def known_limits() -> rules.Limits | None:
    """The same, or nothing where the table is not loaded: for pages that show more than the street."""
    return limits() if Limit.objects.exists() else None


def shift_kinds() -> Sequence[ShiftKind]:
    """By the hour they begin."""
    return list(ShiftKind.objects.order_by("starts", "code"))


def beats(user: Actor) -> QuerySet[Beat]:
    return Beat.objects.visible(user).select_related("area").order_by("unit", "code")


def points(user: Actor, on: date | None = None) -> QuerySet[Point]:
    """Check-in points; with `on` those that were active on that day."""
    rows = Point.objects.visible(user).select_related("unit", "beat").order_by("unit", "code")
    if on is None:
        return rows
    return rows.filter(Q(active_to__isnull=True) | Q(active_to__gte=on), active_from__lte=on)


def point_by_code(user: Actor, unit_id: int, code: str) -> Point | None:
    return Point.objects.visible(user).filter(unit=unit_id, code=code).first()
