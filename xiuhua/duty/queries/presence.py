"""Check-ins and findings."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from xiuhua.duty import rules
from xiuhua.duty.models import CheckIn, Finding, Shift
from xiuhua.duty.models.seen import overseen_or_own
from xiuhua.kernel.authz import Actor


def check_ins(user: Actor) -> QuerySet[CheckIn]:
    """With position, phone and signs: own ones, and those of the units that one oversees; the last first."""
    condition = overseen_or_own(user, "unit")
    rows = CheckIn.objects.visible(user) if condition is not None else CheckIn.objects.none()
    rows = rows.filter(condition or Q())
    return rows.select_related("officer", "unit", "point").order_by("-at", "-pk")


def doubtful(user: Actor) -> QuerySet[CheckIn]:
    """What waits for an inspector."""
    return check_ins(user).filter(verdict=rules.Verdict.DOUBTFUL, review="")


def findings(user: Actor) -> QuerySet[Finding]:
    return (
        Finding.objects.visible(user)
        .select_related("lead__kind", "officer", "unit")
        .order_by("-found_at", "-pk")
    )


def before_of(officer_id: int, fix: rules.Fix, limits: rules.Limits) -> rules.Before:
    """What was known before `fix`: the person's last check-in, and the same phone speaking for somebody else."""
    last = CheckIn.objects.filter(officer=officer_id, at__lte=fix.at).order_by("-at").first()
    other = None
    if fix.device:
        near = timedelta(hours=limits.device_hours)
        other = (
            CheckIn.objects.filter(device=fix.device, at__gte=fix.at - near, at__lte=fix.at + near)
            .exclude(officer=officer_id)
            .order_by("-at")
            .values_list("at", flat=True)
            .first()
        )
    return rules.Before(
        rules.Fix(last.at, last.lon, last.lat, last.accuracy, last.device, last.mock) if last else None, other
    )


def shift_at(officer_id: int, at: datetime, limits: rules.Limits | None = None) -> Shift | None:
    """The shift that runs at `at`. With `limits` a check-in belongs to the next one already a little before it begins;
    where one ends as the next is near, the one that is running goes first.
    """
    early = timedelta(minutes=limits.early_minutes if limits else 0)
    rows = Shift.objects.filter(
        officer=officer_id, cancelled=False, starts_at__lte=at + early, ends_at__gte=at
    )
    return rows.order_by("starts_at").first()
