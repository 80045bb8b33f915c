"""What a gateway keeps in memory: every device of its protocol with its code and the hours in which it is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from xiuhua.observations import rules
from xiuhua.observations.models import Device, DutyHours
from xiuhua.observations.queries.keeping import keeping

# A backlog that is older finds no hours and is not kept.
BACKLOG_DAYS = 31
ALWAYS = (rules.Hours(0, 1 << 62),)


@dataclass(frozen=True, slots=True)
class Known:
    """A device as its gateway knows it. `hours` are merged; a device that is kept always has one endless stretch."""

    pk: int
    kind: str
    unit_id: int
    datum: rules.Datum
    lenient: bool
    code_hash: str
    hours: tuple[rules.Hours, ...]


def version() -> tuple[object, ...]:
    """Changes whenever `registry` would: cheap to ask each second."""
    devices = Device.objects.aggregate(n=Count("pk"), last=Max("revision"))
    hours = DutyHours.objects.aggregate(
        n=Count("pk"), last=Max("pk"), ended=Count("pk", filter=Q(ended=True))
    )
    return (*devices.values(), *hours.values())


def registry(protocol: str, now: datetime) -> dict[str, Known]:
    """Identity → device, of those in use."""
    kept = keeping()
    found = {}
    people, vehicles, units = _hours(now)
    for device in Device.objects.filter(protocol=protocol, withdrawn_at__isnull=True):
        rule = kept.get(device.kind)
        hours: tuple[rules.Hours, ...]
        if rule is None:
            hours = ()
        elif not rule.only_on_duty:
            hours = ALWAYS
        else:
            own = people[device.officer_id] if device.officer_id else units[device.unit_id]
            hours = rules.merged([*vehicles[device.pk], *own])
        found[device.identity] = Known(
            device.pk,
            device.kind,
            device.unit_id,
            rules.Datum(device.datum),
            device.lenient,
            device.code_hash,
            hours,
        )
    return found


Found = defaultdict[int | None, list[rules.Hours]]


def _hours(now: datetime) -> tuple[Found, Found, Found]:
    """Hours by officer, by device, by unit."""
    rows = DutyHours.objects.filter(ended=False, ends_at__gt=now - timedelta(days=BACKLOG_DAYS))
    people, vehicles, units = (defaultdict[int | None, list[rules.Hours]](list) for _ in range(3))
    values: Iterable[tuple[int | None, int | None, int | None, datetime, datetime]] = rows.values_list(
        "officer", "device", "unit", "starts_at", "ends_at"
    )
    for officer, device, unit, starts, ends in values:
        stretch = rules.Hours(milliseconds(starts), milliseconds(ends))
        if officer is not None:
            people[officer].append(stretch)
        elif device is not None:
            vehicles[device].append(stretch)
        else:
            units[unit].append(stretch)
    return people, vehicles, units


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
