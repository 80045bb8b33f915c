"""Recordings of an invented day: a station, small films that were drawn, one false file, a photo with a wrong clock."""

from __future__ import annotations

import hashlib
import io
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import av
import numpy as np

from xiuhua.evidence import actions, queries
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest, Policy
from xiuhua.kernel import files
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.org.queries import Officer, Unit

WIDTH, HEIGHT, RATE = 640, 360, 10


def film(seconds: int, shade: int) -> bytes:
    """A drawn street with something that walks along it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "f.mp4"
        with av.open(str(place), "w", format="mp4") as made:
            stream = made.add_stream("libx264", rate=RATE)
            stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            for number in range(seconds * RATE):
                made.mux(stream.encode(av.VideoFrame.from_ndarray(_street(number, shade), format="rgb24")))
            made.mux(stream.encode(None))
        return place.read_bytes()


def _street(number: int, shade: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = np.full((HEIGHT, WIDTH, 3), (150, 160, 165), np.uint8)
    picture[HEIGHT * 2 // 3 :] = (90, 92, 95)
    for at in range(0, WIDTH, 120):
        picture[HEIGHT // 4 : HEIGHT * 2 // 3, at + 10 : at + 100] = (shade, 120, 110)
    left = (number * 6) % (WIDTH - 40)
    picture[HEIGHT // 2 : HEIGHT * 5 // 6, left : left + 30] = (30, 90, 140)
    return picture


def lay(unit: Unit, officer: Officer, by: Actor, now: datetime) -> None:
    """What was docked this morning at the unit's station, and what came of it."""
    station, _ = actions.open_station(
        name="示例采集站", unit=unit, policy=Policy.IMPORTANT, by=SYSTEM, at=now
    )
    start = now - timedelta(hours=2)
    for number in range(6):
        row, data = _docked(station, officer, start + timedelta(minutes=12 * number), number, now)
        if number < 3:
            _arrived(row, data, now)
        elif number == 3:
            _arrived(row, data[:-1], now)
    actions.ask_for(recording=Recording.objects.order_by("-pk")[0], by=by, at=now)
    first = queries.exhibits(by).filter(recording__isnull=False).order_by("-pk")[0]
    actions.use(exhibit=first, how="play", why="核对现场经过", by=by, at=now)
    actions.correct_time(
        exhibit=first,
        captured_at=start + timedelta(minutes=25),
        reason="记录仪慢一分钟，见校时单",
        by=by,
        at=now,
    )
    actions.clip(exhibit=first, start=1, end=4, why="制作法庭演示片段", by=by, at=now)


def _docked(
    station: queries.Station, officer: Officer, start: datetime, number: int, now: datetime
) -> tuple[Recording, bytes]:
    data = film(6, 140 + 15 * number)
    said = Manifest(
        f"0000123_{officer.staff_no}_{start:%Y%m%d%H%M%S}_{number:04}{'_IMP' if number < 4 else ''}.mp4",
        len(data),
        hashlib.sha256(data).hexdigest(),
        hashlib.new("sm3", data).hexdigest(),
        "video/mp4",
        recorder_no="0000123",
        officer_no=officer.staff_no,
        started_at=start,
        ended_at=start + timedelta(minutes=10),
        important=number < 4,
    )
    return actions.dock(station=station, said=said, by=queries.station_actor(station), at=now), data


def _arrived(row: Recording, data: bytes, now: datetime) -> None:
    received = files.receive(io.BytesIO(data), "video/mp4")
    actions.arrive(recording=row, received=received, by=queries.station_actor(row.station), at=now)
    if row.file is not None:
        actions.look_into(file=row.file, by=SYSTEM, at=now)
