"""Bytes kept under their SHA-256: written once, read-only, the same bytes once only; SM3 is taken with it.

A file lies in its store (see `stores`) under aa/bb/aabb…. It appears there whole before its row is written; if the act
is rolled back the bytes stay without a row, which harms nobody and is overwritten by nothing.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.core.checks import CheckMessage, Error, register
from django.db import models

from xiuhua.kernel import record, stores
from xiuhua.kernel.authz import Invalid, Said
from xiuhua.kernel.models import StoredFile, require_act

CHUNK = 1024 * 1024
MAX_BYTES = 2 * 1024**3

# How files begin: offset, bytes, and the media types that begin so. The rest is taken at its word.
_ISO_MEDIA = frozenset(
    {"video/mp4", "video/quicktime", "video/3gpp", "image/heic", "image/heif", "image/avif"}
)
SIGNS: tuple[tuple[int, bytes, frozenset[str]], ...] = (
    (0, b"\xff\xd8\xff", frozenset({"image/jpeg"})),
    (0, b"\x89PNG\r\n\x1a\n", frozenset({"image/png"})),
    (0, b"GIF8", frozenset({"image/gif"})),
    (8, b"WEBP", frozenset({"image/webp"})),
    (0, b"%PDF-", frozenset({"application/pdf"})),
    (4, b"ftyp", _ISO_MEDIA),
    (0, b"\x1aE\xdf\xa3", frozenset({"video/webm", "video/x-matroska"})),
    (8, b"AVI ", frozenset({"video/x-msvideo"})),
)
UNKNOWN = "application/octet-stream"
SIGNED = frozenset().union(*(types for _, _, types in SIGNS))


class Hashes:
    """SHA-256 and SM3 (GB/T 32905) of the same bytes, grown together."""

    def __init__(self) -> None:
        self.sha256, self.sm3 = hashlib.sha256(), hashlib.new("sm3")

    def update(self, data: bytes | bytearray | memoryview) -> None:
        self.sha256.update(data)
        self.sm3.update(data)

    def copy(self) -> Hashes:
        """The same state, to grow apart from here."""
        other = Hashes()
        other.sha256, other.sm3 = self.sha256.copy(), self.sm3.copy()
        return other


def sm3_known(algorithms: Set[str] = hashlib.algorithms_available) -> bool:
    """Whether this Python's OpenSSL computes SM3."""
    return "sm3" in algorithms


@register()
def check_sm3(**_: object) -> list[CheckMessage]:
    """Said when the system starts: evidence without its SM3 would be found out much later."""
    if sm3_known():
        return []
    return [Error("this Python's OpenSSL has no SM3", hint="OpenSSL 1.1.1 or later", id="xiuhua.E001")]


def sniff(head: bytes) -> frozenset[str]:
    """The media types that a file with these first bytes may have; empty if they tell nothing."""
    for offset, sign, types in SIGNS:
        if head[offset : offset + len(sign)] == sign:
            return types
    return frozenset()


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that lie in their place and have no row yet."""

    sha256: str
    sm3: str
    size: int
    media_type: str


def receive(stream: BinaryIO, media_type: str, *, limit: int = MAX_BYTES) -> Received:
    """Take the bytes in without an act: what comes over a slow line must hold no transaction open.

    Raises Invalid for no bytes, for more than `limit`, and for bytes that are not of `media_type`.
    """
    place = stores.chosen()
    with tempfile.NamedTemporaryFile(dir=place.drafts(), prefix=".draft-", delete=False) as draft:
        try:
            hashes, size = _copy(stream, draft, media_type, limit)
            received = _named(hashes, size, media_type)
            place.take(Path(draft.name), received.sha256, size)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft.name)
    return received


def adopt(draft: Path, hashes: Hashes, media_type: str) -> Received:
    """Take in a file that lies on the disk already, whole and flushed, with its hashes; it is moved, not copied.

    Nobody can be asked for a better one: bytes that are not of `media_type` are kept as what they are.
    """
    with draft.open("rb") as file:
        found = sniff(file.read(32))
    if media_type not in found and (found or media_type in SIGNED):
        media_type = min(found, default=UNKNOWN)
    received = _named(hashes, draft.stat().st_size, media_type)
    stores.chosen().take(draft, received.sha256, received.size)
    return received


def _named(hashes: Hashes, size: int, media_type: str) -> Received:
    return Received(hashes.sha256.hexdigest(), hashes.sm3.hexdigest(), size, media_type)


def store(
    data: BinaryIO | bytes | Received, media_type: str = "", *, act: record.Act, limit: int = MAX_BYTES
) -> StoredFile:
    """Keep the bytes; the row that was there already if they were. The caller's entry says what they are for.

    Raises what `receive` raises, unless the bytes were received before.
    """
    require_act("a stored file")
    if not isinstance(data, Received):
        data = receive(io.BytesIO(data) if isinstance(data, bytes) else data, media_type, limit=limit)
    new = StoredFile(
        sha256=data.sha256,
        sm3=data.sm3,
        size=data.size,
        media_type=data.media_type,
        stored_at=act.at,
    )
    # Where the bytes were kept before, by us or by somebody at this moment, their row stands.
    StoredFile.objects.bulk_create([new], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=data.sha256)


def rows_with(file: StoredFile) -> Iterator[models.QuerySet[Any]]:
    """The rows of every table, of whatever room, that name the file: one read for each key that leads to it."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.related_model._base_manager.filter(**{relation.field.name: file})


def names(file: StoredFile) -> int:
    """How many rows name it."""
    return sum(rows.count() for rows in rows_with(file))


def _copy(stream: BinaryIO, draft: IO[bytes], media_type: str, limit: int) -> tuple[Hashes, int]:
    """Write the stream to the draft; its hashes and size."""
    hashes, size = Hashes(), 0
    while chunk := stream.read(CHUNK):
        if size == 0:
            _must_be(media_type, chunk)
        size += len(chunk)
        if size > limit:
            raise Invalid({"file": Said("文件超过 %(size)s MB", size=f"{limit / 1024**2:,.0f}")})
        hashes.update(chunk)
        draft.write(chunk)
    if size == 0:
        raise Invalid({"file": "文件是空的"})
    draft.flush()
    os.fsync(draft.fileno())
    return hashes, size


def _must_be(media_type: str, head: bytes) -> None:
    found = sniff(head)
    if media_type not in found and (found or media_type in SIGNED):
        really = "、".join(sorted(found)) or "别的内容"
        raise Invalid({"file": Said("文件不是 %(media)s，而是%(really)s", media=media_type, really=really)})


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie, if they are kept. Raises ValueError for what is no hash."""
    return stores.chosen().place(sha256)


def kept(sha256: str) -> bool:
    """Whether the bytes are there: those of a recording past its retention went, and its row stays."""
    return path_of(sha256).is_file()


def open_(sha256: str) -> io.BufferedReader:
    """The bytes with this hash, to be read. Raises FileNotFoundError."""
    return path_of(sha256).open("rb")


def verify(sha256: str) -> bool:
    """Whether the bytes are there and still have this hash."""
    try:
        with open_(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
