"""Reads of observations: the registry, health, what the gateways need to know, tracks for those who may see them."""

from xiuhua.observations.models import Current, Device, DeviceFault, DutyHours, Watch
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
from xiuhua.observations.queries.tracks import day_span, fixes

__all__ = [
    "Current",
    "Device",
    "DeviceFault",
    "DutyHours",
    "Known",
    "Watch",
    "current_of",
    "day_span",
    "devices",
    "fixes",
    "health_of",
    "hours_of",
    "keeping",
    "now_by_device",
    "open_faults",
    "registry",
    "version",
    "watches",
]
