"""Stations are opened and closed, recordings docked at once and their files taken in; what is false is kept apart."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from xiuhua.evidence import actions, jobs, queries
from xiuhua.evidence.models import Media, Recording, Station
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import clock, files, outbox
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DATA = b"\0\0\0\x20ftypisom recording"
SAID = Manifest(
    "0000123_100045_20260513081500_0001.mp4",
    len(DATA),
    hashlib.sha256(DATA).hexdigest(),
    hashlib.new("sm3", DATA).hexdigest(),
    "video/mp4",
    recorder_no="0000123",
    started_at=AT - timedelta(hours=1),
    ended_at=AT - timedelta(minutes=30),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")


@pytest.fixture
def station(bureau: Bureau) -> Station:
    return opened(bureau)[0]


def opened(bureau: Bureau, policy: str = "important") -> tuple[Station, str]:
    unit = bureau.east
    return actions.open_station(name="示例采集站", unit=unit, policy=policy, by=SYSTEM, at=AT)


def agent(station: Station) -> Actor:
    return queries.station_actor(station)


def docked(station: Station, said: Manifest = SAID) -> Recording:
    return actions.dock(station=station, said=said, by=agent(station), at=AT)


def arrived(recording: Recording, data: bytes = DATA) -> Recording:
    received = files.receive(io.BytesIO(data), "video/mp4")
    by = agent(recording.station)
    return actions.arrive(recording=recording, received=received, by=by, at=AT)


def test_a_station_is_known_by_its_token_until_it_is_closed(bureau: Bureau) -> None:
    station, token = opened(bureau)
    assert queries.station_of(token) == station
    assert queries.station_of("") is queries.station_of("other") is None
    assert token not in RecordEntry.objects.get(verb="evidence.open_station").facts
    actions.close_station(station=station, by=SYSTEM, at=AT)
    actions.close_station(station=station, by=SYSTEM, at=AT)
    assert queries.station_of(token) is None
    assert RecordEntry.objects.filter(verb="evidence.close_station").count() == 1


@pytest.mark.parametrize(("name", "policy", "field"), [("", "all", "name"), ("甲", "none", "policy")])
def test_a_station_needs_a_name_and_a_policy(bureau: Bureau, name: str, policy: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.open_station(name=name, unit=bureau.east, policy=policy, by=SYSTEM, at=AT)
    assert list(refused.value.errors) == [field]


def test_officers_neither_open_stations_nor_dock(bureau: Bureau, station: Station) -> None:
    officer = bureau.actor("officer")
    for forbidden in (
        lambda: actions.open_station(name="乙", unit=station.unit, by=officer, at=AT),
        lambda: actions.close_station(station=station, by=officer, at=AT),
        lambda: actions.dock(station=station, said=SAID, by=officer, at=AT),
    ):
        with pytest.raises(Refused):
            forbidden()
    assert not Recording.objects.exists()


def test_a_recording_is_known_as_soon_as_it_is_docked_and_the_first_word_stands(station: Station) -> None:
    row = docked(station)
    again = docked(station, replace(SAID, started_at=AT, ended_at=AT))
    assert (row.pk, again.started_at, again.state) == (again.pk, SAID.started_at, "docked")
    assert SAID.sm3 in RecordEntry.objects.get(verb="evidence.dock").facts


def test_a_manifest_that_cannot_be_is_refused(station: Station) -> None:
    with pytest.raises(Invalid):
        docked(station, replace(SAID, size=0))


def test_the_officer_is_found_by_the_number(bureau: Bureau, station: Station) -> None:
    officer = bureau.officer()
    row = docked(station, replace(SAID, officer_no=officer.staff_no))
    assert row.officer == officer
    exhibit = arrived(row).exhibit
    assert exhibit is not None
    assert list(exhibit.collected_by.all()) == [officer]


def test_the_true_file_becomes_an_exhibit_and_is_looked_into_later(station: Station) -> None:
    row = arrived(docked(station))
    exhibit = row.exhibit
    assert exhibit is not None
    assert (row.state, exhibit.captured_at, exhibit.device_id) == ("arrived", SAID.started_at, "0000123")
    assert exhibit.file.sm3 == SAID.sm3  # type: ignore[union-attr]
    assert arrived(row).exhibit == exhibit
    assert Job.objects.filter(name="evidence.look_into").count() == 1
    outbox.run_due({"evidence.look_into": jobs.look_into})
    assert "unreadable" in Media.objects.get(file=row.file).facts


def test_a_false_file_is_kept_apart_and_replaced_by_the_true_one(station: Station) -> None:
    row = arrived(docked(station), DATA + b"!")
    assert (row.state, row.exhibit) == ("quarantined", None)
    assert "SHA-256、SM3、大小" in row.fault
    assert arrived(row).exhibit is not None


def test_a_file_is_asked_for_once_by_who_may_see_it(bureau: Bureau, station: Station) -> None:
    row = docked(station)
    assert queries.wanted_of(station) == []
    actions.ask_for(recording=row, by=bureau.actor("officer"), at=AT)
    actions.ask_for(recording=row, by=bureau.actor("officer"), at=AT)
    assert queries.wanted_of(station) == [SAID.sha256]
    assert RecordEntry.objects.filter(verb="evidence.ask_for").count() == 1
    with pytest.raises(Refused):
        actions.ask_for(recording=row, by=NOBODY, at=AT)


def test_a_station_docks_and_asks_over_the_api(bureau: Bureau, client: Client) -> None:
    _, token = opened(bureau)
    said = {name: value for name, value in _plain(SAID).items() if value}
    door = {"Authorization": f"Bearer {token}"}
    with clock.held_at(AT):
        url = "/api/evidence/recordings"
        answer = client.post(url, {**said, "important": True}, content_type="application/json", headers=door)
        assert answer.json() == {"sha256": SAID.sha256, "state": "docked", "wanted": True}
        wanted = client.get("/api/evidence/wanted", headers=door).json()
        assert wanted == {"items": [SAID.sha256], "upload_url": settings.TUS_URL}
        assert (
            client.post(url, {**said, "size": 0}, content_type="application/json", headers=door).status_code
            == 422
        )
        assert client.get("/api/evidence/wanted", headers={"Authorization": "Bearer no"}).status_code == 401
        assert client.get("/api/evidence/wanted").status_code == 401


def _plain(said: Manifest) -> dict[str, object]:
    names = ("file_name", "size", "sha256", "sm3", "media_type", "recorder_no")
    times = {name: getattr(said, name).isoformat() for name in ("started_at", "ended_at")}
    return {**{name: getattr(said, name) for name in names}, **times}
