"""The header fields of tus 1.0, read and written. Pure; raises ValueError with a sentence for what is no such field."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from xiuhua.gateways.tus.messages import ALGORITHMS, Checksum

_DIGITS = re.compile(r"[0-9]{1,18}\Z")
_ID = re.compile(r"[0-9a-f]{32}\Z")


def number(text: str, name: str) -> int:
    """A count of bytes."""
    if not _DIGITS.match(text):
        raise ValueError(f"{name} is no count of bytes")
    return int(text)


def metadata(text: str) -> dict[str, bytes]:
    """`key b64,key2,key3 b64` → key → bytes. A key may stand alone."""
    found: dict[str, bytes] = {}
    for pair in text.split(",") if text.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not key or not key.isascii() or key in found:
            raise ValueError("Upload-Metadata has a key that is empty, not ASCII, or there twice")
        found[key] = _base64(value.strip(), "Upload-Metadata")
    return found


def said(values: Mapping[str, str]) -> str:
    """The field that says these values."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def checksum(text: str) -> Checksum:
    """`sha1 b64`."""
    algorithm, _, digest = text.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        raise ValueError(f"Upload-Checksum knows {', '.join(ALGORITHMS)}")
    return Checksum(algorithm, _base64(digest.strip(), "Upload-Checksum"))


def _base64(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(f"{name} is not in base64") from None


def parts(text: str) -> tuple[bool, tuple[str, ...]]:
    """`partial` → (True, ()); `final;url url` → (False, ids)."""
    if text == "partial":
        return True, ()
    word, _, urls = text.partition(";")
    ids = tuple(url.rstrip("/").rpartition("/")[2] for url in urls.split())
    if word != "final" or not ids or not all(is_id(each) for each in ids):
        raise ValueError("Upload-Concat is `partial` or `final;` with the addresses of partial uploads")
    return False, ids


def is_id(text: str) -> bool:
    """Whether this may be the id of an upload; everything else never reaches the disk."""
    return bool(_ID.match(text))


def http_date(moment: datetime) -> str:
    """`Sun, 30 Nov 2026 18:00:00 GMT`."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
