"""Pictures for the demo's evidence: small PNGs that show nothing real."""

from __future__ import annotations

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 480, 320


def street(rng: Random) -> bytes:
    """A grey road under a pale sky with some coloured boxes on it, as PNG."""
    sky, road = (214, 226, 236), (120, 122, 126)
    rows = [[sky if y < HEIGHT // 3 else road for _ in range(WIDTH)] for y in range(HEIGHT)]
    for _ in range(rng.randint(3, 6)):
        colour = (rng.randint(90, 230), rng.randint(60, 180), rng.randint(40, 140))
        left, top = rng.randint(10, WIDTH - 90), rng.randint(HEIGHT // 3, HEIGHT - 80)
        for y in range(top, top + rng.randint(30, 70)):
            rows[y][left : left + 70] = [colour] * len(rows[y][left : left + 70])
    return _png(rows)


def _png(rows: list[list[tuple[int, int, int]]]) -> bytes:
    raw = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"IDAT", zlib.compress(raw, 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
