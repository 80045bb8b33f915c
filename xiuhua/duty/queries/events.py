"""Events and their levels, tasks, operations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from xiuhua.duty import rules
from xiuhua.duty.models import Call, Event, LevelOrder, Operation, Plan, Task
from xiuhua.kernel.authz import Actor


def events(user: Actor) -> QuerySet[Event]:
    return Event.objects.visible(user).select_related("plan").order_by("-starts_on", "-pk")


def active_events(user: Actor, day: date) -> QuerySet[Event]:
    return events(user).filter(starts_on__lte=day, ends_on__gte=day)


def level_orders(user: Actor, start: date, end: date) -> Sequence[rules.Ordered]:
    """The orders for whole areas that hold on some day from `start` up to and with `end`."""
    rows = LevelOrder.objects.visible(user).filter(
        place_kind=rules.PlaceKind.AREA, event__starts_on__lte=end, event__ends_on__gte=start
    )
    return [
        rules.Ordered(event, level, area, first, last)
        for event, level, area, first, last in rows.values_list(
            "event", "level", "area", "event__starts_on", "event__ends_on"
        )
    ]


def plans() -> Sequence[Plan]:
    """By hazard and colour, the mildest first."""
    order = list(rules.Colour)
    return sorted(Plan.objects.all(), key=lambda p: (p.hazard, order.index(rules.Colour(p.colour))))


def plan_for(hazard: str, colour: str) -> Plan | None:
    return Plan.objects.filter(hazard=hazard, colour=colour).first()


def calls_of(user: Actor) -> QuerySet[Call]:
    """What the person is called to and has not answered."""
    rows = Call.objects.visible(user).filter(officer=user.officer_id or 0, answered_at__isnull=True)
    return rows.select_related("event").order_by("called_at")


def tasks(user: Actor) -> QuerySet[Task]:
    return Task.objects.visible(user).select_related("unit", "officer", "event").order_by("-issued_at", "-pk")


def operations(user: Actor) -> QuerySet[Operation]:
    return Operation.objects.visible(user).select_related("unit").order_by("-held_on", "-pk")
