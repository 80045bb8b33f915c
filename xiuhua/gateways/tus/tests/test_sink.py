"""A whole upload becomes the file of a recording that its station has docked; nothing else is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from xiuhua.evidence.models import Recording
from xiuhua.evidence.tests.test_docking import DATA, SAID, docked, opened
from xiuhua.gateways.tus import codec
from xiuhua.gateways.tus.messages import Upload
from xiuhua.gateways.tus.sink import StationSink
from xiuhua.kernel import files
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.registers.tests.bureau import Bureau, built


@pytest.fixture(scope="module")
def whole_bureau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bureau]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bureau(whole_bureau: Bureau, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    return fresh(whole_bureau)


def test_an_upload_is_taken_for_a_docked_recording_only_and_becomes_its_file(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The connection of the test must stay open.
    monkeypatch.setattr("xiuhua.gateways.tus.sink.close_old_connections", lambda: None)
    station, token = opened(bureau)
    sink, told = StationSink(), {"sha256": SAID.sha256.encode()}
    owner = sink.admit({"authorization": f"Bearer {token}"})
    assert owner == str(station.pk)
    assert sink.admit({}) is sink.admit({"authorization": f"Basic {token}"}) is None
    assert "no recording" in sink.refuses(owner, told, 5)
    docked(station)
    assert sink.refuses(owner, told, 5) == ""
    data, hashes = tmp_path / "data", files.Hashes()
    data.write_bytes(DATA)
    hashes.update(DATA)
    upload = Upload("a" * 32, owner, len(DATA), len(DATA), codec.said({"sha256": SAID.sha256}))
    sink.arrived(upload, data, hashes)
    sink.arrived(upload, data, hashes)
    row = Recording.objects.get()
    assert row.state == "arrived"
    assert files.path_of(SAID.sha256).read_bytes() == data.read_bytes() == DATA
    sink.arrived(replace(upload, metadata=""), data, hashes)
