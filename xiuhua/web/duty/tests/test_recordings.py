"""The page of recordings that may belong to a task: why each is proposed, and the two answers."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.duty import actions as duty
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as docked
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import clock, files
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.models import Officer
from xiuhua.web.conftest import World
from xiuhua.web.evidence.tests.test_pages import Reader

pytestmark = [pytest.mark.django_db(databases=set(settings.DATABASES)), pytest.mark.slow]


def recorded(world: World, officer: Officer, mark: str) -> Recording:
    station = docked.stations(SYSTEM).first()
    now = clock.now()
    if station is None:
        station, _ = evidence.open_station(name="示例站", unit=world.squad, by=SYSTEM, at=now)
    data = b"\0\0\0\x20ftypisom" + mark.encode()
    sha256, sm3 = (hashlib.new(name, data).hexdigest() for name in ("sha256", "sm3"))
    start = now - timedelta(minutes=10)
    said = Manifest(
        f"示例{mark}.mp4", len(data), sha256, sm3, "video/mp4", officer_no=officer.staff_no, started_at=start
    )
    said = Manifest(**{name: getattr(said, name) for name in said.__slots__} | {"ended_at": now})
    by = docked.station_actor(station)
    row = evidence.dock(station=station, said=said, by=by, at=now)
    return evidence.arrive(
        recording=row, received=files.receive(io.BytesIO(data), "video/mp4"), by=by, at=now
    )


def test_recordings_of_a_task_are_taken_and_left_on_its_page(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    officer, head, now = Reader(world), Reader(world, "squad_head"), clock.now()
    who = Officer.objects.get(pk=officer.actor.officer_id or 0)
    task = duty.issue_task(
        kind="daily",
        title="示例任务",
        unit=world.squad,
        due_at=now + timedelta(hours=2),
        officer=who,
        by=head.actor,
        at=now - timedelta(hours=1),
    )
    first, second = recorded(world, who, "a"), recorded(world, who, "b")
    url = f"/duty/recordings/task/{task.pk}/"
    assert url in officer.get(f"/duty/tasks/{task.pk}/").content.decode()
    page = officer.get(url).content.decode()
    assert "示例a.mp4" in page
    assert "承办人或者发现人" in page
    assert officer.post(url, recording=first.pk, taken="yes").status_code == 302
    assert officer.post(url, recording=second.pk, reason="").status_code == 422
    assert officer.post(url, recording=second.pk, reason="另一任务").status_code == 302
    page = officer.get(url).content.decode()
    assert "没有待决定的记录" in page
    assert "另一任务" in page
    assert Reader(world, other=True).get(url).status_code == 404
    assert officer.get(f"/duty/recordings/other/{task.pk}/").status_code == 404
