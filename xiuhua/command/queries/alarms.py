"""Alarms, their switches, and how far a place lies outside the area of a unit."""

from __future__ import annotations

import math
from collections.abc import Callable

from django.db.models import QuerySet
from shapely.geometry import Point, shape
from shapely.ops import unary_union

from xiuhua.command import rules
from xiuhua.command.models import Alarm, Switch
from xiuhua.kernel.authz import Actor
from xiuhua.org.queries import Unit

METRES_PER_DEGREE = 111_195.0


def alarms(user: Actor) -> QuerySet[Alarm]:
    return Alarm.objects.visible(user).select_related("officer", "device", "unit").order_by("-since", "-pk")


def open_alarms(user: Actor) -> QuerySet[Alarm]:
    return alarms(user).filter(ended_at__isnull=True)


def switches(user: Actor) -> dict[rules.AlarmKind, Switch | None]:
    """Every kind with its switch, if it was ever touched."""
    rows = {row.kind: row for row in Switch.objects.visible(user)}
    return {kind: rows.get(kind.value) for kind in rules.AlarmKind}


def kinds_on() -> frozenset[rules.AlarmKind]:
    """The kinds that are raised now."""
    off = set(Switch.objects.filter(on=False).values_list("kind", flat=True))
    return frozenset(kind for kind in rules.AlarmKind if kind.value not in off)


def outside_of(unit: Unit) -> Callable[[float, float], float]:
    """Metres from a place (lon, lat) to the area of the unit, 0 inside; a unit without an area has no outside."""
    ground = unary_union([shape(area.geometry) for area in unit.areas.all()])
    if ground.is_empty:
        return lambda lon, lat: 0.0
    # Degrees of longitude are shorter: measured on a plane that is stretched as the middle of the area is.
    narrow = math.cos(math.radians(ground.centroid.y))

    def outside(lon: float, lat: float) -> float:
        here = Point(lon, lat)
        if ground.covers(here):
            return 0.0
        near = ground.boundary.interpolate(ground.boundary.project(here))
        return math.hypot((lon - near.x) * narrow, lat - near.y) * METRES_PER_DEGREE

    return outside
