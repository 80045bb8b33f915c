"""Whoever looks at what is live is written down, once for as long as `look_minutes` says: each reads who looked.

Who may look is asked where it is shown; what is shown to nobody but its bearer is not written. PIPL §51, §54.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor
from xiuhua.observations.models import Device, Watch
from xiuhua.observations.queries import order_limits
from xiuhua.observations.rules import WatchKind
from xiuhua.org import queries as org


def look_at_map(*, by: Actor, at: datetime) -> Watch | None:
    """`by` sees live where others are. None where it was written lately, or where no post shows others to `by`."""
    scope = by.scope("positions.see")
    if by.user_id is None or not (scope.everything or scope.units):
        return None
    if _lately(WatchKind.MAP, by, at).exists():
        return None
    with record.act("observations.look_at_map", by=by, at=at) as act:
        row = Watch(whole=scope.everything, **_said(WatchKind.MAP, by, at))
        row.save(force_insert=True)
        units = [] if scope.everything else list(org.units(by).filter(pk__in=scope.units).order_by("code"))
        row.units.set(units)
        act.entry(on=row, facts={"whole": row.whole, "units": [unit.code for unit in units]})
    return row


def look_live(*, devices: Iterable[Device], what: WatchKind, by: Actor, at: datetime) -> list[Watch]:
    """`by` sees where these are now, or their films; the rows of those that were not written lately."""
    others = [one for one in devices if one.officer_id is None or one.officer_id != by.officer_id]
    seen = set(_lately(what, by, at).filter(device__in=others).values_list("device", flat=True))
    fresh = [one for one in others if one.pk not in seen]
    if not fresh or by.user_id is None:
        return []
    found = []
    with record.act("observations.look_live", by=by, at=at) as act:
        for device in fresh:
            row = Watch(device=device, officer_id=device.officer_id, **_said(what, by, at))
            row.save(force_insert=True)
            act.entry(on=device, facts={"what": what})
            found.append(row)
    return found


def _lately(what: WatchKind, by: Actor, at: datetime) -> QuerySet[Watch]:
    since = at - timedelta(minutes=order_limits()["look_minutes"])
    return Watch.objects.filter(watcher=by.user_id, what=what, at__gt=since, at__lte=at)


def _said(what: WatchKind, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "watcher": by.user_id,
        "watcher_name": by.name,
        "unit_code": by.unit_code,
        "what": what,
        "day": clock.day_of(at),
        "at": at,
    }
