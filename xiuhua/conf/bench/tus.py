"""1 GiB through tus with both hashes against what this machine can write and hash; and 100 kills of server or client.

1. Peers and intake take turns, five rounds: the same bytes written and flushed, the same bytes through SHA-256 and
   SM3 in one thread, the same bytes sent by the agent's own client to `xiuhua tus` until they are an exhibit.
2. A round is worth intake divided by the slower of both peers; the median counts.
3. Files are sent while server or client are killed with -9 at random moments, resumed, and compared byte by byte.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from xiuhua.conf.bench import tus_kills, tus_rig
from xiuhua.conf.bench.measure import Measure
from xiuhua.gateways.station import uploading
from xiuhua.kernel.files import Hashes

ROUNDS = 5
SIZE = 1 << 30
BLOCK = 1 << 22
KILLS = 100
SHARE = 0.7


def measure() -> Iterator[Measure]:
    folder = Path(settings.VAR_DIR) / "bench"
    folder.mkdir(parents=True)
    big = folder / "big.bin"
    _fill(big)
    with tus_rig.running() as server:
        sender = tus_rig.station("tus")
        rounds = [_round(server, sender, big, turn) for turn in range(ROUNDS)]
        yield from _rates(rounds)
        yield tus_kills.kills(server, sender, KILLS)


def _fill(big: Path) -> None:
    with big.open("wb") as file:
        for _ in range(SIZE // BLOCK):
            file.write(os.urandom(BLOCK))


def _rates(rounds: list[tuple[float, float, float]]) -> Iterator[Measure]:
    names = ("tus.disk", "tus.both_hashes", "tus.intake")
    for name, rates in zip(names, zip(*rounds, strict=True), strict=True):
        yield Measure(name, round(statistics.median(rates), 1), "MiB/s", ROUNDS, better="higher")
    shares = [intake / min(disk, hashing) for disk, hashing, intake in rounds]
    note = "intake / the slower of disk and both hashes; " + " ".join(f"{share:.2f}" for share in shares)
    share = round(statistics.median(shares), 3)
    yield Measure("tus.share", share, "of peer", ROUNDS, SHARE, better="higher", note=note)


def _round(
    server: tus_rig.Server, sender: tus_rig.Station, big: Path, turn: int
) -> tuple[float, float, float]:
    """MiB/s of the disk, of both hashes and of the intake."""
    with big.open("r+b") as file:
        file.write(turn.to_bytes(8, "big"))
    told = sender.dock(big)
    return _written(big), _hashed(big), _sent(server, sender, big, dict(told))


def _rate(start: float) -> float:
    return SIZE / (1 << 20) / (time.perf_counter() - start)


def _written(big: Path) -> float:
    copy, start = big.with_suffix(".copy"), time.perf_counter()
    with big.open("rb") as source, copy.open("wb", buffering=0) as target:
        while block := source.read(BLOCK):
            target.write(block)
        os.fsync(target.fileno())
    rate = _rate(start)
    copy.unlink()
    return rate


def _hashed(big: Path) -> float:
    start, hashes = time.perf_counter(), Hashes()
    with big.open("rb") as source:
        while block := source.read(BLOCK):
            hashes.update(block)
    hashes.sm3.digest()
    return _rate(start)


def _sent(server: tus_rig.Server, sender: tus_rig.Station, big: Path, told: dict[str, str]) -> float:
    start = time.perf_counter()
    with sender.line() as line:
        address = uploading.create(line, server.url, SIZE, told)
        uploading.send(line, address, big, SIZE, chunk=SIZE)
    rate = _rate(start)
    tus_rig.let_go(told["sha256"])
    return rate
