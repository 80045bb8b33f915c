"""How a device is, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from xiuhua.kernel import clock
from xiuhua.observations import queries, rules
from xiuhua.observations.models import Current, Device, DeviceFault
from xiuhua.web.frame.parts import State

# A terminal that was heard within this is there: they send each half minute, and heartbeats between.
THERE_MS = 180_000


@dataclass(frozen=True, slots=True)
class Line:
    """A device in the list."""

    device: Device
    state: State
    heard: datetime | None
    faults: list[DeviceFault]


def lines(devices: Iterable[Device], faults: Iterable[DeviceFault], now: datetime) -> list[Line]:
    found = list(devices)
    known = {p: queries.registry(p, now) for p in {d.protocol for d in found}}
    current = queries.now_by_device(d.pk for d in found)
    by_device: dict[int, list[DeviceFault]] = {}
    for fault in faults:
        by_device.setdefault(fault.device_id, []).append(fault)
    return [
        Line(
            device,
            state_of(device, known[device.protocol].get(device.identity), current.get(device.pk), now),
            moment(current[device.pk].heard) if device.pk in current else None,
            by_device.get(device.pk, []),
        )
        for device in found
    ]


def state_of(device: Device, known: queries.Known | None, row: Current | None, now: datetime) -> State:
    if device.withdrawn_at is not None or known is None:
        return State(_("停用"), "back")
    at = round(now.timestamp() * 1000)
    there = row is not None and at - row.heard <= THERE_MS
    if not rules.on_duty(at, known.hours):
        return State(_("非当班，在线") if there else _("非当班"), "wait")
    return State(_("当班，在线"), "done") if there else State(_("当班，无信号"), "refused")


def moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, clock.SHANGHAI)
