"""Bytes are kept once under their hash, read-only, and are what they say they are."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.kernel import files, record
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import OutsideAction, StoredFile
from xiuhua.kernel.tests.harness import AT, CLERK

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    return tmp_path / "files"


def store(data: bytes, media_type: str = "text/plain", limit: int = files.MAX_BYTES) -> StoredFile:
    with record.act("files.store", by=CLERK, at=AT) as act:
        row = files.store(io.BytesIO(data), media_type, act=act, limit=limit)
        act.entry(on=row, facts={})
    return row


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_file_lies_whole_and_read_only_under_its_hash(folder: Path) -> None:
    row = store(PNG, "image/png")
    assert row.sha256 == hashlib.sha256(PNG).hexdigest()
    assert (row.size, row.media_type, row.stored_at) == (len(PNG), "image/png", AT)
    [path] = kept(folder)
    assert path == folder / row.sha256[:2] / row.sha256[2:4] / row.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    with files.open_(row.sha256) as file:
        assert file.read() == PNG
    assert files.verify(row.sha256)


def test_the_same_bytes_are_the_same_row_and_the_same_file(folder: Path) -> None:
    first = store(PNG, "image/png")
    assert store(PNG, "image/png").pk == first.pk
    assert store(PNG[:-1], "image/png").pk != first.pk
    assert len(kept(folder)) == StoredFile.objects.count() == 2


def test_bytes_may_come_as_they_are() -> None:
    with record.act("files.store", by=CLERK, at=AT) as act:
        row = files.store(b"text", "text/plain", act=act)
        act.entry(on=row, facts={})
    assert row.size == 4


def test_bytes_may_be_taken_in_before_the_act_that_keeps_them(folder: Path) -> None:
    received = files.receive(io.BytesIO(PNG), "image/png")
    assert not StoredFile.objects.exists()
    assert len(kept(folder)) == 1
    with record.act("files.store", by=CLERK, at=AT) as act:
        row = files.store(received, act=act)
        act.entry(on=row, facts={})
    assert (row.sha256, row.size, row.media_type) == (received.sha256, len(PNG), "image/png")


def test_a_file_cut_short_on_the_disk_is_put_right_by_the_same_bytes(folder: Path) -> None:
    row = store(PNG, "image/png")
    [path] = kept(folder)
    path.unlink()
    path.write_bytes(PNG[:10])
    assert not files.verify(row.sha256)
    store(PNG, "image/png")
    assert files.verify(row.sha256)


def test_files_are_kept_in_acts_only(folder: Path) -> None:
    with pytest.raises(OutsideAction):
        files.store(b"text", "text/plain", act=record.Act("x", CLERK, AT))
    assert not folder.exists()


@pytest.mark.parametrize(
    ("data", "media_type", "says"),
    [
        (b"", "text/plain", "文件是空的"),
        (b"x" * 101, "text/plain", "文件超过"),
        (b"<html>", "image/jpeg", "不是 image/jpeg，而是别的内容"),
        (PNG[:50], "image/jpeg", "而是image/png"),
        (PNG[:50], "text/plain", "而是image/png"),
        (b"MZ" + bytes(20), "application/pdf", "不是 application/pdf"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(
    folder: Path, data: bytes, media_type: str, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        store(data, media_type, limit=100)
    assert kept(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (PNG, "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x1aE\xdf\xa3\x01", "video/webm"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
    ],
)
def test_common_photos_documents_and_videos_are_known_by_their_first_bytes(
    head: bytes, media_type: str
) -> None:
    assert media_type in files.sniff(head)
    assert files.sniff(head[1:]) != files.sniff(head)
    assert store(head, media_type).media_type == media_type


def test_a_stream_that_breaks_leaves_nothing(folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionError("the line broke")

    def take() -> None:
        with record.act("files.store", by=CLERK, at=AT) as act:
            files.store(Broken(), "text/plain", act=act)

    with pytest.raises(ConnectionError):
        take()
    assert kept(folder) == []


def test_a_hash_is_no_path() -> None:
    for name in ("../" * 21 + "x", "A" * 64, "", "g" * 64):
        with pytest.raises(ValueError, match="no SHA-256"):
            files.open_(name)
    with pytest.raises(FileNotFoundError):
        files.open_("0" * 64)
    assert not files.verify("0" * 64)
