"""Faults of devices as work items: opened and closed by what devices send, or closed by people who mended them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid
from xiuhua.observations import rules
from xiuhua.observations.models import Current, Device, DeviceFault
from xiuhua.observations.permissions import check_can_assign, check_can_mend, check_can_report
from xiuhua.observations.queries import health_of, now_by_device, registry
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer

REPORTED = rules.FaultKind.REPORTED
LONGEST = 200

# Why the system closes a fault.
SIGN_GONE = "故障迹象已消失"


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
    new, gone = found - open_.keys(), open_.keys() - found - rules.BY_HAND
    if not (new or gone):
        return 0, 0
    with record.act("observations.look_at_health", by=SYSTEM, at=at) as act:
        for kind in sorted(new):
            DeviceFault(device_id=device_id, kind=kind, since=at).save(force_insert=True)
        for ended in sorted(gone):
            _end(open_[ended], SYSTEM, at, SIGN_GONE)
        device = Device.objects.get(pk=device_id)
        act.entry(on=device, facts={"opened": sorted(new), "closed": sorted(gone)})
    return len(new), len(gone)


def mend(*, fault: DeviceFault, note: str, by: Actor, at: datetime) -> DeviceFault:
    """Somebody mended it. If the sign is still there the next look opens a new fault. Raises Refused, Invalid."""
    check_can_mend(fault, by)
    if not note.strip():
        raise Invalid({"note": "请写明处理情况"})
    with transaction.atomic():
        _lock(fault)
        if fault.ended_at is None:
            with record.act("observations.mend", by=by, at=at) as act:
                _end(fault, by, at, note.strip()[:LONGEST])
                act.entry(on=fault.device, facts={"fault": fault.kind, "note": fault.note})
    return fault


def report_fault(*, device: Device, what: str, by: Actor, at: datetime) -> DeviceFault:
    """Somebody says what is wrong with a device that signs do not tell. Raises Refused, Invalid."""
    check_can_report(device, by)
    errors = {}
    if not what.strip():
        errors["what"] = "请写明故障情况"
    if device.withdrawn_at is not None:
        errors["device"] = "设备已停用"
    if errors:
        raise Invalid(errors)
    with record.act("observations.report_fault", by=by, at=at) as act:
        fault = DeviceFault(device=device, kind=REPORTED, what=what.strip()[:LONGEST], since=at)
        try:
            with transaction.atomic():
                fault.save(force_insert=True)
        except IntegrityError as error:
            raise Invalid({"what": "这台设备已有一件报修未处理"}) from error
        act.entry(on=device, facts={"what": fault.what})
    return fault


def assign_fault(*, fault: DeviceFault, officer: Officer, by: Actor, at: datetime) -> DeviceFault:
    """An open fault is given to somebody of the unit that holds the device. Raises Refused, Invalid."""
    check_can_assign(fault.device, by)
    if officer.pk not in {o.pk for o in org.officers_of(fault.device.unit, clock.day_of(at))}:
        raise Invalid({"officer": "处理人员应是配属单位的人员"})
    with record.act("observations.assign_fault", by=by, at=at) as act:
        _lock(fault)
        if fault.ended_at is not None:
            raise Invalid({"officer": "故障已处理"})
        fault.officer, fault.assigned_at = officer, at
        fault.save()
        act.entry(on=fault.device, facts={"fault": fault.kind, "officer": officer.staff_no})
    return fault


def _lock(fault: DeviceFault) -> None:
    """As it stands now: somebody else may have ended it since it was read."""
    fault.refresh_from_db(from_queryset=DeviceFault.objects.select_for_update())


def _end(fault: DeviceFault, by: Actor, at: datetime, note: str) -> None:
    fault.ended_at, fault.ended_by, fault.note = at, by.name, note
    fault.save()
