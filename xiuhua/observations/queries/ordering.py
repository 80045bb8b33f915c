"""Orders to terminals: the list for people, what a gateway has to send, and what the bureau allows in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.queries import reference_rows
from xiuhua.observations import rules
from xiuhua.observations.models import Device, DeviceOrder


def orders(user: Actor) -> QuerySet[DeviceOrder]:
    """Orders to the devices that `user` sees in the registry."""
    return DeviceOrder.objects.visible(user).select_related("device__unit")


def orders_of(device: Device, user: Actor) -> QuerySet[DeviceOrder]:
    """The last first."""
    return orders(user).filter(device=device).order_by("-at", "-pk")


def orders_waiting(identities: Iterable[str], protocol: str, now: datetime) -> list[tuple[int, str]]:
    """Orders that wait for one of these terminals, the oldest first, as number and identity: for a gateway."""
    there = set(identities)
    rows = DeviceOrder.objects.filter(
        state=rules.OrderState.QUEUED,
        ends_at__gt=now,
        device__protocol=protocol,
        device__withdrawn_at__isnull=True,
    )
    found = rows.order_by("pk").values_list("pk", "device__identity")
    return [(pk, identity) for pk, identity in found if identity in there]


def purposes() -> Mapping[str, rules.Purpose]:
    """What people may be looked at for, with the article of each."""
    return rules.purposes(reference_rows("terminal_purposes.csv"))


def order_limits() -> Mapping[str, int]:
    return rules.order_limits(reference_rows("terminal_limits.csv"))
