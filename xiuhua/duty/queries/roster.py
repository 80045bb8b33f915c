"""Rosters, swaps and appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from xiuhua.duty import rules
from xiuhua.duty.models import Appeal, Shift, Stop, Swap
from xiuhua.duty.models.seen import seen_through
from xiuhua.duty.queries.ground import limits
from xiuhua.kernel.authz import Actor
from xiuhua.org.queries import Unit


def shifts(user: Actor) -> QuerySet[Shift]:
    """Every shift that stands, the latest day first."""
    rows = Shift.objects.visible(user).filter(cancelled=False)
    return rows.select_related("officer", "unit", "kind", "beat").order_by("-day", "-starts_at", "-pk")


def roster(user: Actor, unit: Unit, monday: date) -> QuerySet[Shift]:
    """The shifts of a unit in one week, by hour."""
    week = (monday, monday + timedelta(days=6))
    return shifts(user).filter(unit=unit, day__range=week).order_by("starts_at", "pk")


def my_shifts(user: Actor, start: date, end: date) -> QuerySet[Shift]:
    """The person's own, the next first."""
    rows = shifts(user).filter(officer=user.officer_id or 0, day__range=(start, end))
    return rows.order_by("starts_at")


def on_duty(user: Actor, at: datetime) -> QuerySet[Shift]:
    """Who is in a shift at `at`: for the live picture, and for whoever may keep positions only in duty hours."""
    return shifts(user).filter(starts_at__lte=at, ends_at__gt=at).order_by("unit", "officer")


def stops_of(user: Actor, shift: Shift) -> Sequence[Stop]:
    """Where one has to be, in the order of the hours."""
    rows = Stop.objects.visible(user).filter(shift=shift).select_related("point")
    return list(rows.order_by("due_at", "pk"))


def standing_of(shift: Shift, now: datetime) -> rules.Standing:
    return rules.standing(shift.span, shift.attended_at, shift.excused, now, limits())


def swaps(user: Actor) -> QuerySet[Swap]:
    rows = Swap.objects.visible(user).select_related(
        "shift__kind", "shift__unit", "in_exchange__kind", "asker", "other"
    )
    return rows.order_by("-asked_at", "-pk")


def appeals(user: Actor) -> QuerySet[Appeal]:
    rows = Appeal.objects.visible(user).select_related("shift__kind", "shift__unit", "officer")
    return rows.order_by("-made_at", "-pk")


def waiting_for(user: Actor) -> tuple[QuerySet[Swap], QuerySet[Appeal]]:
    """What this person has to answer: swaps asked of him or her or to be approved, appeals to be decided."""
    mine = Q(other=user.officer_id or 0, state=rules.SwapState.ASKED)
    decides = seen_through(user, "duty.decide", "shift__unit")
    if decides is None:
        return swaps(user).filter(mine), appeals(user).none()
    others = ~Q(asker=user.officer_id or 0) & ~Q(other=user.officer_id or 0)
    to_approve = decides & others & Q(state=rules.SwapState.CONSENTED)
    to_decide = decides & Q(state=rules.AppealState.OPEN) & ~Q(officer=user.officer_id or 0)
    return swaps(user).filter(mine | to_approve), appeals(user).filter(to_decide)
