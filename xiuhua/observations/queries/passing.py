"""Who came near a place in a time, as metres and no more. No track is shown, so nobody has looked at one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from xiuhua.kernel import clock
from xiuhua.observations import rules
from xiuhua.observations.models import Device
from xiuhua.observations.queries.devices import bearers_since
from xiuhua.observations.queries.known import milliseconds
from xiuhua.observations.queries.tracks import day_fixes

# Longer than a shift is no occasion.
LONGEST = timedelta(days=2)


def passed_near(
    officers: Iterable[int], place: tuple[float, float], metres: int, since: datetime, until: datetime
) -> Mapping[int, int]:
    """Officer → metres from `place` (lon, lat) at the nearest, of those whose devices came within `metres` from `since`
    until `until` (two days at most), by positions kept on duty.
    """
    until = min(until, since + LONGEST)
    found: dict[int, int] = {}
    for device in Device.objects.filter(officer__in=set(officers)).order_by("pk"):
        who = device.officer_id
        # Of a device that changed hands since nobody can say whose way it was.
        if who is None or bearers_since(device, since) != {who}:
            continue
        away = _nearest(device, place, since, until)
        if away is not None and away <= metres:
            found[who] = min(round(away), found.get(who, round(away)))
    return found


def _nearest(device: Device, place: tuple[float, float], since: datetime, until: datetime) -> float | None:
    first, last, day = milliseconds(since), milliseconds(until), clock.day_of(since)
    away: list[float] = []
    while day <= clock.day_of(until):
        fixes = (fix for fix in day_fixes(device, day) if first <= fix.at <= last)
        away += [rules.metres(place, (fix.lon, fix.lat)) for fix in fixes]
        day += timedelta(days=1)
    return min(away, default=None)
