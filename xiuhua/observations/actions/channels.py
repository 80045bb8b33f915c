"""What cameras tell of themselves: make and model, and the channels that can be played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations.models import Channel, Device
from xiuhua.observations.queries.channels import Told

_LONGEST = {"name": 100, "manufacturer": 60, "model": 60, "parent": 64, "civil_code": 20}


def tell(*, device_id: int, told: Mapping[str, Any], at: datetime) -> None:
    """A device said what it is. Written if it is news. Raises Device.DoesNotExist for one that is withdrawn."""
    device = Device.objects.get(pk=device_id, withdrawn_at__isnull=True)
    if device.told == dict(told):
        return
    with record.act("observations.tell", by=SYSTEM, at=at) as act:
        device.told = dict(told)
        device.save()
        act.entry(on=device, facts={"identity": device.identity, "told": dict(told)})


def list_channels(*, device_id: int, channels: Sequence[Told], at: datetime) -> None:
    """A device told some of its channels; what changed is written, channels that are not named stay as they are: a
    long catalogue comes in parts. Raises Device.DoesNotExist for one that is withdrawn."""
    device = Device.objects.get(pk=device_id, withdrawn_at__isnull=True)
    there = {channel.identity: channel for channel in Channel.objects.filter(device=device)}
    news = []
    for told in channels:
        values = {
            name: value[: _LONGEST[name]] if name in _LONGEST else value
            for name, value in told._asdict().items()
            if name != "identity"
        }
        channel = there.get(told.identity)
        if channel is None:
            channel = Channel(device=device, identity=told.identity[:64])
        if channel.pk is None or any(getattr(channel, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(channel, name, value)
            channel.told_at = at
            news.append(channel)
    if not news:
        return
    with record.act("observations.list_channels", by=SYSTEM, at=at) as act:
        for channel in news:
            channel.save()
        act.entry(on=device, facts={"identity": device.identity, "channels": [c.identity for c in news]})
