"""What can still be read of a frame that was not taken: fields, and where they contradict each other. Pure.

This is for a person's look. Gateways read by their own codec, which drops what this reads on.
"""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import xor
from typing import NamedTuple

ENCODINGS = ("utf-8", "gb18030")
# Bytes a line of the dump.
LINE = 16


class Doubt(StrEnum):
    """What is wrong with a field."""

    NOT_BCD = "not_bcd"
    LENGTH = "length"
    CHECKSUM = "checksum"
    ESCAPE = "escape"


class Frame808(NamedTuple):
    """A frame of JT/T 808 as far as it goes; None is what the bytes do not reach."""

    message: int | None
    year: int | None
    phone: str | None
    serial: int | None
    declared: int | None
    body: bytes
    sent: int | None
    counted: int | None
    doubts: frozenset[Doubt]


def read_jt808(raw: bytes) -> Frame808:
    """`raw` stands between two marks, still escaped (JT/T 808-2019 §4.4)."""
    doubts = set[Doubt]()
    if raw.count(b"\x7d") != raw.count(b"\x7d\x01") + raw.count(b"\x7d\x02"):
        doubts.add(Doubt.ESCAPE)
    plain = raw.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")

    def number(start: int) -> int | None:
        return int.from_bytes(plain[start : start + 2], "big") if len(plain) >= start + 2 else None

    attributes = number(2)
    if attributes is None:
        return Frame808(number(0), None, None, None, None, b"", None, None, frozenset(doubts))
    newer = bool(attributes & 0x4000)
    phone = plain[5:15] if newer else plain[4:10]
    at = 15 if newer else 10
    whole = len(phone) == (10 if newer else 6)
    if not phone.hex().isdecimal() and phone:
        doubts.add(Doubt.NOT_BCD)
    start = at + 2 + (4 if attributes & 0x2000 else 0)
    body, rest = plain[start:-1], len(plain) > start
    if rest and len(body) != attributes & 0x03FF:
        doubts.add(Doubt.LENGTH)
    counted = reduce(xor, plain[:-1], 0) if rest else None
    if rest and counted != plain[-1]:
        doubts.add(Doubt.CHECKSUM)
    return Frame808(
        number(0),
        2019 if newer else 2013,
        phone.hex() if whole else None,
        number(at),
        attributes & 0x03FF,
        body if rest else b"",
        plain[-1] if rest else None,
        counted,
        frozenset(doubts),
    )


def text_of(raw: bytes) -> str:
    """Bytes of a protocol of text as text, in the first encoding that reads all of them."""
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def dump(raw: bytes) -> list[tuple[str, str, str]]:
    """Lines of offset, hexadecimal and what of it is ASCII."""
    lines = []
    for start in range(0, len(raw), LINE):
        part = raw[start : start + LINE]
        shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
        lines.append((f"{start:04x}", part.hex(" "), shown))
    return lines
