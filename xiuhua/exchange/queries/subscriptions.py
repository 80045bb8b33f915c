"""Subscriptions for those who may see them, their deliveries, and how the line to each receiver stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count, QuerySet

from xiuhua.exchange.models import Delivery, Line, Subscription
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.org import queries as org


def subscriptions(user: Actor) -> QuerySet[Subscription]:
    """The running ones first, then the latest."""
    return Subscription.objects.visible(user).select_related("line").order_by("state", "-made_at", "-pk")


def running(day: date) -> list[Subscription]:
    """Those for which events are made on this day."""
    found = Subscription.objects.running().filter(valid_from__lte=day, valid_to__gte=day)
    return list(found.order_by("pk"))


def line_of(subscription: Subscription) -> Line:
    return Line.objects.get(subscription=subscription)


def deliveries(user: Actor, subscription: Subscription) -> QuerySet[Delivery]:
    """What was sent to the agency or waits for it, the last first; nothing for whoever may not see the subscription."""
    seen = Subscription.objects.visible(user).filter(pk=subscription.pk)
    found = Delivery.objects.filter(subscription__in=seen).select_related("event")
    return found.order_by("-event__at", "-pk")


def counts(rows: Iterable[Subscription]) -> Mapping[int, Mapping[str, int]]:
    """Subscription → state of deliveries → how many."""
    asked = Delivery.objects.filter(subscription__in=[row.pk for row in rows])
    found: dict[int, dict[str, int]] = {}
    for pk, state, n in asked.values_list("subscription", "state").annotate(n=Count("pk")):
        found.setdefault(pk, {})[state] = n
    return found


def within(codes: Collection[str]) -> frozenset[str]:
    """The units named by `codes` with all that belong to them."""
    if not codes:
        return frozenset()
    parents = dict(org.units(SYSTEM).values_list("code", "parent__code"))

    def belongs(code: str | None) -> bool:
        while code is not None:
            if code in codes:
                return True
            code = parents.get(code)
        return False

    return frozenset(code for code in parents if belongs(code))
