"""Devices and who may be watched (of legal effect), and the rows of positions, which are not."""

from xiuhua.observations.models.channels import Channel
from xiuhua.observations.models.devices import Device, DeviceFault, DutyHours, Watch
from xiuhua.observations.models.orders import DeviceOrder
from xiuhua.observations.models.positions import Current, OddFrame, Position

__all__ = [
    "Channel",
    "Current",
    "Device",
    "DeviceFault",
    "DeviceOrder",
    "DutyHours",
    "OddFrame",
    "Position",
    "Watch",
]
