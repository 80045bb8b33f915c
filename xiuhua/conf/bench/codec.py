"""The codec of JT/T 808 alone: position frames from the wire to facts, items too, in seconds of one core.

The peer is the plainest decoder that does the same, byte by byte as the standard tells it, in turns with ours.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import reduce
from operator import xor
from statistics import median
from typing import Any

from xiuhua.conf.bench.measure import Measure
from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.codec import V2013, V2019, Frame, Splitter, decode, encode
from xiuhua.gateways.jt808.messages import Msg

FRAMES = 50_000
ROUNDS = 5
A_SEGMENT = 20
AT_LEAST = 150_000
EAST_8 = timezone(timedelta(hours=8))
ITEMS = bytes.fromhex("0104000003e830011f310112")
PHONES = {V2013: bytes.fromhex("013900000001"), V2019: bytes(4) + bytes.fromhex("013900000001")}


def measure() -> Iterator[Measure]:
    segments = _segments()
    rates: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(ROUNDS):
        rates["ours"].append(FRAMES / _spent(lambda: _ours(segments)))
        rates["plain"].append(FRAMES / _spent(lambda: _plain(segments)))
    ours, plain = median(rates["ours"]), median(rates["plain"])
    note = f"rounds {min(rates['ours']):,.0f} to {max(rates['ours']):,.0f}"
    yield Measure("codec.decode", round(ours), "frames/s", FRAMES * ROUNDS, AT_LEAST, "higher", note)
    yield Measure(
        "codec.plain", round(plain), "frames/s", FRAMES * ROUNDS, note="byte by byte, the same facts"
    )
    yield Measure(
        "codec.of_plain", round(ours / plain, 2), "×", FRAMES * ROUNDS, note="ours / plain, medians"
    )


def _segments() -> list[bytes]:
    """Frames of both headers, twenty in a segment, as they come in from a terminal that sends what it kept."""
    frames = []
    for n in range(FRAMES):
        numbers = struct.pack(">IIIIHHH", 0, 3, 31_000_000 + n * 7, 121_400_000 + n * 5, 10, 330, 89)
        version = V2019 if n % 2 else V2013
        body = numbers + messages.bcd_time(1_790_000_000 + n) + ITEMS
        frames.append(encode(Frame(Msg.POSITION, version, PHONES[version], n & 0xFFFF, body)))
    return [b"".join(frames[i : i + A_SEGMENT]) for i in range(0, FRAMES, A_SEGMENT)]


def _spent(work: Callable[[], int]) -> float:
    """Seconds of CPU; `work` says how many frames it read."""
    began = time.process_time()
    read = work()
    assert read == FRAMES, read
    return time.process_time() - began


def _ours(segments: list[bytes]) -> int:
    splitter, read = Splitter(), 0
    for segment in segments:
        for raw in splitter.feed(segment):
            point = messages.position(decode(raw).body)
            read += len(messages.items(point.items)) == 3
    return read


def _plain(segments: list[bytes]) -> int:
    read = 0
    for segment in segments:
        for raw in segment.split(b"\x7e"):
            if raw:
                read += len(_plain_position(raw)["items"]) == 3
    return read


def _plain_position(raw: bytes) -> dict[str, Any]:
    data = raw.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
    assert reduce(xor, data) == 0
    attr = int.from_bytes(data[2:4], "big")
    start = 17 if attr & 0x4000 else 12
    assert len(data) - start - 1 == attr & 0x3FF
    body = data[start:-1]
    alarm, status, lat, lon, altitude, speed, course = struct.unpack(">IIIIHHH", body[:22])
    at = datetime.strptime(body[22:28].hex(), "%y%m%d%H%M%S").replace(tzinfo=EAST_8)
    items, i = [], 28
    while i < len(body):
        items.append((body[i], body[i + 2 : i + 2 + body[i + 1]]))
        i += 2 + body[i + 1]
    return {
        "alarm": alarm, "status": status, "lat": lat / 1e6, "lon": lon / 1e6, "altitude": altitude, "speed": speed / 10,
        "course": course, "at": at, "items": items,
    }  # fmt: skip
