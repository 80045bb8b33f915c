"""A file as it lies on the station: when it is still, its hashes, and what its name and its inside tell."""

from __future__ import annotations

import csv
import mimetypes
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from xiuhua.evidence.queries import media
from xiuhua.evidence.rules import recordings as rules
from xiuhua.gateways.station.ledger import Known
from xiuhua.kernel import clock
from xiuhua.kernel.files import Hashes

BLOCK = 4 << 20
# What recorders write; everything else in the folder is left alone.
KINDS = ("video/", "audio/", "image/")
OTHER = {".mts": "video/mp2t", ".ts": "video/mp2t", ".dav": "application/octet-stream"}


def patterns(file: Path) -> list[rules.NamePattern]:
    """How the recorders of this bureau name their files (`recording_names.csv`), the first that fits counts."""
    with file.open(encoding="utf-8") as table:
        return [
            rules.NamePattern(row["code"], row["pattern"], row["time_format"])
            for row in csv.DictReader(table)
        ]


def media_type(path: Path) -> str:
    """By its ending; empty for what no recorder writes."""
    found = OTHER.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or ""
    return found if found.startswith(KINDS) or path.suffix.lower() in OTHER else ""


def still(folder: Path, quiet: timedelta, now: datetime) -> Iterator[Path]:
    """Files of recorders that nobody has written to for a while, the oldest name first."""
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts) or not media_type(path):
            continue
        try:
            found = path.stat()
        except OSError:
            continue
        if path.is_file() and found.st_size and now.timestamp() - found.st_mtime >= quiet.total_seconds():
            yield path


def hashed(path: Path) -> Known:
    """Both hashes of the file. Raises OSError if it goes away or grows meanwhile."""
    before, hashes, size = path.stat(), Hashes(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            hashes.update(block)
            size += len(block)
    after = path.stat()
    if (after.st_mtime_ns, after.st_size) != (before.st_mtime_ns, size):
        raise OSError(f"{path} was written to while it was read")
    return Known(str(path), size, after.st_mtime_ns, hashes.sha256.hexdigest(), hashes.sm3.hexdigest())


def manifest(known: Known, names: Sequence[rules.NamePattern]) -> dict[str, Any]:
    """What is said of the file: hashes, what its name tells, and its end from its inside where the name lacks it."""
    path = Path(known.path)
    told = rules.parse(path.name, names, clock.SHANGHAI)
    start, kind = told.get("started_at"), media_type(path)
    if isinstance(start, datetime) and "ended_at" not in told and kind.startswith(("video/", "audio/")):
        told["ended_at"] = _end(path, start)
    plain = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in told.items()}
    return {
        "file_name": path.name,
        "size": known.size,
        "sha256": known.sha256,
        "sm3": known.sm3,
        "media_type": kind,
        **{key: value for key, value in plain.items() if value is not None},
    }


def _end(path: Path, start: datetime) -> datetime | None:
    try:
        seconds = media.seconds_of(path)
    except media.Unreadable:
        return None
    return start + timedelta(seconds=seconds) if seconds is not None else None
