"""Frames of JT/T 808 (2011, 2013, 2019): bytes to frames and back. Pure; nothing here knows what a body says.

    7E | header | body | checksum | 7E        integers big-endian, text GBK, numbers of people BCD
    header  msg_id WORD | attr WORD | [2019: protocol BYTE] | phone BCD[6] or, 2019, BCD[10] | serial WORD
            | [sub-packaged: total WORD | index WORD]
    attr    bits 0-9 length of the body, 10-12 encryption, 13 sub-packaged, 14 header of 2019

The checksum is the XOR of header and body. After it is computed 7E becomes 7D 02 and 7D becomes 7D 01. The version is
decided packet by packet by bit 14 (JT/T 808-2019, 4.4; JT/T 808-2013, 4.4).
"""

from __future__ import annotations

import struct
from enum import StrEnum
from typing import NamedTuple

MARK = b"\x7e"
VERSION_FLAG = 0x4000
SUB_PACKAGED = 0x2000
ENCRYPTED = 0x1C00
LENGTH = 0x03FF
MOST_BODY = LENGTH
# The longest packet (21 + 1023 + 1 bytes) with every byte escaped.
LONGEST = 2 * (21 + MOST_BODY + 1)

V2013 = 2013  # the header of 2011 and of 2013, which are alike
V2019 = 2019

_HEAD_2013 = struct.Struct(">HH6sH").unpack_from
_HEAD_2019 = struct.Struct(">HHB10sH").unpack_from
_PART = struct.Struct(">HH").unpack_from
_START = {V2013: 12, V2019: 17}
# Length in bytes → the shifts that fold so many bytes into one; see `folded`.
_FOLDS = [
    tuple(8 << power for power in reversed(range((size - 1).bit_length()))) if size else ()
    for size in range(LONGEST + 1)
]


class Fault(StrEnum):
    """Why a frame was dropped."""

    SHORT = "short"
    ESCAPE = "escape"
    CHECKSUM = "checksum"
    LENGTH = "length"
    OVERLONG = "overlong"
    ENCRYPTED = "encrypted"
    BODY = "body"
    IDENTITY = "identity"
    EARLY = "early"
    FRAGMENT = "fragment"
    UNKNOWN = "unknown"


class BadFrame(ValueError):
    """Bytes that are no frame, or a frame whose body cannot be read."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


class Frame(NamedTuple):
    """One packet. `phone` is the BCD as it was sent; `total` is 0 if it is not sub-packaged, `part` counts from 1."""

    msg_id: int
    version: int
    phone: bytes
    serial: int
    body: bytes
    attr: int = 0
    total: int = 0
    part: int = 0

    @property
    def identity(self) -> str:
        """The number of the terminal as it is compared: without leading zeros."""
        return identity_of(self.phone)


def identity_of(phone: bytes) -> str:
    return phone.hex().lstrip("0") or "0"


def folded(data: bytes) -> int:
    """XOR of all bytes. One large integer is folded in halves: five times as fast as going byte by byte."""
    whole = int.from_bytes(data, "big")
    for shift in _FOLDS[len(data)]:
        whole ^= whole >> shift
    return whole & 0xFF


def escaped(data: bytes) -> bytes:
    return data.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def unescaped(data: bytes) -> bytes:
    """Raises BadFrame for a 7D that is followed by neither 01 nor 02."""
    if data.count(b"\x7d") != data.count(b"\x7d\x01") + data.count(b"\x7d\x02"):
        raise BadFrame(Fault.ESCAPE)
    return data.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")


def decode(raw: bytes, strict: bool = True) -> Frame:
    """The frame that stands between two marks, still escaped. Raises BadFrame.

    Terminals with a wrong checksum or a wrong length are in use: with `strict` off both are let pass.
    """
    if len(raw) > LONGEST:
        raise BadFrame(Fault.OVERLONG)
    if b"\x7d" in raw:
        raw = unescaped(raw)
    size = len(raw)
    if size < 13:
        raise BadFrame(Fault.SHORT)
    if raw[2] & 0x40:
        if size < 18:
            raise BadFrame(Fault.SHORT)
        msg_id, attr, _, phone, serial = _HEAD_2019(raw)
        version, start = V2019, 17
    else:
        msg_id, attr, phone, serial = _HEAD_2013(raw)
        version, start = V2013, 12
    total = part = 0
    if attr & SUB_PACKAGED:
        if size < start + 5:
            raise BadFrame(Fault.SHORT)
        total, part = _PART(raw, start)
        start += 4
    if strict:
        if size - start - 1 != attr & LENGTH:
            raise BadFrame(Fault.LENGTH)
        if folded(raw):
            raise BadFrame(Fault.CHECKSUM)
    # Twice as fast as calling the class, which would go through its keywords.
    return tuple.__new__(Frame, (msg_id, version, phone, serial, raw[start:-1], attr, total, part))


def encode(frame: Frame) -> bytes:
    """The bytes on the wire, marks included. The attributes are computed anew from the frame's other fields.

    Raises ValueError for a body that does not fit into one packet.
    """
    if len(frame.body) > MOST_BODY:
        raise ValueError("the body does not fit into one packet")
    attr = len(frame.body) | (SUB_PACKAGED if frame.total else 0)
    if frame.version == V2019:
        head = struct.pack(">HHB", frame.msg_id, attr | VERSION_FLAG, 1)
    else:
        head = struct.pack(">HH", frame.msg_id, attr)
    head += frame.phone + struct.pack(">H", frame.serial & 0xFFFF)
    if frame.total:
        head += struct.pack(">HH", frame.total, frame.part)
    plain = head + frame.body
    return MARK + escaped(plain + bytes((folded(plain),))) + MARK


def encode_all(msg_id: int, version: int, phone: bytes, serial: int, body: bytes) -> list[bytes]:
    """A message of any length: one packet, or sub-packages with consecutive serials."""
    if len(body) <= MOST_BODY:
        return [encode(Frame(msg_id, version, phone, serial, body))]
    parts = [body[i : i + MOST_BODY] for i in range(0, len(body), MOST_BODY)]
    return [
        encode(Frame(msg_id, version, phone, serial + n, piece, total=len(parts), part=n + 1))
        for n, piece in enumerate(parts)
    ]


class Splitter:
    """Cuts a stream at its marks. Garbage before the first mark is skipped; one mark may end a frame and begin the
    next; an endless frame is given up, and the next mark begins anew.
    """

    __slots__ = ("_inside", "_rest", "overlong")

    def __init__(self) -> None:
        self._rest = b""
        self._inside = False
        self.overlong = 0

    def feed(self, data: bytes) -> list[bytes]:
        """What stands between marks in the stream so far and was not handed out yet, still escaped."""
        parts = (self._rest + data if self._rest else data).split(MARK)
        self._rest = parts.pop()
        if not self._inside:
            if not parts:
                self._rest = b""
                return parts
            self._inside = True
            del parts[0]
        if len(self._rest) > LONGEST:
            self._rest, self._inside = b"", False
            self.overlong += 1
        return [part for part in parts if part]
