"""Devices that tell where our people and vehicles are: kinds, protocols, and what a registration must say. Pure."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class DeviceKind(StrEnum):
    VEHICLE_TERMINAL = "vehicle_terminal"
    PHONE = "phone"
    BODY_CAMERA = "body_camera"


class Protocol(StrEnum):
    JT808 = "jt808"
    OSMAND = "osmand"
    GB28181 = "gb28181"


DEVICE_KIND_LABELS = {
    DeviceKind.VEHICLE_TERMINAL: "车载终端",
    DeviceKind.PHONE: "移动执法终端",
    DeviceKind.BODY_CAMERA: "执法记录仪",
}
PROTOCOL_LABELS = {
    Protocol.JT808: "JT/T 808",
    Protocol.OSMAND: "OsmAnd（HTTP）",
    Protocol.GB28181: "GB/T 28181",
}
# Protocol → how its identities look, and the sentence for one that does not.
_IDENTITIES = {
    Protocol.JT808: (re.compile(r"[0-9]{1,20}"), "终端手机号应为1至20位数字"),
    Protocol.OSMAND: (re.compile(r"[A-Za-z0-9_-]{4,64}"), "设备号应为4至64位字母、数字或“-”“_”"),
    Protocol.GB28181: (re.compile(r"[0-9]{20}"), "国标编码应为20位数字"),
}


def tidy_identity(protocol: str, identity: str) -> str:
    """The number that a device calls itself by, as it is compared: of JT/T 808 without leading zeros."""
    plain = identity.strip()
    return (plain.lstrip("0") or "0") if protocol == Protocol.JT808 and plain else plain


def digest_code(identity: str, realm: str, code: str) -> str:
    """What a device of GB/T 28181 proves its code by (HA1 of RFC 2617 §3.2.2.2), kept in place of the code."""
    return hashlib.md5(f"{identity}:{realm}:{code}".encode(), usedforsecurity=False).hexdigest()


def play_url(template: str, device: str, channel: str) -> str:
    """Where the media server plays a channel: `template` with {device} and {channel}; empty where there is none."""
    return template.replace("{device}", device).replace("{channel}", channel)


def faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Field → reason for what is wrong with a registration: `kind`, `protocol`, `identity`, `officer`, `plate`."""
    found: dict[str, str] = {}
    if values["kind"] not in set(DeviceKind):
        found["kind"] = "没有这种设备"
    if values["protocol"] not in set(Protocol):
        found["protocol"] = "没有这种协议"
    else:
        form, sentence = _IDENTITIES[Protocol(values["protocol"])]
        if not form.fullmatch(values["identity"]):
            found["identity"] = sentence
    vehicle = values["kind"] == DeviceKind.VEHICLE_TERMINAL
    if vehicle and values["officer"] is not None:
        found["officer"] = "车载终端随车不随人，请填写号牌"
    if vehicle and not values["plate"]:
        found["plate"] = "请填写所装车辆的号牌"
    if not vehicle and values["plate"]:
        found["plate"] = "只有车载终端填写号牌"
    return found


def plausible(lon: float, lat: float) -> bool:
    """Whether this can be a place at all. Zero and zero is what receivers say that have no fix."""
    finite = math.isfinite(lon) and math.isfinite(lat)
    return finite and -180 <= lon <= 180 and -90 <= lat <= 90 and not (lon == 0 and lat == 0)
