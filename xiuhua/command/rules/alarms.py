"""Alarms from the last minutes of somebody on duty. Pure; fixes in the order of their moments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from xiuhua.command.rules.limits import Limits
from xiuhua.observations.rules import Fix, metres

MINUTE = 60_000


class AlarmKind(StrEnum):
    AWAY = "away"
    STILL = "still"


ALARM_LABELS = {AlarmKind.AWAY: "越界", AlarmKind.STILL: "滞留"}


class Found(NamedTuple):
    """What an alarm says: since when (ms), where, and how far (metres) or how long (minutes)."""

    kind: AlarmKind
    since: int
    lon: float
    lat: float
    measured: int


def still(fixes: Sequence[Fix], limits: Limits) -> Found | None:
    """Whoever stayed within `still_metres` of where he or she is now for longer than `still_minutes`.

    Only what was seen counts: the time after the last fix is silence, not rest.
    """
    if not fixes:
        return None
    last = fixes[-1]
    since = last
    for fix in reversed(fixes):
        if metres((fix.lon, fix.lat), (last.lon, last.lat)) > limits.still_metres:
            break
        since = fix
    minutes = (last.at - since.at) // MINUTE
    return (
        Found(AlarmKind.STILL, since.at, last.lon, last.lat, minutes)
        if minutes > limits.still_minutes
        else None
    )


def away(fixes: Sequence[Fix], outside: Callable[[float, float], float], limits: Limits) -> Found | None:
    """Whoever was farther than `away_metres` outside for longer than `away_minutes`, up to now.

    `outside` tells how many metres a point lies outside the area; 0 inside.
    """
    if not fixes:
        return None
    since = None
    for fix in reversed(fixes):
        if outside(fix.lon, fix.lat) <= limits.away_metres:
            break
        since = fix
    last = fixes[-1]
    if since is None or last.at - since.at <= limits.away_minutes * MINUTE:
        return None
    return Found(AlarmKind.AWAY, since.at, last.lon, last.lat, round(outside(last.lon, last.lat)))
