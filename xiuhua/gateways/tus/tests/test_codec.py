"""Fields of tus as they are written, and what is no such field."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xiuhua.gateways.tus import codec
from xiuhua.gateways.tus.messages import Checksum

A, B = "a" * 32, "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("filename YS50eHQ=", {"filename": b"a.txt"}),
        ("is_confidential,filename YS50eHQ=", {"is_confidential": b"", "filename": b"a.txt"}),
        ("a YQ==, b  Yg==", {"a": b"a", "b": b"b"}),
    ],
)
def test_metadata_is_read(text: str, found: dict[str, bytes]) -> None:
    assert codec.metadata(text) == found


@given(some.dictionaries(some.text("abc_9", min_size=1, max_size=9), some.text(max_size=20), max_size=5))
def test_metadata_that_was_said_is_read_again(values: dict[str, str]) -> None:
    assert codec.metadata(codec.said(values)) == {key: value.encode() for key, value in values.items()}


@pytest.mark.parametrize("text", [",", "a YQ==,,b", "a YQ==,a Yg==", "名 YQ==", "a ???", "a YQ"])
def test_what_is_no_metadata_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Upload-Metadata"):
        codec.metadata(text)


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1e3", "٣", " 1", "1\n", "9" * 19])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Upload-Length"):
        codec.number(text, "Upload-Length")


def test_a_count_is_read() -> None:
    assert codec.number("0011", "Upload-Length") == 11


def test_a_checksum_is_read() -> None:
    assert codec.checksum(f"sm3 {base64.b64encode(b'x').decode()}") == Checksum("sm3", b"x")


@pytest.mark.parametrize("text", ["", "sha1024 YQ==", "sha1 ?"])
def test_what_is_no_checksum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Upload-Checksum"):
        codec.checksum(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("partial", (True, ())),
        (f"final;/files/{A} https://h/files/{B}/", (False, (A, B))),
    ],
)
def test_a_concatenation_is_read(text: str, found: tuple[bool, tuple[str, ...]]) -> None:
    assert codec.parts(text) == found


@pytest.mark.parametrize(
    "text", ["", "whole", "final", "final;", "final;/files/../../x", f"partial;/files/{A}"]
)
def test_what_is_no_concatenation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Upload-Concat"):
        codec.parts(text)


def test_a_moment_is_said_as_http_says_it() -> None:
    assert codec.http_date(datetime(2026, 11, 30, 18, tzinfo=UTC)) == "Mon, 30 Nov 2026 18:00:00 GMT"


@given(some.text(max_size=60))
@pytest.mark.parametrize("read", [codec.metadata, codec.checksum, codec.parts])
def test_no_text_does_anything_but_be_read_or_refused(read: Callable[[str], object], text: str) -> None:
    with suppress(ValueError):
        read(text)
