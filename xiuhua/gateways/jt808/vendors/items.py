"""Additional items of a position (0x0200): what the standard names, and the rest kept as it came. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class _Known(NamedTuple):
    name: str
    size: int
    factor: float
    unit: str


# Id → name, size in bytes, factor and unit (JT/T 808-2013 table 27, JT/T 808-2019 table 27).
_KNOWN = {
    0x01: _Known("mileage", 4, 0.1, "km"),
    0x02: _Known("fuel", 2, 0.1, "L"),
    0x03: _Known("recorder_speed", 2, 0.1, "km/h"),
    0x04: _Known("alarm_event", 2, 1, ""),
    0x25: _Known("signals", 4, 1, ""),
    0x2A: _Known("io", 2, 1, ""),
    0x30: _Known("signal", 1, 1, ""),
    0x31: _Known("satellites", 1, 1, ""),
}
ITEM_NAMES = {
    **{id_: known.name for id_, known in _KNOWN.items()},
    0x05: "tyre_pressure",
    0x06: "carriage_temperature",
    0x11: "overspeed",
    0x12: "area_or_route",
    0x13: "section_time",
    0x2B: "analogue",
    # Active safety (苏标, 粤标): alarms of assistance and driver-monitoring cameras.
    0x64: "adas_alarm",
    0x65: "driver_alarm",
    0x66: "tyre_alarm",
    0x67: "blind_spot_alarm",
    0xE0: "custom_length",
}


class Reading(NamedTuple):
    """An item as people read it; `value` is the number in `unit`, or the bytes as hex where nobody knows them."""

    id: int
    name: str
    value: float | str
    unit: str


def readings(items: Iterable[tuple[int, bytes]]) -> list[Reading]:
    return [_reading(id_, raw) for id_, raw in items]


def _reading(id_: int, raw: bytes) -> Reading:
    known = _KNOWN.get(id_)
    if known and len(raw) == known.size:
        number = round(int.from_bytes(raw, "big") * known.factor, 1)
        return Reading(id_, known.name, number, known.unit)
    if id_ == 0x06 and len(raw) == 2:
        # The top bit is the sign, the rest the magnitude.
        number = int.from_bytes(raw, "big")
        return Reading(id_, ITEM_NAMES[id_], -(number & 0x7FFF) if number & 0x8000 else number, "°C")
    return Reading(id_, ITEM_NAMES.get(id_, f"0x{id_:02X}"), raw.hex(), "")
