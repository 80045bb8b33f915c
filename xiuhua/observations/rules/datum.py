"""Datums: whatever a device sends becomes WGS-84 at the edge; what it sent stays beside it. Pure.

GCJ-02 is the national shift of public maps, BD-09 a further shift of one map maker, CGCS2000 the national datum, which
agrees with WGS-84 within centimetres. The formulas are the ones in public use; the inverse is found by iteration, since
the usual one-step subtraction is off by metres.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import IntEnum

Point = tuple[float, float]  # longitude, latitude in degrees

# Axis and squared eccentricity of the Krasovsky ellipsoid, on which the shift is defined.
_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_BD_TURN = math.pi * 3000 / 180
# The shift is applied inside this box and nowhere else.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
# Degrees: a tenth of a millimetre.
_EXACT = 1e-9
_ROUNDS = 10


class Datum(IntEnum):
    """The datum that coordinates were sent in. The number is what the tables keep."""

    WGS84 = 1
    GCJ02 = 2
    BD09 = 3
    CGCS2000 = 4


DATUM_LABELS = {
    Datum.WGS84: "WGS-84",
    Datum.GCJ02: "GCJ-02（国测局坐标）",
    Datum.BD09: "BD-09（百度坐标）",
    Datum.CGCS2000: "CGCS2000（国家大地坐标系）",
}


def to_wgs84(lon: float, lat: float, datum: Datum) -> Point:
    """A point of `datum` in WGS-84."""
    return _TO[datum](lon, lat)


def from_wgs84(lon: float, lat: float, datum: Datum) -> Point:
    """A WGS-84 point in `datum`."""
    return _FROM[datum](lon, lat)


def _same(lon: float, lat: float) -> Point:
    return lon, lat


def _wave(x: float) -> float:
    return (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3


def _offset(lon: float, lat: float) -> Point:
    """How far the shift moves a point, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + _wave(x)
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + _wave(x)
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    radians = math.radians(lat)
    magic = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    north_degrees = north * 180 / ((_AXIS * (1 - _ECCENTRICITY)) / (magic * math.sqrt(magic)) * math.pi)
    east_degrees = east * 180 / (_AXIS / math.sqrt(magic) * math.cos(radians) * math.pi)
    return east_degrees, north_degrees


def _to_gcj(lon: float, lat: float) -> Point:
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return lon, lat
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def _gcj_to_bd(lon: float, lat: float) -> Point:
    length = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_TURN)
    return length * math.cos(angle) + 0.0065, length * math.sin(angle) + 0.006


def _to_bd(lon: float, lat: float) -> Point:
    return _gcj_to_bd(*_to_gcj(lon, lat))


def _inverse(forward: Callable[[float, float], Point]) -> Callable[[float, float], Point]:
    """The point that `forward` moves to the one given: corrected until nothing is left to correct."""

    def back(lon: float, lat: float) -> Point:
        x, y = lon, lat
        for _ in range(_ROUNDS):
            moved_x, moved_y = forward(x, y)
            x, y = x + lon - moved_x, y + lat - moved_y
            if abs(lon - moved_x) < _EXACT and abs(lat - moved_y) < _EXACT:
                break
        return x, y

    return back


_FROM: dict[Datum, Callable[[float, float], Point]] = {
    Datum.WGS84: _same,
    Datum.CGCS2000: _same,
    Datum.GCJ02: _to_gcj,
    Datum.BD09: _to_bd,
}
_TO: dict[Datum, Callable[[float, float], Point]] = {
    Datum.WGS84: _same,
    Datum.CGCS2000: _same,
    Datum.GCJ02: _inverse(_to_gcj),
    Datum.BD09: _inverse(_to_bd),
}
