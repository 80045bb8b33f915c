"""Positions (0x0200, and the many of 0x0704). Pure.

alarm DWORD | status DWORD | lat DWORD | lon DWORD (1e-6 degree) | altitude WORD m | speed WORD 0.1 km/h
| direction WORD degree | time BCD[6] GMT+8 | items: id BYTE, length BYTE, value
"""

from __future__ import annotations

import struct
from datetime import date
from typing import NamedTuple

from xiuhua.gateways.jt808.codec import BadFrame, Fault

_FIXED = struct.Struct(">IIIIHHH").unpack_from
_WORD = struct.Struct(">H").unpack_from
SIZE = 28
EAST_8 = 8 * 3600
_EPOCH = date(1970, 1, 1).toordinal()

# Two BCD digits of a byte; what is none has a number that no unit of time and no moment could have.
_NONE = _NEVER = 1 << 40
_BCD = [(b >> 4) * 10 + (b & 15) if b >> 4 < 10 and b & 15 < 10 else _NONE for b in range(256)]
_HOUR = [n * 3600 if n < 24 else _NONE for n in _BCD]
_MINUTE = [n * 60 if n < 60 else _NONE for n in _BCD]
_SECOND = [n if n < 60 else _NONE for n in _BCD]
# Date as sent → its midnight in GMT+8 as seconds since 1970 UTC. At most the days of a century.
_MIDNIGHT: dict[bytes, int] = {}


class Position(NamedTuple):
    """One position as sent. `at` is seconds since 1970 UTC, None where the terminal had no time.

    `lat_raw`, `lon_raw` are magnitudes in 1e-6 degree; the status says south and west.
    """

    alarm: int
    status: int
    lat_raw: int
    lon_raw: int
    altitude: int
    speed: int
    direction: int
    at: int | None
    items: bytes

    @property
    def fixed(self) -> bool:
        return bool(self.status & 2)

    @property
    def shifted(self) -> bool:
        """Coordinates were put through the national encryption plug-in: they are GCJ-02 (status bit 5)."""
        return bool(self.status & 32)

    @property
    def lat(self) -> float:
        return (-self.lat_raw if self.status & 4 else self.lat_raw) / 1e6

    @property
    def lon(self) -> float:
        return (-self.lon_raw if self.status & 8 else self.lon_raw) / 1e6


def moment(raw: bytes) -> int | None:
    """BCD[6] yyMMddhhmmss of GMT+8 as seconds since 1970 UTC; None for what is no moment, such as all zeros."""
    midnight = _MIDNIGHT.get(raw[:3])
    if midnight is None:
        midnight = _midnight(raw)
    seconds = _HOUR[raw[3]] + _MINUTE[raw[4]] + _SECOND[raw[5]]
    return midnight + seconds if midnight + seconds < _NEVER else None


def _midnight(raw: bytes) -> int:
    try:
        day = date(2000 + _BCD[raw[0]], _BCD[raw[1]], _BCD[raw[2]])
    except (ValueError, OverflowError):
        return _NONE
    found = (day.toordinal() - _EPOCH) * 86400 - EAST_8
    _MIDNIGHT[raw[:3]] = found
    return found


def bcd_time(seconds: int) -> bytes:
    """Seconds since 1970 UTC as BCD[6] of GMT+8."""
    days, rest = divmod(seconds + EAST_8, 86400)
    day = date.fromordinal(days + _EPOCH)
    return bytes.fromhex(f"{day:%y%m%d}{rest // 3600:02}{rest // 60 % 60:02}{rest % 60:02}")


def position(body: bytes) -> Position:
    """The body of a 0x0200. Raises BadFrame if it is too short."""
    if len(body) < SIZE:
        raise BadFrame(Fault.BODY)
    alarm, status, lat, lon, altitude, speed, direction = _FIXED(body)
    at = moment(body[22:28])
    # Twice as fast as calling the class, which would go through its keywords.
    return tuple.__new__(Position, (alarm, status, lat, lon, altitude, speed, direction, at, body[28:]))


def items(raw: bytes) -> list[tuple[int, bytes]]:
    """Additional items in their order; one that is longer than what is left is dropped with what follows."""
    found = []
    start, size = 0, len(raw)
    while start + 2 <= size:
        end = start + 2 + raw[start + 1]
        if end > size:
            break
        found.append((raw[start], raw[start + 2 : end]))
        start = end
    return found


def batch(body: bytes) -> tuple[int, list[Position]]:
    """A 0x0704: its type (0 live, 1 sent after a blind area) and its positions.

    Raises BadFrame if it breaks off before the number of positions that it announces, or announces none.
    """
    if len(body) < 3:
        raise BadFrame(Fault.BODY)
    count, kind = _WORD(body)[0], body[2]
    found, start = [], 3
    for _ in range(count):
        if start + 2 > len(body):
            raise BadFrame(Fault.BODY)
        end = start + 2 + _WORD(body, start)[0]
        if end > len(body):
            raise BadFrame(Fault.BODY)
        found.append(position(body[start + 2 : end]))
        start = end
    if not found:
        raise BadFrame(Fault.BODY)
    return kind, found
