"""Reads of observations: the registry, health, what the gateways need to know, tracks for those who may see them."""

from xiuhua.observations.models import Channel, Current, Device, DeviceFault, DeviceOrder, DutyHours, Watch
from xiuhua.observations.queries.channels import Told, channels, play_url_of, playable
from xiuhua.observations.queries.devices import (
    bearers_since,
    current_of,
    devices,
    faults,
    health_of,
    hours_of,
    map_watches,
    my_faults,
    now_by_device,
    open_faults,
    registry_history,
    watches,
)
from xiuhua.observations.queries.keeping import keeping
from xiuhua.observations.queries.known import Known, registry, version
from xiuhua.observations.queries.odd import devices_of_odd, look_of, looks, odd_frames
from xiuhua.observations.queries.ordering import order_limits, orders, orders_of, orders_waiting, purposes
from xiuhua.observations.queries.passing import passed_near
from xiuhua.observations.queries.tracks import day_fixes, day_span, fixes

__all__ = [
    "Channel",
    "Current",
    "Device",
    "DeviceFault",
    "DeviceOrder",
    "DutyHours",
    "Known",
    "Told",
    "Watch",
    "bearers_since",
    "channels",
    "current_of",
    "day_fixes",
    "day_span",
    "devices",
    "devices_of_odd",
    "faults",
    "fixes",
    "health_of",
    "hours_of",
    "keeping",
    "look_of",
    "looks",
    "map_watches",
    "my_faults",
    "now_by_device",
    "odd_frames",
    "open_faults",
    "order_limits",
    "orders",
    "orders_of",
    "orders_waiting",
    "passed_near",
    "play_url_of",
    "playable",
    "purposes",
    "registry",
    "registry_history",
    "version",
    "watches",
]
