"""Channels that can be played, and where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.observations import rules
from xiuhua.observations.models import Channel, Device
from xiuhua.observations.queries.known import milliseconds, registry


class Told(NamedTuple):
    """A channel as a device tells it."""

    identity: str
    name: str
    manufacturer: str
    model: str
    online: bool
    parent: str
    civil_code: str


def channels(user: Actor) -> QuerySet[Channel]:
    """The channels of the devices that `user` may see, by device and number."""
    rows = Channel.objects.visible(user).filter(device__withdrawn_at__isnull=True)
    return rows.select_related("device__unit", "device__officer").order_by("device", "identity")


def playable(user: Actor, channels: Iterable[Channel], now: datetime) -> set[int]:
    """Which of these show what they see: those of devices that `user` may follow, while they are on duty."""
    rows = list(channels)
    devices = Device.objects.followed(user).filter(pk__in={row.device_id for row in rows})
    followed = set(devices.values_list("pk", flat=True))
    protocols = {row.device.protocol for row in rows}
    hours = {known.pk: known.hours for each in protocols for known in registry(each, now).values()}
    at = milliseconds(now)
    return {
        row.pk
        for row in rows
        if row.device_id in followed and rules.on_duty(at, hours.get(row.device_id, ()))
    }


def play_url_of(channel: Channel) -> str:
    """Where the media server of the bureau plays it; empty where none is set up."""
    return rules.play_url(settings.MEDIA_URL_OF_CHANNEL, channel.device.identity, channel.identity)
