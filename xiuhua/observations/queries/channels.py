"""Channels that can be played, and where."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.observations import rules
from xiuhua.observations.models import Channel


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


def play_url_of(channel: Channel) -> str:
    """Where the media server of the bureau plays it; empty where none is set up."""
    return rules.play_url(settings.MEDIA_URL_OF_CHANNEL, channel.device.identity, channel.identity)
