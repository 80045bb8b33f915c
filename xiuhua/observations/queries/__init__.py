"""Reads of observations: the registry, health, what the gateways need to know, tracks for those who may see them."""

from xiuhua.observations.models import Channel, Current, Device, DeviceFault, DutyHours, Watch
from xiuhua.observations.queries.channels import Told, channels, play_url_of
from xiuhua.observations.queries.devices import (
    current_of,
    devices,
    health_of,
    hours_of,
    now_by_device,
    open_faults,
    watches,
)
from xiuhua.observations.queries.keeping import keeping
from xiuhua.observations.queries.known import Known, registry, version
from xiuhua.observations.queries.tracks import day_fixes, day_span, fixes

__all__ = [
    "Channel",
    "Current",
    "Device",
    "DeviceFault",
    "DutyHours",
    "Known",
    "Told",
    "Watch",
    "channels",
    "current_of",
    "day_fixes",
    "day_span",
    "devices",
    "fixes",
    "health_of",
    "hours_of",
    "keeping",
    "now_by_device",
    "open_faults",
    "play_url_of",
    "registry",
    "version",
    "watches",
]
