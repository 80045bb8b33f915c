"""The bodies of GB/T 28181 (MANSCDP+xml, annex A): keep-alives, positions, catalogues, facts of a device, alarms. Pure.

A body is read whatever its header says of its letters: as UTF-8 where it is that, else as GB 18030, which GB 2312 is a
part of. A position that cannot be one is refused as a whole; of a catalogue the rows that can be read are taken.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from xiuhua.gateways.gb28181.codec import Fault, Malformed

CONTENT_TYPE = "Application/MANSCDP+xml"
# Devices speak the time of China, without saying so (GB/T 28181-2016 9.10).
CHINA = timezone(timedelta(hours=8))
ROOTS = frozenset({"Notify", "Response", "Query", "Control"})
MOST_ITEMS = 1000


class Keepalive(NamedTuple):
    sn: str
    device_id: str
    status: str


class Position(NamedTuple):
    """WGS-84 or what the device sends in; `at` None where it says no time. Speed in km/h, course in degrees, metres."""

    sn: str
    device_id: str
    at: datetime | None
    lon: float
    lat: float
    speed: float | None
    course: float | None
    altitude: float | None


class Channel(NamedTuple):
    """A row of a catalogue: a camera that can be played."""

    id: str
    name: str
    manufacturer: str
    model: str
    status: str
    parent_id: str
    civil_code: str


class Catalogue(NamedTuple):
    """Some rows of `sum_num`: a long catalogue comes in several messages of the same SN."""

    sn: str
    device_id: str
    sum_num: int
    items: tuple[Channel, ...]


class DeviceInfo(NamedTuple):
    sn: str
    device_id: str
    name: str
    manufacturer: str
    model: str
    firmware: str


class Alarm(NamedTuple):
    """`priority` 1-4, `method` 1-7, as in annex A of the standard."""

    sn: str
    device_id: str
    priority: int
    method: int
    at: datetime | None
    kind: int | None
    description: str


class Other(NamedTuple):
    """A body of another command, for whoever wants to know that it came."""

    sn: str
    device_id: str
    command: str


Body = Keepalive | Position | Catalogue | DeviceInfo | Alarm | Other


def read(body: bytes) -> Body:
    """What a body says. Raises Malformed."""
    root = _tree(body)
    command, sn = _text(root, "CmdType"), _text(root, "SN")
    device_id = _text(root, "DeviceID")
    if root.tag not in ROOTS or not command or not device_id:
        raise Malformed(Fault.BODY)
    reader = _READERS.get(command)
    return reader(root, sn, device_id) if reader else Other(sn, device_id, command)


def _tree(body: bytes) -> ET.Element:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("gb18030", "replace")
    # No body needs a declaration of its own; one could name files, or grow without end.
    if "<!" in text:
        raise Malformed(Fault.BODY)
    try:
        return ET.fromstring(text.strip("\0 \r\n\t"))  # noqa: S314 - without declarations it holds only itself
    except (ET.ParseError, ValueError):
        raise Malformed(Fault.BODY) from None


def _text(root: ET.Element, name: str) -> str:
    return (root.findtext(name) or "").strip()


def _number(root: ET.Element, name: str) -> float | None:
    """None where nothing stands. Raises Malformed for what is no number."""
    text = _text(root, name)
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise Malformed(Fault.BODY) from None
    if not math.isfinite(number):
        raise Malformed(Fault.BODY)
    return number


def _whole(root: ET.Element, name: str) -> int:
    """0 where nothing stands, or no number."""
    text = _text(root, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def moment(text: str) -> datetime | None:
    """A time without a zone is that of China; None where it cannot be read."""
    try:
        at = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def _keepalive(root: ET.Element, sn: str, device_id: str) -> Body:
    return Keepalive(sn, device_id, _text(root, "Status"))


def _position(root: ET.Element, sn: str, device_id: str) -> Body:
    if root.tag == "Query":
        return Other(sn, device_id, "MobilePosition")
    lon, lat = _number(root, "Longitude"), _number(root, "Latitude")
    if lon is None or lat is None:
        if root.tag == "Response":
            # The answer to our subscription says only that it was taken.
            return Other(sn, device_id, "MobilePosition")
        raise Malformed(Fault.BODY)
    return Position(
        sn,
        device_id,
        moment(_text(root, "Time")),
        lon,
        lat,
        _number(root, "Speed"),
        _number(root, "Direction"),
        _number(root, "Altitude"),
    )


def _catalogue(root: ET.Element, sn: str, device_id: str) -> Body:
    found = root.findall("DeviceList/Item")[:MOST_ITEMS]
    items = tuple(
        Channel(
            _text(item, "DeviceID"),
            _text(item, "Name"),
            _text(item, "Manufacturer"),
            _text(item, "Model"),
            _text(item, "Status").upper(),
            _text(item, "ParentID"),
            _text(item, "CivilCode"),
        )
        for item in found
        if _text(item, "DeviceID")
    )
    return Catalogue(sn, device_id, _whole(root, "SumNum"), items)


def _info(root: ET.Element, sn: str, device_id: str) -> Body:
    told = (_text(root, name) for name in ("DeviceName", "Manufacturer", "Model", "Firmware"))
    return DeviceInfo(sn, device_id, *told)


def _alarm(root: ET.Element, sn: str, device_id: str) -> Body:
    inner = root.find("Info")
    kind = _whole(inner, "AlarmType") if inner is not None else 0
    return Alarm(
        sn,
        device_id,
        _whole(root, "AlarmPriority"),
        _whole(root, "AlarmMethod"),
        moment(_text(root, "AlarmTime")),
        kind or None,
        _text(root, "AlarmDescription"),
    )


_READERS: dict[str, Callable[[ET.Element, str, str], Body]] = {
    "Keepalive": _keepalive,
    "MobilePosition": _position,
    "Catalog": _catalogue,
    "DeviceInfo": _info,
    "Alarm": _alarm,
}


def query(command: str, sn: int, device_id: str, **more: int) -> bytes:
    """A question of the platform: Catalog, DeviceInfo, or MobilePosition with `Interval` in seconds."""
    lines = [
        '<?xml version="1.0" encoding="GB2312"?>',
        "<Query>",
        f"<CmdType>{command}</CmdType>",
        f"<SN>{sn}</SN>",
        f"<DeviceID>{device_id}</DeviceID>",
        *(f"<{name}>{value}</{name}>" for name, value in more.items()),
        "</Query>",
        "",
    ]
    return "\r\n".join(lines).encode("gb18030")
