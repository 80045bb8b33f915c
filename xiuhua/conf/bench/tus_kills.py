"""Files are sent while server or client are killed with -9 at random moments, resumed, and compared."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from xiuhua.conf.bench import tus_rig
from xiuhua.conf.bench.measure import Measure

FEW, SIZE = 3, 24 << 20


def measure() -> Iterator[Measure]:
    """A few rounds: what the suite runs."""
    with tus_rig.running() as server:
        yield kills(server, tus_rig.station("kills"), FEW)


def kills(server: tus_rig.Server, sender: tus_rig.Station, rounds: int) -> Measure:
    """Two kills a round; the bytes that are wrong or lost, of which there may be none."""
    folder = Path(settings.VAR_DIR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    done = [tus_rig.kill_round(server, sender, folder / "killed.bin", SIZE, dice) for _ in range(rounds)]
    note = f"{sum(k.server for k in done)} kills of the server, {sum(k.client for k in done)} of the client"
    return Measure("tus.wrong_after_kills", sum(k.wrong for k in done), "bytes", rounds, 0, note=note)
