"""Uploads on the disk: one folder each, `info.json` and `data`, whose size is the offset: no crash can belie it.

`pending` holds the offset before the bytes of a request with a checksum, while they are not yet proved; a folder that
has one when nobody writes is cut back to it. What was handed on leaves `info.json` with `arrived` until it expires.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from xiuhua.gateways.tus.codec import is_id
from xiuhua.gateways.tus.messages import Create, Upload


def durable(path: Path, text: str) -> None:
    """Write a small file so that it is there whole, or not at all, after a power cut."""
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Names in a folder last, too, only when the folder is flushed."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class Depot:
    """All uploads under a folder; `lasts` is how long one waits for more bytes."""

    def __init__(self, folder: Path, lasts: timedelta) -> None:
        self.folder, self.lasts = folder, lasts
        folder.mkdir(parents=True, exist_ok=True)

    def data(self, upload_id: str) -> Path:
        return self.folder / upload_id / "data"

    def _info(self, upload_id: str) -> Path:
        return self.folder / upload_id / "info.json"

    def make(self, step: Create, owner: str, length: int | None, now: datetime) -> Upload:
        """A new upload with nothing in it, durable."""
        upload = Upload(
            id=secrets.token_hex(16),
            owner=owner,
            length=length,
            metadata=step.metadata,
            partial=step.partial,
            parts=step.parts,
            expires_at=now + self.lasts,
        )
        (self.folder / upload.id).mkdir()
        self.data(upload.id).touch()
        self.keep(upload)
        sync_folder(self.folder)
        return upload

    def keep(self, upload: Upload, *, arrived: bool = False) -> None:
        """Write what is known of the upload beside its bytes."""
        told: dict[str, Any] = {
            "owner": upload.owner,
            "length": upload.length,
            "metadata": upload.metadata,
            "partial": upload.partial,
            "parts": upload.parts,
            "expires_at": upload.expires_at.isoformat() if upload.expires_at else None,
            "arrived": arrived,
        }
        durable(self._info(upload.id), json.dumps(told))

    def find(self, upload_id: str) -> Upload | None:
        """The upload as it stands, durable. Nobody may be writing: what was never proved is cut off here."""
        told = self._told(upload_id)
        if told is None:
            return None
        self._cut_unproved(upload_id)
        expires = told["expires_at"]
        return Upload(
            id=upload_id,
            owner=told["owner"],
            length=told["length"],
            offset=told["length"] if told["arrived"] else self._flushed(upload_id),
            metadata=told["metadata"],
            partial=told["partial"],
            parts=tuple(told["parts"]),
            expires_at=datetime.fromisoformat(expires) if expires else None,
        )

    def _told(self, upload_id: str) -> dict[str, Any] | None:
        if not is_id(upload_id):
            return None
        try:
            found: dict[str, Any] = json.loads(self._info(upload_id).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return found

    def _flushed(self, upload_id: str) -> int:
        """How much has come. What a dead process left in the memory of the system is flushed before it is told."""
        with self.data(upload_id).open("rb") as file:
            os.fsync(file.fileno())
            return os.fstat(file.fileno()).st_size

    def _pending(self, upload_id: str) -> Path:
        return self.folder / upload_id / "pending"

    def _cut_unproved(self, upload_id: str) -> None:
        pending = self._pending(upload_id)
        if pending.exists():
            self.cut(upload_id, int(pending.read_text()))

    def mark_unproved(self, upload: Upload) -> None:
        """From here on bytes are proved by a checksum that is known at their end."""
        durable(self._pending(upload.id), str(upload.offset))

    def proved(self, upload_id: str) -> None:
        self._pending(upload_id).unlink(missing_ok=True)
        sync_folder(self.folder / upload_id)

    def cut(self, upload_id: str, offset: int) -> None:
        """Back to `offset`, durable."""
        with self.data(upload_id).open("r+b") as file:
            file.truncate(offset)
            os.fsync(file.fileno())
        self.proved(upload_id)

    def arrived(self, upload: Upload) -> None:
        """Its bytes have been handed on."""
        self.keep(upload, arrived=True)
        self.data(upload.id).unlink(missing_ok=True)

    def prolonged(self, upload: Upload, now: datetime) -> Upload:
        """More bytes came: it waits anew. Said to the disk at most once an hour."""
        until = now + self.lasts
        if upload.expires_at is not None and until - upload.expires_at < timedelta(hours=1):
            return upload
        later = replace(upload, expires_at=until)
        self.keep(later)
        return later

    def drop(self, upload_id: str) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self.folder / upload_id)

    def all(self) -> Iterator[Upload]:
        """Every upload, also those of other starts of the server."""
        for folder in sorted(self.folder.iterdir()):
            found = self.find(folder.name)
            if found is not None:
                yield found

    def handed_on(self, upload_id: str) -> bool:
        told = self._told(upload_id)
        return told is not None and bool(told["arrived"])

    def expire(self, now: datetime) -> int:
        """Let go what has expired, also folders that a crash left half made; how many."""
        gone = [u.id for u in self.all() if u.expires_at is not None and u.expires_at <= now]
        gone += [f.name for f in self.folder.iterdir() if not (f / "info.json").exists() and _old(f, now)]
        for upload_id in gone:
            self.drop(upload_id)
        return len(gone)


def _old(folder: Path, now: datetime) -> bool:
    return now.timestamp() - folder.stat().st_mtime > 3600
