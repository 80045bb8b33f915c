"""What each request of tus comes to, and which bytes count."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xiuhua.gateways.tus import session
from xiuhua.gateways.tus.messages import (
    BYTES,
    Append,
    Checksum,
    Create,
    Reply,
    Request,
    Step,
    Terminate,
    Upload,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)
LIMITS = session.Limits(max_size=100)
ID = "a" * 32
HALF = Upload(ID, "o", 11, offset=5, expires_at=NOW + timedelta(days=1))
OPEN = Upload(ID, "o", None, offset=5)
FINAL = Upload(ID, "o", 11, offset=11, parts=("b" * 32,))
SHA1 = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="
WANTED = Checksum("sha1", hashlib.sha1(b"hello world").digest())


def opened(method: str, upload: Upload | None = None, /, **headers: str) -> Step:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(method, upload.id if upload else "", {"tus-resumable": "1.0.0", **told})
    return session.open_(request, upload, LIMITS, NOW)


def status(step: Step) -> int:
    assert isinstance(step, Reply), step
    return step.status


def test_the_server_says_what_it_can_without_being_told_a_version() -> None:
    step = session.open_(Request("OPTIONS", "", {}), None, LIMITS, NOW)
    assert isinstance(step, Reply)
    assert step.headers["Tus-Max-Size"] == "100"
    assert "sha1" in step.headers["Tus-Checksum-Algorithm"].split(",")
    assert "concatenation" in step.headers["Tus-Extension"].split(",")


@pytest.mark.parametrize(
    ("headers", "step"),
    [
        ({"upload_length": "11"}, Create(11, "")),
        ({"upload_length": "100", "upload_metadata": "a YQ=="}, Create(100, "a YQ==")),
        ({"upload_defer_length": "1"}, Create(None, "")),
        ({"upload_length": "5", "upload_concat": "partial"}, Create(5, "", partial=True)),
        ({"upload_concat": f"final;/files/{ID}"}, Create(None, "", parts=(ID,))),
        ({"upload_length": "5", "content_type": BYTES}, Create(5, "", carries=True)),
        ({"upload_length": "5", "content_type": BYTES, "content_length": "0"}, Create(5, "")),
        ({"upload_length": "5", "content_type": "application/octet-stream"}, Create(5, "")),
        ({"upload_length": "5", "upload_checksum": SHA1}, Create(5, "", checksum=WANTED)),
    ],
)
def test_an_upload_is_created(headers: Mapping[str, str], step: Step) -> None:
    assert opened("POST", **headers) == step


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, 400),
        ({"upload_length": "1", "upload_defer_length": "1"}, 400),
        ({"upload_defer_length": "2"}, 400),
        ({"upload_length": "-1"}, 400),
        ({"upload_length": "101"}, 413),
        ({"upload_length": "1", "upload_metadata": "a ?"}, 400),
        ({"upload_length": "1", "upload_metadata": "a" * 8193}, 431),
        ({"upload_concat": "partial"}, 400),
        ({"upload_concat": f"final;/files/{ID}", "upload_length": "1"}, 400),
        ({"upload_concat": f"final;/files/{ID}", "upload_defer_length": "1"}, 400),
        ({"upload_concat": "final;" + " ".join([f"/files/{ID}"] * 1001)}, 400),
        ({"upload_length": "1", "upload_checksum": "crc YQ=="}, 400),
    ],
)
def test_what_is_no_creation_is_refused(headers: Mapping[str, str], code: int) -> None:
    assert status(opened("POST", **headers)) == code


@pytest.mark.parametrize(
    ("upload", "headers", "step"),
    [
        (HALF, {"upload_offset": "5"}, Append(11)),
        (HALF, {"upload_offset": "5", "content_length": "6"}, Append(11)),
        (HALF, {"upload_offset": "5", "upload_length": "11"}, Append(11)),
        (HALF, {"upload_offset": "5", "upload_checksum": SHA1}, Append(11, WANTED)),
        (OPEN, {"upload_offset": "5"}, Append(None)),
        (OPEN, {"upload_offset": "5", "upload_length": "9"}, Append(9)),
    ],
)
def test_bytes_are_taken_where_the_upload_stands(
    upload: Upload, headers: Mapping[str, str], step: Step
) -> None:
    assert opened("PATCH", upload, content_type=BYTES, **headers) == step


@pytest.mark.parametrize(
    ("upload", "headers", "code"),
    [
        (HALF, {"upload_offset": "4"}, 409),
        (HALF, {"upload_offset": "6"}, 409),
        (HALF, {}, 400),
        (HALF, {"upload_offset": "x"}, 400),
        (HALF, {"upload_offset": "5", "content_type": "text/plain"}, 415),
        (HALF, {"upload_offset": "5", "content_length": "7"}, 413),
        (HALF, {"upload_offset": "5", "upload_length": "12"}, 400),
        (HALF, {"upload_offset": "5", "upload_checksum": "crc YQ=="}, 400),
        (OPEN, {"upload_offset": "5", "upload_length": "4"}, 400),
        (OPEN, {"upload_offset": "5", "upload_length": "101"}, 413),
        (OPEN, {"upload_offset": "5", "content_length": "96"}, 413),
        (FINAL, {"upload_offset": "11"}, 403),
    ],
)
def test_bytes_are_refused(upload: Upload, headers: Mapping[str, str], code: int) -> None:
    assert status(opened("PATCH", upload, **{"content_type": BYTES, **headers})) == code


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_an_upload_that_is_not_there_or_has_expired_is_no_more(method: str) -> None:
    request = Request(method, ID, {"tus-resumable": "1.0.0", "content-type": BYTES, "upload-offset": "5"})
    assert status(session.open_(request, None, LIMITS, NOW)) == 404
    step = session.open_(request, HALF, LIMITS, NOW + timedelta(days=1))
    assert status(step) == 410
    assert isinstance(step, Reply)
    assert "Upload-Offset" not in step.headers


@pytest.mark.parametrize("version", [None, "0.2.2"])
def test_another_version_is_refused_and_told_ours(version: str | None) -> None:
    headers = {"tus-resumable": version} if version else {}
    step = session.open_(Request("PATCH", ID, headers), HALF, LIMITS, NOW)
    assert step == Reply(412, {"Tus-Version": "1.0.0"}, "this server speaks tus 1.0.0")


@pytest.mark.parametrize(
    ("method", "upload"), [("GET", None), ("PATCH", None), ("GET", HALF), ("POST", HALF)]
)
def test_other_methods_are_refused(method: str, upload: Upload | None) -> None:
    assert status(opened(method, upload)) == 405


def test_a_method_may_come_in_a_header() -> None:
    assert opened("POST", HALF, x_http_method_override="delete") == Terminate()


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (
            HALF,
            {"Upload-Offset": "5", "Upload-Length": "11", "Upload-Expires": "Tue, 01 Dec 2026 00:00:00 GMT"},
        ),
        (OPEN, {"Upload-Offset": "5", "Upload-Defer-Length": "1"}),
        (FINAL, {"Upload-Offset": "11", "Upload-Length": "11", "Upload-Concat": f"final;{'b' * 32}"}),
        (
            Upload(ID, "o", 5, metadata="a YQ==", partial=True),
            {
                "Upload-Offset": "0",
                "Upload-Length": "5",
                "Upload-Metadata": "a YQ==",
                "Upload-Concat": "partial",
            },
        ),
    ],
)
def test_an_upload_says_how_it_stands(upload: Upload, told: dict[str, str]) -> None:
    step = opened("HEAD", upload)
    assert isinstance(step, Reply)
    assert step.headers == {**told, "Cache-Control": "no-store"}


def test_what_was_done_is_answered() -> None:
    where = "http://h/files/x"
    assert session.created(OPEN, where, carried=False).headers == {"Location": where}
    assert session.created(OPEN, where, carried=True).headers["Upload-Offset"] == "5"
    assert session.appended(HALF).headers["Upload-Offset"] == "5"
    whole = Upload(ID, "o", 5, offset=5, expires_at=NOW)
    assert session.appended(whole).headers == {"Upload-Offset": "5"}


DATA = b"hello world"


def body(length: int | None, checksum: Checksum | None = None, offset: int = 0) -> session.Body:
    return session.Body(offset, length, checksum, LIMITS)


@pytest.mark.parametrize(
    ("data", "length", "checksum", "whole", "verdict"),
    [
        (DATA, 11, None, True, "kept"),
        (DATA, 11, None, False, "kept"),
        (DATA, 20, None, True, "kept"),
        (DATA, 5, None, True, "overflow"),
        (DATA * 10, None, None, True, "overflow"),
        (DATA, 11, WANTED, True, "kept"),
        (DATA, 11, WANTED, False, "broken"),
        (DATA[::-1], 11, WANTED, True, "mismatch"),
        (DATA, 5, WANTED, True, "mismatch"),
    ],
)
def test_bytes_are_worth_what_they_are(
    data: bytes, length: int | None, checksum: Checksum | None, whole: bool, verdict: str
) -> None:
    taking = body(length, checksum)
    taking.take(data)
    assert taking.verdict(whole=whole) == verdict


@given(some.integers(0, 30), some.lists(some.binary(max_size=12), max_size=8), some.data())
def test_never_a_byte_is_taken_beyond_the_length(length: int, pieces: list[bytes], more: Any) -> None:
    offset = more.draw(some.integers(0, length))
    taking = body(length, None, offset)
    taken = b"".join(bytes(taking.take(piece)) for piece in pieces)
    assert taken == b"".join(pieces)[: length - offset]
    assert taking.offset == offset + len(taken) <= length
