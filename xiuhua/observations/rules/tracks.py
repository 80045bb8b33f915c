"""Tracks: distance, stops, trips, time inside an area. Pure; fixes are in the order of their moments."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

EARTH_METRES = 6_371_008.8
# A stop: within so many metres for at least so long.
STOP_METRES = 60.0
STOP_SECONDS = 180
# After so long without a fix nobody knows where the device was: a trip ends and no time is counted.
GAP_SECONDS = 600


class Fix(NamedTuple):
    """Where and when (milliseconds since 1970 UTC, WGS-84); speed in km/h, course in degrees, where they are known."""

    at: int
    lon: float
    lat: float
    speed: float | None = None
    course: float | None = None
    altitude: float | None = None


class Stop(NamedTuple):
    """Standing still from one moment to another, in the middle of its fixes."""

    starts: int
    ends: int
    lon: float
    lat: float

    @property
    def seconds(self) -> float:
        return (self.ends - self.starts) / 1000


class Trip(NamedTuple):
    """Under way between stops or gaps."""

    starts: int
    ends: int
    metres: float


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance of two points (lon, lat) on the sphere."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def _between(a: Fix, b: Fix) -> float:
    return metres((a.lon, a.lat), (b.lon, b.lat))


def _gap(a: Fix, b: Fix) -> bool:
    return b.at - a.at > GAP_SECONDS * 1000


def track_metres(fixes: Sequence[Fix]) -> float:
    """Length of the track; over a gap nothing is counted."""
    return sum(_between(a, b) for a, b in pairwise(fixes) if not _gap(a, b))


def stops(fixes: Sequence[Fix]) -> list[Stop]:
    """The stops, in their order: as long as every fix lies near the first of the stop and no gap comes between."""
    found = []
    for first, last in _still(fixes):
        part = fixes[first : last + 1]
        lon = math.fsum(f.lon for f in part) / len(part)
        lat = math.fsum(f.lat for f in part) / len(part)
        found.append(Stop(part[0].at, part[-1].at, lon, lat))
    return found


def _still(fixes: Sequence[Fix]) -> list[tuple[int, int]]:
    """First and last index of every stop."""
    found, first = [], 0
    while first < len(fixes):
        last = first
        while (
            last + 1 < len(fixes)
            and not _gap(fixes[last], fixes[last + 1])
            and _between(fixes[first], fixes[last + 1]) <= STOP_METRES
        ):
            last += 1
        if fixes[last].at - fixes[first].at >= STOP_SECONDS * 1000:
            found.append((first, last))
            first = last + 1
        else:
            first += 1
    return found


def trips(fixes: Sequence[Fix]) -> list[Trip]:
    """What lies between stops and gaps, where the device moved at all."""
    ends = dict(_still(fixes))
    found: list[Trip] = []
    start = 0
    for mark in [*ends, len(fixes) - 1]:
        found += _driven(fixes[start : mark + 1])
        start = ends.get(mark, mark)
    return found


def _driven(fixes: Sequence[Fix]) -> list[Trip]:
    """The trips of a stretch without stops: it is cut at its gaps."""
    found, start = [], 0
    for i in range(1, len(fixes) + 1):
        if i < len(fixes) and not _gap(fixes[i - 1], fixes[i]):
            continue
        part = fixes[start:i]
        length = track_metres(part)
        if len(part) > 1 and length > 0:
            found.append(Trip(part[0].at, part[-1].at, length))
        start = i
    return found


def seconds_inside(fixes: Sequence[Fix], inside: Callable[[float, float], bool]) -> float:
    """Seconds spent where `inside(lon, lat)` holds: between two fixes inside all of the time, between one inside and
    one outside half of it, over a gap none.
    """
    total = 0.0
    held = [inside(f.lon, f.lat) for f in fixes]
    for i in range(1, len(fixes)):
        if not _gap(fixes[i - 1], fixes[i]):
            total += (fixes[i].at - fixes[i - 1].at) / 1000 * (held[i - 1] + held[i]) / 2
    return total


def thinned(fixes: Sequence[Fix], most: int) -> list[Fix]:
    """At most `most` (two or more) of the fixes, evenly, the first and the last among them: enough for a drawing."""
    if len(fixes) <= most:
        return list(fixes)
    step = (len(fixes) - 1) / (most - 1)
    return [fixes[round(i * step)] for i in range(most)]
