"""What was recorded at one place of the world of `visible`: a station, a recording, a hold, a list of what may go."""

from __future__ import annotations

import hashlib
from datetime import datetime

from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries
from xiuhua.evidence.models import Destruction, Exhibit, Hold, Media, Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.models import Unit


def lay(unit: Unit, exhibit: Exhibit, at: datetime) -> None:
    """Rows of `unit`, all named by its mark; the exhibit of the place gets a small picture."""
    mark = f"TAPE{unit.code}"
    station, _ = evidence.open_station(name=f"示例{mark}", unit=unit, by=SYSTEM, at=at)
    sha256, sm3 = (hashlib.new(name, mark.encode()).hexdigest() for name in ("sha256", "sm3"))
    said = Manifest(f"{mark}.mp4", 5, sha256, sm3, "video/mp4", started_at=at)
    evidence.dock(station=station, said=said, by=queries.station_actor(station), at=at)
    with record.act("示例", by=SYSTEM, at=at) as act:
        row = Destruction(unit=unit, reason=mark, proposed_at=at, proposed_by=1, proposed_name="示例")
        row.save()
        row.recordings.set(Recording.objects.filter(station=station))
        if exhibit.file is not None and not Media.objects.filter(file=exhibit.file).exists():
            Media(file=exhibit.file, facts={}, thumbnail=exhibit.file).save()
        for recording in row.recordings.all():
            Hold(recording=recording, subject="by_hand", label=f"示例{mark}", kind="manual", since=at).save()
        act.entry(on=row, facts={})
