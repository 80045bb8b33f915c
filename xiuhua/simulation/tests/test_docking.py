"""Films of the simulation are named, dated and filled as those of recorders: the station takes them as they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from xiuhua.gateways.station.tests import wire as docked
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.simulation import docking

NOW = datetime(2026, 5, 13, 11, 0, tzinfo=SHANGHAI)


@pytest.mark.slow
def test_the_station_reads_who_when_and_how_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docking, "LONGEST_SECONDS", 24)
    made = docking.dock(tmp_path, ["D001"], 3, NOW, Random(1))
    names = docked.patterns(Path(settings.REFERENCE_DIR) / "recording_names.csv")
    assert list(docked.still(tmp_path, timedelta(seconds=1), NOW)) == sorted(made)
    for path in made:
        said = docked.manifest(docked.hashed(path), names)
        assert (said["officer_no"], said["media_type"]) == ("D001", "video/mp4")
        start, end = (datetime.fromisoformat(said[name]) for name in ("started_at", "ended_at"))
        assert start < end < NOW
        assert 20 <= (end - start).total_seconds() <= 25
        assert said["important"] is ("_IMP" in path.name)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in made}
