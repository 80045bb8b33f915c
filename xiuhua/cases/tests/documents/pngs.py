"""Small pictures for the tests: PNG files of one colour."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 80, height: int = 50) -> bytes:
    """A dark rectangle of `width` by `height` pixels."""
    rows = b"".join(b"\x00" + b"\x20\x20\x60" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
