"""Roads patrolled and inspections made; the days over which events are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from xiuhua.duty import rules
from xiuhua.duty.models import Event, Inspection, RoadPatrol
from xiuhua.kernel.authz import Actor

KNOWN_ROADS = 8


def road_patrols(user: Actor) -> QuerySet[RoadPatrol]:
    return RoadPatrol.objects.visible(user).select_related("officer", "unit").order_by("-at", "-pk")


def inspections(user: Actor) -> QuerySet[Inspection]:
    rows = Inspection.objects.visible(user).select_related("officer", "unit", "task")
    return rows.order_by("-at", "-pk")


def roads_known(user: Actor, unit_id: int) -> list[str]:
    """The roads that people of the unit went along most often, for the form."""
    names = RoadPatrol.objects.visible(user).filter(unit=unit_id).values("road").annotate(n=Count("pk"))
    return list(names.order_by("-n", "road").values_list("road", flat=True)[:KNOWN_ROADS])


def counted_windows(user: Actor, start: date, end: date) -> Sequence[tuple[date, date]]:
    """The counted days of major events that lie from `start` up to and with `end`."""
    rows = Event.objects.visible(user).filter(kind=rules.EventKind.MAJOR)
    # Of an event that ended before them no day is counted.
    rows = rows.exclude(counted_from__gt=F("ends_on"))
    first, last = Coalesce("counted_from", "starts_on"), Coalesce("counted_to", "ends_on")
    return rules.counted_days(rows.values_list(first, last), start, end)


def in_windows(windows: Sequence[tuple[date, date]], field: str) -> Q:
    """The condition that the day `field` lies in one of the windows; nothing does where there are none."""
    found = Q(pk__in=[])
    for window in windows:
        found |= Q(**{f"{field}__range": window})
    return found
