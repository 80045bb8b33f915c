"""The folder keeps bytes once; both hashes grow together; the system says at its start if it cannot take SM3."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.kernel import files, stores

VECTORS = settings.BASE_DIR.parent / "shared" / "vectors" / "given" / "sm.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    return tmp_path / "files"


def draft(folder: Path, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    made = folder / ".draft"
    made.write_bytes(data)
    return made


def test_the_standard_s_digest_of_abc_is_taken() -> None:
    hashes = files.Hashes()
    hashes.update(b"a")
    apart = hashes.copy()
    hashes.update(b"bc")
    assert hashes.sm3.hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashes.sha256.hexdigest() == hashlib.sha256(b"abc").hexdigest()
    assert apart.sha256.hexdigest() == hashlib.sha256(b"a").hexdigest()


def test_every_published_digest_agrees() -> None:
    if not VECTORS.exists():
        pytest.skip("the published vectors are not beside the repository")
    rows = [row for row in json.loads(VECTORS.read_text()) if row["kind"] == "sm3"]
    for row in rows:
        said = row["input"]
        data = said["ascii"].encode() if "ascii" in said else bytes.fromhex(said["hex"])
        hashes = files.Hashes()
        hashes.update(data)
        assert hashes.sm3.hexdigest() == row["expected"]["digest"], row["id"]
    assert rows


def test_a_python_without_sm3_is_noticed_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.check_sm3() == []
    monkeypatch.setattr(files, "sm3_known", lambda: False)
    assert [fault.id for fault in files.check_sm3()] == ["xiuhua.E001"]
    monkeypatch.undo()
    assert not files.sm3_known({"sha256"})


def test_what_is_received_has_both_hashes() -> None:
    received = files.receive(io.BytesIO(b"abc"), "text/plain")
    assert received.sm3 == hashlib.new("sm3", b"abc").hexdigest()
    assert files.path_of(received.sha256).read_bytes() == b"abc"


def test_a_file_on_the_disk_is_adopted_without_a_copy(folder: Path) -> None:
    grown = draft(folder, b"%PDF-1.7 rest")
    number = grown.stat().st_ino
    hashes = files.Hashes()
    hashes.update(b"%PDF-1.7 rest")
    received = files.adopt(grown, hashes, "application/pdf")
    assert files.path_of(received.sha256).stat().st_ino == number
    assert not grown.exists()


@pytest.mark.parametrize(
    ("data", "called", "kept"),
    [
        (b"GIF89a", "video/mp4", "image/gif"),
        (b"MZ\x90", "video/mp4", files.UNKNOWN),
        (b"free text", "text/plain", "text/plain"),
        (b"\0\0\0\x20ftypisom", "video/mp4", "video/mp4"),
    ],
)
def test_a_file_on_the_disk_is_kept_as_what_it_is(folder: Path, data: bytes, called: str, kept: str) -> None:
    assert files.adopt(draft(folder, data), files.Hashes(), called).media_type == kept


def test_bytes_are_taken_once_and_let_go_only_when_that_is_asked(folder: Path) -> None:
    store = stores.chosen()
    name = hashlib.sha256(b"abc").hexdigest()
    store.take(draft(folder, b"abc"), name, 3)
    first = store.place(name).stat().st_ino
    again = draft(folder, b"abc")
    store.take(again, name, 3)
    assert store.place(name).stat().st_ino == first
    assert again.exists()
    store.destroy(name)
    store.destroy(name)
    assert not store.place(name).exists()
