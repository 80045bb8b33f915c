"""What the platform asks of a terminal: 0x8103, 0x8104, 0x8202, 0x8300, 0x8801; 0x0104 and 0x0805 as answers. Pure."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple

from xiuhua.gateways.jt808.codec import V2019, BadFrame, Fault

# Parameters that the bureau sets, all of them DWORDs: id → name (JT/T 808-2013 table 12).
PARAMETERS: Mapping[int, str] = {
    0x0001: "heartbeat_seconds",
    0x0002: "tcp_answer_seconds",
    0x0003: "tcp_retries",
    0x0020: "report_strategy",
    0x0027: "sleep_seconds",
    0x0029: "report_seconds",
    0x0055: "top_speed_kmh",
}
MOST_TEXT = 1023


def set_parameters(values: Mapping[int, int]) -> bytes:
    """0x8103 with DWORD values."""
    parts = [struct.pack(">IBI", id_, 4, value) for id_, value in values.items()]
    return bytes((len(parts),)) + b"".join(parts)


def ask_parameters() -> bytes:
    """0x8104: all of them, nothing to say."""
    return b""


def parameters(body: bytes) -> tuple[int, dict[int, bytes]]:
    """0x0104: the serial of the question, and id → value as it came.

    Terminals announce more parameters than they send: what is whole is read. Raises BadFrame without a serial.
    """
    if len(body) < 3:
        raise BadFrame(Fault.BODY)
    serial, count = struct.unpack_from(">HB", body)
    found: dict[int, bytes] = {}
    start = 3
    for _ in range(count):
        if start + 5 > len(body) or start + 5 + body[start + 4] > len(body):
            break
        id_, size = struct.unpack_from(">IB", body, start)
        found[id_] = body[start + 5 : start + 5 + size]
        start += 5 + size
    return serial, found


def track(interval: int, validity: int) -> bytes:
    """0x8202: a position each `interval` seconds for `validity` seconds; 0 ends it."""
    return struct.pack(">HI", interval, validity) if interval else struct.pack(">H", 0)


def say(
    version: int, words: str, *, urgent: bool = False, display: bool = True, speak: bool = False
) -> bytes:
    """0x8300: text, whether it is urgent, shown on the display, read aloud. 2019 has a type byte (1 notice) after the
    flags.

    Text that is too long for one packet is cut at a whole character.
    """
    flags = (0x01 if urgent else 0) | (0x04 if display else 0) | (0x08 if speak else 0)
    head = bytes((flags, 1)) if version == V2019 else bytes((flags,))
    coded = words.encode("gbk", "replace")[: MOST_TEXT - len(head)]
    return head + coded.decode("gbk", "ignore").encode("gbk")


class Shot(NamedTuple):
    """0x8801: photos of one channel. `resolution` 1: 320×240, 2: 640×480, 4: 1024×768; `quality` 1 (best) to 10."""

    channel: int = 1
    photos: int = 1
    interval: int = 0
    resolution: int = 2
    quality: int = 1


def shoot(shot: Shot) -> bytes:
    """Saved by the terminal no (0): it sends what it takes. Brightness, contrast, saturation, chroma in the middle."""
    return struct.pack(
        ">BHHBBBBBBB",
        shot.channel,
        shot.photos,
        shot.interval,
        0,
        shot.resolution,
        shot.quality,
        128,
        64,
        64,
        128,
    )


class Shots(NamedTuple):
    """0x0805: to which serial, how it went (0 done, 1 failed, 2 no such channel), numbers of what was taken."""

    serial: int
    result: int
    media: list[int]


def shots(body: bytes) -> Shots:
    """Terminals announce more pictures than they number: what is whole is read. Raises BadFrame without a result."""
    if len(body) < 3:
        raise BadFrame(Fault.BODY)
    serial, result = struct.unpack_from(">HB", body)
    count = int.from_bytes(body[3:5], "big")
    numbers = body[5 : 5 + 4 * count]
    found = [int.from_bytes(numbers[i : i + 4], "big") for i in range(0, len(numbers) - 3, 4)]
    return Shots(serial, result, found)
