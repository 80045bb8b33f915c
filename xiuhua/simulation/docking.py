"""Body cameras that are docked at a collection station: films that were drawn, named and dated as recorders do it.

The station itself is the real one: `xiuhua station watch` on the folder, a process of its own with a token.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import av
import numpy as np

WIDTH, HEIGHT, RATE = 320, 180, 2
SHORTEST_SECONDS, LONGEST_SECONDS = 20, 120
# Of the films so many were marked by the button of the recorder.
IMPORTANT = 0.4


def dock(folder: Path, staff: Sequence[str], many: int, now: datetime, rng: Random) -> list[Path]:
    """So many films of these people (staff numbers), which end shortly before `now`; their places in the folder."""
    made = []
    for number in range(1, many + 1):
        who = staff[rng.randrange(len(staff))]
        seconds = rng.randint(SHORTEST_SECONDS, LONGEST_SECONDS)
        start = now - timedelta(seconds=seconds + rng.randint(60, 3600))
        mark = "_IMP" if rng.random() < IMPORTANT else ""
        recorder = 1_000_000 + sum(who.encode()) * 97 % 1_000_000
        name = f"{recorder:07}_{who}_{start:%Y%m%d%H%M%S}_{number:04}{mark}.mp4"
        made.append(_put(folder, name, start, seconds, rng.randrange(60, 220)))
    return made


def _put(folder: Path, name: str, start: datetime, seconds: int, shade: int) -> Path:
    """The agent leaves files that begin with a dot alone: it sees the film when it is whole."""
    hidden, place = folder / f".{name}", folder / name
    film(hidden, seconds, shade)
    ended = (start + timedelta(seconds=seconds)).timestamp()
    os.utime(hidden, (ended, ended))
    hidden.rename(place)
    return place


def film(
    place: Path, seconds: int, shade: int, size: tuple[int, int] = (WIDTH, HEIGHT), rate: int = RATE
) -> None:
    """A street with houses of this shade along which somebody walks; `size` in pixels, `rate` in frames a second."""
    with av.open(str(place), "w", format="mp4") as made:
        stream = made.add_stream("libx264", rate=rate)
        (stream.width, stream.height), stream.pix_fmt = size, "yuv420p"
        for number in range(seconds * rate):
            made.mux(stream.encode(av.VideoFrame.from_ndarray(_street(number, shade, *size), format="rgb24")))
        made.mux(stream.encode(None))


def _street(
    number: int, shade: int, width: int, height: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = np.full((height, width, 3), (150, 160, 165), np.uint8)
    picture[height * 2 // 3 :] = (90, 92, 95)
    for at in range(0, width, 120):
        picture[height // 4 : height * 2 // 3, at + 10 : at + 100] = (shade, 120, 110)
    left = (number * 6) % (width - 40)
    picture[height // 2 : height * 5 // 6, left : left + 30] = (30, 90, 140)
    return picture
