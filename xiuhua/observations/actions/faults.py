"""Faults of devices as work items: opened and closed by what devices send, or closed by people who mended them."""

from __future__ import annotations

from datetime import datetime

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid
from xiuhua.observations import rules
from xiuhua.observations.models import Current, Device, DeviceFault
from xiuhua.observations.permissions import check_can_mend
from xiuhua.observations.queries import health_of, now_by_device, registry


def look_at_health(*, at: datetime) -> tuple[int, int]:
    """Open what is newly wrong and close what is right again, of every device in use; how many of each.

    The counters that the gateways gathered since the last look begin anew.
    """
    opened = closed = 0
    for protocol in rules.Protocol:
        known = list(registry(protocol, at).values())
        now = now_by_device(each.pk for each in known)
        for each in known:
            found = rules.found_faults(health_of(each, now.get(each.pk), at))
            more, less = _compare(each.pk, found, at)
            opened, closed = opened + more, closed + less
        Current.objects.filter(device__in=list(now)).update(alarm=0, frames=0, bad=0)
    return opened, closed


def _compare(device_id: int, found: frozenset[rules.FaultKind], at: datetime) -> tuple[int, int]:
    open_ = {
        fault.kind: fault for fault in DeviceFault.objects.filter(device=device_id, ended_at__isnull=True)
    }
    new, gone = found - open_.keys(), open_.keys() - found
    if not (new or gone):
        return 0, 0
    with record.act("observations.look_at_health", by=SYSTEM, at=at) as act:
        for kind in sorted(new):
            DeviceFault(device_id=device_id, kind=kind, since=at).save(force_insert=True)
        for ended in sorted(gone):
            _end(open_[ended], SYSTEM, at, "")
        device = Device.objects.get(pk=device_id)
        act.entry(on=device, facts={"opened": sorted(new), "closed": sorted(gone)})
    return len(new), len(gone)


def mend(*, fault: DeviceFault, note: str, by: Actor, at: datetime) -> DeviceFault:
    """Somebody mended it. If the sign is still there the next look opens a new fault. Raises Refused, Invalid."""
    check_can_mend(fault.device, by)
    if not note.strip():
        raise Invalid({"note": "请写明处理情况"})
    if fault.ended_at is not None:
        return fault
    with record.act("observations.mend", by=by, at=at) as act:
        _end(fault, by, at, note.strip())
        act.entry(on=fault.device, facts={"fault": fault.kind, "note": note.strip()})
    return fault


def _end(fault: DeviceFault, by: Actor, at: datetime, note: str) -> None:
    fault.ended_at, fault.ended_by, fault.note = at, by.name, note
    fault.save()
