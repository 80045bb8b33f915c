"""Alarms are raised and ended by looking at the last minutes of everybody on duty; people look into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from xiuhua.command import permissions, rules
from xiuhua.command.models import Alarm, Switch
from xiuhua.command.queries import everyone, followed, limits, milliseconds, stretches
from xiuhua.command.queries.alarms import kinds_on, outside_of
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid
from xiuhua.observations import queries as observations
from xiuhua.observations.queries import Device
from xiuhua.org.queries import Unit

MINUTE = 60_000
# Beyond what a kind asks for: how far back is read, in minutes.
MORE = 2
Outside = Callable[[float, float], float]


class _Borders(dict[Unit, Outside]):
    """The area of each unit, put together once a look."""

    def __missing__(self, unit: Unit) -> Outside:
        return self.setdefault(unit, outside_of(unit))


def look_for_alarms(*, at: datetime) -> tuple[int, int]:
    """How many were raised and how many ended. Only who is on duty, was heard lately and is of a kind that is on."""
    on, bounds = kinds_on(), limits()
    running, seen = stretches(at), everyone(at)
    now = milliseconds(at)
    still_open = {(a.device_id, a.kind): a for a in Alarm.objects.filter(ended_at__isnull=True)}
    borders = _Borders()
    raised = 0
    for device in followed(SYSTEM).filter(pk__in=list(seen)).select_related("unit", "officer"):
        if now - seen[device.pk].at > bounds.lost_minutes * MINUTE:
            continue
        begin = max(
            running[device.pk].starts, now - (bounds.still_minutes + bounds.lost_minutes + MORE) * MINUTE
        )
        found = _found(device, begin, now, on, borders)
        for kind, alarm in found.items():
            if still_open.pop((device.pk, kind.value), None) is None:
                _raise(device, alarm, bounds, at)
                raised += 1
    for ended in still_open.values():
        _end(ended, at)
    return raised, len(still_open)


def _found(
    device: Device,
    begin: int,
    now: int,
    on: frozenset[rules.AlarmKind],
    borders: _Borders,
) -> Mapping[rules.AlarmKind, rules.Found]:
    fixes, bounds = observations.fixes(device.pk, begin, now + 1), limits()
    found = []
    if rules.AlarmKind.STILL in on:
        found.append(rules.still(fixes, bounds))
    if rules.AlarmKind.AWAY in on:
        found.append(rules.away(fixes, borders[device.unit], bounds))
    return {alarm.kind: alarm for alarm in found if alarm is not None}


def _raise(device: Device, found: rules.Found, bounds: rules.Limits, at: datetime) -> None:
    limit = bounds.still_minutes if found.kind == rules.AlarmKind.STILL else bounds.away_metres
    with record.act("command.raise_alarm", by=SYSTEM, at=at) as act:
        alarm = Alarm(
            kind=found.kind,
            device=device,
            officer=device.officer,
            unit=device.unit,
            since=datetime.fromtimestamp(found.since / 1000, clock.SHANGHAI),
            raised_at=at,
            lon=found.lon,
            lat=found.lat,
            measured=found.measured,
            limit=limit,
        )
        alarm.save(force_insert=True)
        act.entry(on=alarm, facts={"kind": found.kind, "measured": found.measured, "limit": limit})


def _end(alarm: Alarm, at: datetime) -> None:
    """Its sign is gone, the duty is over, or the kind was turned off."""
    with record.act("command.end_alarm", by=SYSTEM, at=at) as act:
        alarm.ended_at = at
        alarm.save()
        act.entry(on=alarm, facts={"kind": alarm.kind})


def handle(*, alarm: Alarm, note: str, by: Actor, at: datetime) -> Alarm:
    """Somebody asked what it was. The alarm itself ends when its sign is gone. Raises Refused, Invalid."""
    if not note.strip():
        raise Invalid({"note": "请写明核查情况"})
    with record.act("command.handle_alarm", by=by, at=at) as act:
        alarm.refresh_from_db(from_queryset=Alarm.objects.select_for_update())
        permissions.check_can_handle(alarm, by)
        alarm.handled_by, alarm.note = by.name, note.strip()[:200]
        alarm.save()
        act.entry(on=alarm, facts={"note": alarm.note})
    return alarm


def switch(*, kind: str, on: bool, reason: str, by: Actor, at: datetime) -> Switch:
    """Turn a kind of alarm off or on, with a reason. Raises Refused, Invalid."""
    permissions.check_can_switch(by)
    errors = {}
    if kind not in set(rules.AlarmKind):
        errors["kind"] = "没有这种提醒"
    if not reason.strip():
        errors["reason"] = "请写明原因"
    if errors:
        raise Invalid(errors)
    with record.act("command.switch", by=by, at=at) as act:
        row = Switch.objects.select_for_update().filter(kind=kind).first() or Switch(kind=kind)
        row.on, row.reason, row.changed_by, row.changed_at = on, reason.strip()[:200], by.name, at
        row.save()
        act.entry(on=row, facts={"kind": kind, "on": on, "reason": row.reason})
    return row
