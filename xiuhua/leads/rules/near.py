"""How near two places are. Pure; spherical earth, which is off by at most half a per cent."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_METRES = 6_371_008.8
_DEGREE = EARTH_METRES * math.pi / 180


def metres_between(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance in metres between two WGS-84 points (haversine)."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half_lat, half_lon = (b - a) / 2, math.radians(lon_b - lon_a) / 2
    h = math.sin(half_lat) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(h)))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of degrees that holds every point within some metres of its middle."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def box_around(lon: float, lat: float, metres: float) -> Box:
    """The box to look in before distances are measured. Near the poles it spans every longitude."""
    high = metres / _DEGREE
    # The widest point of the circle lies nearer to the pole than its middle.
    edge = math.radians(min(89.9, abs(lat) + high))
    wide = min(180.0, high / math.cos(edge))
    # A hair more on every side, so that rounding never cuts off a point on the rim.
    high, wide = high * 1.000001 + 1e-9, wide * 1.000001 + 1e-9
    return Box(lon - wide, lat - high, lon + wide, lat + high)
