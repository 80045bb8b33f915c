"""A vehicle terminal's own side of JT/T 808-2013: what it writes and how it reads an answer. Pure.

It shares no code with the gateway: what both have wrong in the same way would not be seen.
"""

from __future__ import annotations

import struct
from datetime import datetime

REGISTER, AUTHENTICATE, HEARTBEAT, POSITION, BACKLOG = 0x0100, 0x0102, 0x0002, 0x0200, 0x0704
ANSWER, REGISTERED = 0x8001, 0x8100
# What the platform asks, and what it is answered with.
TEXT, TRACK, SET_PARAMETERS, ASK_PARAMETERS = 0x8300, 0x8202, 0x8103, 0x8104
ASK_POSITION, SHOOT = 0x8201, 0x8801
GENERAL, PARAMETERS, HERE, SHOT = 0x0001, 0x0104, 0x0201, 0x0805
NO_SUCH_CHANNEL = 2
SETTINGS = {0x0001: 60, 0x0029: 30}
MOST_IN_BACKLOG = 20


def frame(msg_id: int, phone: str, serial: int, body: bytes) -> bytes:
    plain = struct.pack(">HH", msg_id, len(body)) + bytes.fromhex(phone.zfill(12))
    plain += struct.pack(">H", serial & 0xFFFF) + body
    check = 0
    for byte in plain:
        check ^= byte
    escaped = bytearray()
    for byte in (*plain, check):
        escaped += {0x7E: b"\x7d\x02", 0x7D: b"\x7d\x01"}.get(byte, bytes((byte,)))
    return b"\x7e" + bytes(escaped) + b"\x7e"


def read(raw: bytes) -> tuple[int, bytes]:
    """Message id and body of what stood between two marks."""
    plain = raw.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
    return int.from_bytes(plain[:2], "big"), plain[12:-1]


def serial_of(raw: bytes) -> int:
    """The serial of what stood between two marks."""
    plain = raw.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
    return int.from_bytes(plain[10:12], "big")


def order_answer(msg_id: int, serial: int, here: bytes) -> tuple[int, bytes] | None:
    """What this terminal says to an order: it shows text, tells where it is (`here`) and its parameters, has no camera.

    None for what is no order.
    """
    head = struct.pack(">H", serial)
    if msg_id in {TEXT, TRACK, SET_PARAMETERS}:
        return GENERAL, head + struct.pack(">HB", msg_id, 0)
    if msg_id == ASK_POSITION:
        return HERE, head + here
    if msg_id == ASK_PARAMETERS:
        told = b"".join(struct.pack(">IBI", id_, 4, value) for id_, value in SETTINGS.items())
        return PARAMETERS, head + bytes((len(SETTINGS),)) + told
    if msg_id == SHOOT:
        return SHOT, head + bytes((NO_SUCH_CHANNEL,))
    return None


def registration(plate: str, terminal: str) -> bytes:
    """Province 31, area 115; maker, model and number padded behind; a blue plate."""
    texts = b"70111" + b"XH-SIM-1".ljust(20, b"\0") + terminal.encode()[-7:].ljust(7, b"\0")
    return struct.pack(">HH", 31, 115) + texts + b"\x01" + plate.encode("gbk")


def position(at: datetime, *, lon: float, lat: float, speed: float, course: int, metres: float) -> bytes:
    """Ignition on, fix valid; mileage, signal and satellites as items. `at` is a moment of GMT+8."""
    numbers = struct.pack(
        ">IIIIHHH", 0, 3, round(lat * 1e6), round(lon * 1e6), 5, round(speed * 10), course % 360
    )
    items = struct.pack(">BBI", 1, 4, round(metres / 100)) + b"\x30\x01\x1f\x31\x01\x0c"
    return numbers + bytes.fromhex(f"{at:%y%m%d%H%M%S}") + items


def backlog(bodies: list[bytes]) -> bytes:
    """Positions of a time without connection."""
    return struct.pack(">HB", len(bodies), 1) + b"".join(struct.pack(">H", len(b)) + b for b in bodies)
