"""Recordings of an invented day: a station, small films that were drawn, one false file, a photo with a wrong clock."""

from __future__ import annotations

import hashlib
import io
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from xiuhua.evidence import actions, queries
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest, Policy
from xiuhua.kernel import files
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.org.queries import Officer, Unit
from xiuhua.simulation import docking

SIZE, RATE = (640, 360), 10
# When the first of the recordings was made.
AGO = timedelta(hours=2)


def film(seconds: int, shade: int) -> bytes:
    """A drawn street with something that walks along it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "f.mp4"
        docking.film(place, seconds, shade, SIZE, RATE)
        return place.read_bytes()


def lay(unit: Unit, officer: Officer, by: Actor, now: datetime) -> None:
    """What was docked this morning at the unit's station, and what came of it."""
    station, _ = actions.open_station(
        name="示例采集站", unit=unit, policy=Policy.IMPORTANT, by=SYSTEM, at=now
    )
    start = now - AGO
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
