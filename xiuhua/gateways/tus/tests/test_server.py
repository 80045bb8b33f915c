"""Files arrive in pieces: broken lines, dead processes, retries beside a line that is still open, and strangers."""

from __future__ import annotations

import asyncio
import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from xiuhua.gateways.tus.depot import Depot
from xiuhua.gateways.tus.messages import BYTES, Create, Upload
from xiuhua.gateways.tus.server import Place
from xiuhua.gateways.tus.tests.line import HERE, Line, Shelf
from xiuhua.gateways.tus.writing import Progress
from xiuhua.kernel import clock
from xiuhua.kernel.files import Hashes

DATA = os.urandom(1 << 16) * 3
WRONG = "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="


def arrived(line: Line, data: bytes = DATA) -> bool:
    """Whether exactly this file was handed on, once, with its true hashes."""
    [(_, _, got, sha256, sm3)] = line.shelf.got
    true = hashlib.sha256(data).hexdigest(), hashlib.new("sm3", data).hexdigest()
    return got == data and (sha256, sm3) == true


def test_a_file_arrives_whole_and_is_handed_on_with_both_hashes(line: Line) -> None:
    path = line.create(len(DATA), Upload_Metadata="filename YS5tcDQ=")
    answer = line.patch(path, 0, DATA[:1000], DATA[1000:])
    assert (answer.status, answer.headers["upload-offset"]) == (204, str(len(DATA)))
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert arrived(line)
    assert line.shelf.got[0][1] == "filename YS5tcDQ="


def test_what_arrived_is_still_told_but_its_bytes_are_gone(line: Line) -> None:
    path = line.create(len(DATA))
    line.patch(path, 0, DATA)
    assert line.offset(path) == len(DATA)
    assert line.patch(path, len(DATA)).status == 204
    assert not line.depot.data(path.rpartition("/")[2]).exists()
    assert arrived(line)


def test_what_came_before_the_line_broke_is_kept_and_resumed(line: Line) -> None:
    path = line.create(len(DATA))
    line.patch(path, 0, DATA[:70_000], breaks=True)
    assert line.offset(path) == 70_000
    line.patch(path, 70_000, DATA[70_000:])
    assert arrived(line)


def test_a_new_process_takes_up_what_the_dead_one_left(line: Line) -> None:
    path = line.create(len(DATA))
    line.patch(path, 0, DATA[:70_000], breaks=True)
    line.start()
    assert line.offset(path) == 70_000
    line.patch(path, 70_000, DATA[70_000:])
    assert arrived(line)


def test_a_whole_file_that_was_not_handed_on_is_handed_on_at_the_next_start(line: Line) -> None:
    upload = line.depot.make(Create(len(DATA), ""), "anybody", len(DATA), clock.now())
    line.depot.data(upload.id).write_bytes(DATA)
    part = line.depot.make(Create(3, "", partial=True), "anybody", 3, clock.now())
    line.depot.data(part.id).write_bytes(b"abc")
    line.start()
    line.app.resume()
    assert arrived(line)
    line.app.resume()
    assert arrived(line)


def test_bytes_that_belie_their_checksum_are_discarded(line: Line) -> None:
    path = line.create(len(DATA))
    line.patch(path, 0, DATA[:1000])
    answer = line.patch(path, 1000, DATA[1000:], Upload_Checksum=WRONG)
    assert (answer.status, line.offset(path)) == (460, 1000)
    true = f"sha1 {__import__('base64').b64encode(hashlib.sha1(DATA[1000:]).digest()).decode()}"
    assert line.patch(path, 1000, DATA[1000:], Upload_Checksum=true).status == 204
    assert arrived(line)


def test_unproved_bytes_of_a_broken_line_or_a_dead_process_are_cut_off(line: Line) -> None:
    path = line.create(len(DATA))
    assert line.patch(path, 0, DATA[:500], breaks=True, Upload_Checksum=WRONG).status == 400
    assert line.offset(path) == 0
    upload_id = path.rpartition("/")[2]
    line.patch(path, 0, DATA[:10])
    line.depot.mark_unproved(Upload(upload_id, "anybody", len(DATA), offset=10))
    with line.depot.data(upload_id).open("ab") as file:
        file.write(b"of a process that died")
    line.start()
    assert line.offset(path) == 10


def test_never_a_byte_is_stored_beyond_the_length(line: Line) -> None:
    path = line.create(4)
    answer = line.patch(path, 0, b"abcdef")
    assert answer.status == 413
    assert arrived(line, b"abcd")


def test_a_deferred_length_is_told_with_the_bytes(line: Line) -> None:
    path = line.create(None)
    assert line.patch(path, 0, b"abc").status == 204
    assert "upload-length" not in line.head(path).headers
    assert line.patch(path, 3, b"d", Upload_Length="4").status == 204
    assert arrived(line, b"abcd")


def test_an_upload_may_be_created_with_its_bytes(line: Line) -> None:
    headers = {**HERE, "Upload-Length": "4", "Content-Type": BYTES}
    answer = line.ask("POST", headers=headers, body=[b"abcd"])
    assert (answer.status, answer.headers["upload-offset"]) == (201, "4")
    assert arrived(line, b"abcd")


def test_an_upload_created_with_wrong_bytes_can_still_be_found(line: Line) -> None:
    headers = {**HERE, "Upload-Length": "4", "Content-Type": BYTES, "Upload-Checksum": WRONG}
    answer = line.ask("POST", headers=headers, body=[b"abcd"])
    assert answer.status == 460
    assert line.offset(answer.headers["location"].removeprefix("http://evidence.test")) == 0


def test_an_empty_file_is_whole_when_it_is_created(line: Line) -> None:
    line.create(0)
    assert arrived(line, b"")


def test_partial_uploads_are_joined_in_the_order_that_is_told(line: Line) -> None:
    paths = [line.create(3, Upload_Concat="partial") for _ in range(2)]
    for path, data in zip(paths, (b"abc", b"def"), strict=True):
        line.patch(path, 0, data)
    assert not line.shelf.got
    told = {**HERE, "Upload-Concat": f"final;{paths[1]} {paths[0]}"}
    answer = line.ask("POST", headers=told)
    assert answer.status == 201
    assert arrived(line, b"defabc")
    final = answer.headers["location"].removeprefix("http://evidence.test")
    assert line.head(final).headers["upload-concat"].startswith("final;")
    assert line.patch(final, 6, b"x").status == 403


def test_parts_that_are_missing_whole_by_themselves_or_unfinished_are_not_joined(line: Line) -> None:
    unfinished, single = line.create(3, Upload_Concat="partial"), line.create(3)
    line.patch(single, 0, b"abc")
    for parts in (unfinished, single, f"/files/{'0' * 32}"):
        assert line.ask("POST", headers={**HERE, "Upload-Concat": f"final;{parts}"}).status == 400


def test_what_is_terminated_is_gone(line: Line) -> None:
    path = line.create(10)
    line.patch(path, 0, b"abc")
    assert line.ask("DELETE", path, HERE).status == 204
    assert line.head(path).status == 404


def test_what_expires_is_let_go(line: Line) -> None:
    path = line.create(10)
    assert "upload-expires" in line.head(path).headers
    with clock.held_at(clock.now() + timedelta(days=2)) as later:
        assert line.head(path).status == 410
        os.utime(_half_made(line), (0, 0))
        assert line.depot.expire(later) == 2
        assert line.head(path).status == 404


def _half_made(line: Line) -> Path:
    folder = line.folder / ("f" * 32)
    folder.mkdir()
    return folder


def test_more_bytes_make_an_upload_wait_anew(line: Line) -> None:
    path = line.create(10)
    with clock.held_at(clock.now() + timedelta(hours=20)):
        line.patch(path, 0, b"abc")
    with clock.held_at(clock.now() + timedelta(hours=30)):
        assert line.offset(path) == 3


def test_strangers_and_what_is_not_wanted_stay_outside(tmp_path: Path) -> None:
    line = Line(tmp_path, Shelf(wants="no such recorder"))
    refused = line.ask("POST", headers={**HERE, "Upload-Length": "5"})
    assert (refused.status, refused.text) == (403, "no such recorder\n")
    line.shelf.closed = True
    assert line.ask("POST", headers={**HERE, "Upload-Length": "5"}).status == 401
    assert line.ask("OPTIONS").status == 204


def test_the_upload_of_somebody_else_is_not_there(line: Line) -> None:
    path = line.create(3)
    assert line.head(path, Authorization="Bearer other").status == 404
    assert line.patch(path, 0, b"abc", Authorization="Bearer other").status == 404


@pytest.mark.parametrize("path", ["/", "/filesystem", "/other/files/"])
def test_other_addresses_lead_nowhere(line: Line, path: str) -> None:
    assert line.ask("POST", path, {**HERE, "Upload-Length": "5"}).status == 404


@pytest.mark.parametrize("name", ["..%2f", "../../etc", "x" * 32, "A" * 32])
def test_an_id_that_we_did_not_make_never_reaches_the_disk(line: Line, name: str) -> None:
    assert line.ask("HEAD", f"/files/{name}", HERE).status == 404


def test_a_location_is_what_people_outside_see() -> None:
    place = Place("/files/", "https://evidence.example/")
    assert place.location({}, {}, "x") == "https://evidence.example/files/x"
    assert Place().location({}, {"host": "h", "x-forwarded-proto": "https"}, "x") == "https://h/files/x"


class Silence(asyncio.Event):
    """A line that sends no more until it is set; `begun` once the server has taken what came and asks for more."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()

    async def wait(self) -> Literal[True]:
        self.begun.set()
        return await super().wait()


def test_a_retry_beside_a_line_that_is_still_open_gets_the_true_offset(line: Line) -> None:
    path = line.create(len(DATA))
    headers = {**HERE, "Upload-Offset": "0", "Content-Type": BYTES}

    async def both() -> tuple[int, int]:
        silent = Silence()
        dead = asyncio.create_task(line.asked("PATCH", path, headers, [DATA[:5000]], wait=silent))
        await silent.begun.wait()
        found = await line.asked("HEAD", path, HERE)
        silent.set()
        return int(found.headers["upload-offset"]), int((await dead).headers["upload-offset"])

    told, kept = asyncio.run(both())
    assert told == kept == line.offset(path) == 5000
    line.patch(path, 5000, DATA[5000:])
    assert arrived(line)


def test_five_retries_at_once_do_not_hurt_one_another(line: Line) -> None:
    path = line.create(len(DATA))
    headers = {**HERE, "Upload-Offset": "0", "Content-Type": BYTES}

    async def crowd() -> None:
        silent = asyncio.Event()
        asks = [line.asked("PATCH", path, headers, [DATA[:5000]], wait=silent) for _ in range(4)]
        asks.append(line.asked("PATCH", path, headers, [DATA]))
        silent.set()
        await asyncio.wait_for(asyncio.gather(*asks), 60)

    asyncio.run(crowd())
    offset = line.offset(path)
    if offset < len(DATA):
        line.patch(path, offset, DATA[offset:])
    assert arrived(line)
    assert not line.app.holds._locks
    assert not line.app.holds._waiting


def test_a_full_disk_loses_nothing_that_was_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    path = line.create(len(DATA))
    line.patch(path, 0, DATA[:1000])
    with monkeypatch.context() as full:
        full.setattr("xiuhua.gateways.tus.writing.Writer._put", _no_room)
        with pytest.raises(OSError, match="full"):
            line.patch(path, 1000, DATA[1000:])
    assert line.offset(path) == 1000
    line.patch(path, 1000, DATA[1000:])
    assert arrived(line)


def _no_room(*_: object) -> None:
    raise OSError("full")


def test_hashes_that_ran_ahead_of_the_file_begin_anew(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_bytes(DATA)
    progress = Progress()
    progress.catch_up(data, 1000)
    progress.catch_up(data, 500)
    true = Hashes()
    true.update(DATA[:500])
    assert (progress.at, progress.hashes.sm3.digest()) == (500, true.sm3.digest())
    with pytest.raises(OSError, match="ends at"):
        progress.catch_up(data, len(DATA) + 1)


def test_the_server_lives_as_long_as_it_is_told(line: Line) -> None:
    upload = line.depot.make(Create(4, ""), "anybody", 4, clock.now())
    line.depot.data(upload.id).write_bytes(b"abcd")
    told = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    said: list[str] = []

    async def receive() -> dict[str, str]:
        return told.pop(0)

    async def send(message: dict[str, str]) -> None:
        said.append(message["type"])

    asyncio.run(line.app({"type": "lifespan"}, receive, send))  # type: ignore[arg-type]
    asyncio.run(line.app({"type": "websocket"}, receive, send))  # type: ignore[arg-type]
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert arrived(line, b"abcd")


def test_an_id_that_is_no_id_finds_nothing(tmp_path: Path) -> None:
    depot = Depot(tmp_path, timedelta(days=1))
    assert depot.find("../x") is None
    depot.drop("0" * 32)
    assert not depot.handed_on("0" * 32)
