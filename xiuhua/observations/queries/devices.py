"""The registry for people: devices, what they are doing, their faults, who looked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.kernel.models import RecordQuerySet
from xiuhua.observations import rules
from xiuhua.observations.models import Current, Device, DeviceFault, Watch
from xiuhua.observations.queries.known import Known, milliseconds, registry
from xiuhua.org import queries as org

MINUTE = 60_000
# More devices than these are sooner picked out of all than named one by one.
MANY = 300


def devices(user: Actor) -> QuerySet[Device]:
    """The devices `user` may see in the registry, with unit and bearer."""
    return Device.objects.visible(user).select_related("unit", "officer").order_by("name", "pk")


def open_faults(user: Actor) -> QuerySet[DeviceFault]:
    """Faults that wait to be mended, the oldest first."""
    return DeviceFault.objects.visible(user).filter(ended_at__isnull=True).order_by("since", "pk")


def faults(user: Actor) -> QuerySet[DeviceFault]:
    """Every fault, open or closed, that `user` may see."""
    return DeviceFault.objects.visible(user).select_related("device__unit", "officer")


def my_faults(user: Actor) -> QuerySet[DeviceFault]:
    """Open faults that were given to this person, the oldest first."""
    rows = faults(user).filter(officer=user.officer_id or 0, ended_at__isnull=True)
    return rows.order_by("since", "pk")


CHANGED = "observations.change_device"
# What is told of a device to those who see it; who looked at its track is told to others.
REGISTRY = (
    *("observations.register_device", CHANGED, "observations.issue_code"),
    *("observations.withdraw_device", "observations.sign_on", "observations.import_track"),
    *("observations.report_fault", "observations.assign_fault", "observations.mend"),
)


def registry_history(device: Device) -> RecordQuerySet:
    """What became of a device in the registry, the last first, for a reader who may see it."""
    return kernel.history(record.subject_of(device)).filter(verb__in=REGISTRY).order_by("-pk")


def bearers_since(device: Device, since: datetime) -> set[int | None]:
    """Everybody who bore the device at some time from `since` on, as the record has it; None: nobody did."""
    changes = kernel.history(record.subject_of(device)).filter(verb=CHANGED, at__gte=since)
    told = [json.loads(facts) for facts in changes.values_list("facts", flat=True)]
    # Older entries name what changed and not what was before.
    numbers = {each.get("before", {}).get("officer", "") for each in told if "officer" in each["changed"]}
    known = org.officers(SYSTEM).filter(staff_no__in=numbers).values_list("pk", flat=True)
    return {device.officer_id, *known, *([None] if "" in numbers else [])}


def watches(user: Actor) -> QuerySet[Watch]:
    """Who looked at whom, as far as `user` may know, the last first; at the map in `map_watches`."""
    rows = Watch.objects.visible(user).exclude(what=rules.WatchKind.MAP)
    return rows.select_related("device", "officer").order_by("-at", "-pk")


def map_watches(user: Actor) -> QuerySet[Watch]:
    """Who looked at the live map, as far as `user` may know, the last first."""
    rows = Watch.objects.visible(user).filter(what=rules.WatchKind.MAP)
    return rows.prefetch_related("units").order_by("-at", "-pk")


def now_by_device(ids: Iterable[int]) -> Mapping[int, Current]:
    """What is known now of these devices, of which the caller has made sure that they may be seen."""
    wanted = set(ids)
    rows = Current.objects.all() if len(wanted) > MANY else Current.objects.filter(device__in=wanted)
    return {row.device: row for row in rows if row.device in wanted}


def hours_of(device: Device, now: datetime) -> tuple[rules.Hours, ...]:
    """The stretches in which the device is kept."""
    known = registry(device.protocol, now).get(device.identity)
    return known.hours if known and known.pk == device.pk else ()


def current_of(device: Device, user: Actor, now: datetime) -> Current | None:
    """Where the device is now, for those who may follow it, while it is on duty; None else."""
    if not Device.objects.followed(user).filter(pk=device.pk).exists():
        return None
    stretch = rules.stretch_at(milliseconds(now), hours_of(device, now))
    if stretch is None:
        return None
    # What was before this duty may be of another day and of another bearer.
    return Current.objects.filter(device=device.pk, at__gte=stretch.starts).first()


def health_of(known: Known, row: Current | None, now: datetime) -> rules.Health:
    """What the rules of health ask of a device at the moment `now`."""
    at = milliseconds(now)
    stretch = next((h for h in known.hours if h.starts <= at < h.ends), None)
    duty = (at - stretch.starts) / MINUTE if stretch else None
    if row is None:
        return rules.Health(duty, None, None)
    return rules.Health(
        duty,
        (at - row.heard) / MINUTE,
        (at - row.at) / MINUTE if row.at is not None else None,
        row.alarm,
        row.frames,
        row.bad,
    )
