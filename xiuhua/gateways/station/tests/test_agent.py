"""The agent hashes, tells, sends what is wanted, and goes on after pulled recorders, broken lines and lost uploads."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings

from xiuhua.gateways.station import docked, uploading
from xiuhua.gateways.station.agent import Agent
from xiuhua.gateways.station.ledger import Known, Ledger

NAMES = docked.patterns(Path(settings.BASE_DIR) / "reference" / "recording_names.csv")
NAME = "0000123_100045_20260513081500_0001_IMP.mp4"
DATA = os.urandom(100_000)
SHA256 = hashlib.sha256(DATA).hexdigest()


class Bureau:
    """A server that remembers what it is told. `breaks` holds offsets at which the line breaks, once each."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.uploads: dict[str, bytearray] = {}
        self.breaks: list[int] = []
        self.away = self.refuses = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("away")
        assert request.headers["authorization"] == "Bearer token"
        if request.url.path.startswith("/api/"):
            return self._api(request)
        return getattr(self, f"_{request.method.lower()}")(request)  # type: ignore[no-any-return]

    def _api(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            waiting = [t["sha256"] for t in self.told if t.get("important")]
            return httpx.Response(200, json={"items": waiting, "upload_url": "http://tus.test/files/"})
        said = json.loads(request.content)
        if self.refuses:
            return httpx.Response(422, json={"errors": {"size": "no"}})
        self.told.append(said)
        return httpx.Response(200, json={})

    def _post(self, request: httpx.Request) -> httpx.Response:
        if self.refuses:
            return httpx.Response(403, text="no such recording")
        name = f"/files/{len(self.uploads)}"
        self.uploads[name] = bytearray()
        return httpx.Response(201, headers={"Location": name})

    def _head(self, request: httpx.Request) -> httpx.Response:
        held = self.uploads.get(request.url.path)
        if held is None:
            return httpx.Response(404)
        return httpx.Response(200, headers={"Upload-Offset": str(len(held))})

    def _patch(self, request: httpx.Request) -> httpx.Response:
        held = self.uploads[request.url.path]
        if int(request.headers["upload-offset"]) != len(held):
            return httpx.Response(409)
        data = request.content
        if self.breaks:
            held += data[: self.breaks.pop(0)]
            raise httpx.ReadError("broken")
        held += data
        return httpx.Response(204, headers={"Upload-Offset": str(len(held))})


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dock"
    made.mkdir()
    (made / NAME).write_bytes(DATA)
    (made / "notes.txt").write_text("not of a recorder")
    (made / ".hidden.mp4").write_bytes(b"x")
    (made / "empty.mp4").touch()
    return made


Make = Callable[[], Agent]


@pytest.fixture
def agent(folder: Path, tmp_path: Path, bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Make:
    """An agent, as a new process would be: only the ledger is the old one."""
    client = httpx.Client

    def on_line(**told: Any) -> httpx.Client:
        return client(headers=told["headers"], transport=httpx.MockTransport(bureau))

    monkeypatch.setattr("xiuhua.gateways.station.agent.httpx.Client", on_line)
    ledger = tmp_path / "ledger" / "l.sqlite3"

    def made() -> Agent:
        return Agent(folder, "http://b.test", "token", NAMES, Ledger(ledger), timedelta(0), chunk=30_000)

    return made


def test_a_docked_file_is_told_with_hashes_and_what_its_name_says_then_sent(
    agent: Make, bureau: Bureau
) -> None:
    assert agent().round() == 1
    [said] = bureau.told
    assert said == {
        "file_name": NAME,
        "size": len(DATA),
        "sha256": SHA256,
        "sm3": hashlib.new("sm3", DATA).hexdigest(),
        "media_type": "video/mp4",
        "recorder_no": "0000123",
        "officer_no": "100045",
        "started_at": "2026-05-13T08:15:00+08:00",
        "important": True,
    }
    assert bureau.uploads == {"/files/0": DATA}


def test_what_was_told_and_sent_is_not_told_and_sent_again(agent: Make, bureau: Bureau) -> None:
    agent().round()
    assert agent().round() == 0
    assert len(bureau.told) == len(bureau.uploads) == 1


def test_a_file_that_nobody_wants_stays_where_it_is(agent: Make, bureau: Bureau, folder: Path) -> None:
    (folder / NAME).rename(folder / NAME.replace("_IMP", ""))
    assert agent().round() == 0
    assert (len(bureau.told), bureau.uploads) == (1, {})


def test_after_a_broken_line_the_next_agent_sends_the_rest_only(agent: Make, bureau: Bureau) -> None:
    bureau.breaks = [12_345]
    with pytest.raises(httpx.ReadError):
        agent().round()
    assert len(bureau.uploads["/files/0"]) == 12_345
    assert agent().round() == 1
    assert bureau.uploads == {"/files/0": DATA}


def test_an_upload_that_the_server_lost_is_sent_anew(agent: Make, bureau: Bureau) -> None:
    bureau.breaks = [12_345]
    with pytest.raises(httpx.ReadError):
        agent().round()
    bureau.uploads = {"/files/other": bytearray()}
    assert agent().round() == 1
    assert bureau.uploads["/files/1"] == DATA


def test_a_server_that_wrote_on_after_the_line_broke_is_asked_anew(bureau: Bureau, folder: Path) -> None:
    line = httpx.Client(headers={"Authorization": "Bearer token"}, transport=httpx.MockTransport(bureau))
    bureau.uploads["/files/0"] = bytearray()
    seen: list[int] = []

    def late(at: int) -> None:
        if not seen:
            bureau.uploads["/files/0"] += DATA[:777]
        seen.append(at)

    uploading.send(line, "http://tus.test/files/0", folder / NAME, len(DATA), seen=late)
    assert seen == [0, 777, len(DATA)]
    assert bureau.uploads["/files/0"] == DATA


def test_a_pulled_recorder_ends_nothing(agent: Make, bureau: Bureau, folder: Path) -> None:
    bureau.away = True
    with pytest.raises(httpx.ConnectError):
        agent().round()
    (folder / NAME).rename(folder / "away.bin")
    bureau.away = False
    assert agent().round() == 0
    assert [said["sha256"] for said in bureau.told] == [SHA256]
    (folder / "away.bin").rename(folder / NAME)
    assert agent().round() == 1


def test_a_refusal_of_the_server_is_tried_again_another_round(agent: Make, bureau: Bureau) -> None:
    bureau.refuses = True
    assert agent().round() == 0
    bureau.refuses = False
    one = agent()
    bureau.told.append({"sha256": SHA256, "important": True})
    bureau.refuses = True
    assert one.round() == 0
    bureau.refuses = False
    assert one.round() >= 1


def test_a_file_that_is_written_anew_is_another_file(agent: Make, bureau: Bureau, folder: Path) -> None:
    agent().round()
    (folder / NAME).write_bytes(DATA[::-1])
    assert agent().round() == 1
    assert bureau.uploads["/files/1"] == DATA[::-1]


def test_a_file_that_grows_or_vanishes_while_it_is_read_waits(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agent: Make, bureau: Bureau
) -> None:
    def growing(path: Path) -> Known:
        with path.open("ab") as file:
            file.write(b"more")
        return real(path)

    real = docked.hashed
    stat = os.stat(folder / NAME)
    monkeypatch.setattr(Path, "stat", lambda self, **_: stat if self.name == NAME else os.stat(self))
    with pytest.raises(OSError, match="written to"):
        growing(folder / NAME)
    assert agent().round() == 0
    assert bureau.told == []


def test_a_file_that_shrinks_while_it_is_sent_is_noticed(bureau: Bureau, folder: Path) -> None:
    line = httpx.Client(headers={"Authorization": "Bearer token"}, transport=httpx.MockTransport(bureau))
    bureau.uploads["/files/0"] = bytearray()
    with pytest.raises(OSError, match="shorter"):
        uploading.send(line, "http://tus.test/files/0", folder / NAME, len(DATA) + 1)


def test_the_end_comes_from_the_inside_where_the_name_lacks_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = docked.hashed(folder / NAME)
    monkeypatch.setattr("xiuhua.gateways.station.docked.media.seconds_of", lambda path: 90.0)
    assert docked.manifest(known, NAMES)["ended_at"] == "2026-05-13T08:16:30+08:00"
    monkeypatch.setattr("xiuhua.gateways.station.docked.media.seconds_of", lambda path: None)
    assert "ended_at" not in docked.manifest(known, NAMES)


def test_the_agent_goes_on_until_it_is_stopped(agent: Make, bureau: Bureau) -> None:
    stop = threading.Event()
    one = agent()
    bureau.away = True
    rounds: list[int] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            rounds.append(1)
            bureau.away = False
            if len(rounds) == 2:
                self.set()
            return self.is_set()

    stop = Stop()
    one.run(stop)
    one.ledger.close()
    assert bureau.uploads == {"/files/0": DATA}


@pytest.mark.parametrize("name", ["a.MTS", "b.dav", "c.jpg", "d.wav"])
def test_what_recorders_write_is_known_by_its_ending(name: str) -> None:
    assert docked.media_type(Path(name))
