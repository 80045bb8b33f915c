"""What the agent knows of its files, in one SQLite file: it survives the agent, the cable and the power."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL, sm3 TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0, upload TEXT NOT NULL DEFAULT ''
)
"""
_FIELDS = "path, size, changed, sha256, sm3, told, sent, upload"


@dataclass(frozen=True, slots=True)
class Known:
    """A file that was hashed. `changed`: its modification time in ns; `upload`: the tus address that takes it."""

    path: str
    size: int
    changed: int
    sha256: str
    sm3: str
    told: bool = False
    sent: bool = False
    upload: str = ""


class Ledger:
    def __init__(self, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        self._table = sqlite3.connect(place, isolation_level=None)
        self._table.execute("PRAGMA journal_mode=WAL")
        self._table.execute("PRAGMA synchronous=FULL")
        self._table.execute(_TABLE)

    def close(self) -> None:
        self._table.close()

    def find(self, path: str) -> Known | None:
        row = self._table.execute(f"SELECT {_FIELDS} FROM file WHERE path = ?", [path]).fetchone()  # noqa: S608
        return _known(row) if row else None

    def hashed(self, known: Known) -> None:
        """A file that is new, or is another one under a known name."""
        self._table.execute(
            "INSERT OR REPLACE INTO file (path, size, changed, sha256, sm3) VALUES (?, ?, ?, ?, ?)",
            [known.path, known.size, known.changed, known.sha256, known.sm3],
        )

    def told(self, sha256: str) -> None:
        self._table.execute("UPDATE file SET told = 1 WHERE sha256 = ?", [sha256])

    def sent(self, sha256: str) -> None:
        self._table.execute("UPDATE file SET sent = 1, upload = '' WHERE sha256 = ?", [sha256])

    def uploading(self, sha256: str, address: str) -> None:
        """Where the file goes: known before its first byte is sent, so that it is resumed there."""
        self._table.execute("UPDATE file SET upload = ? WHERE sha256 = ?", [address, sha256])

    def untold(self) -> Iterator[Known]:
        rows = self._table.execute(f"SELECT {_FIELDS} FROM file WHERE told = 0 ORDER BY path").fetchall()  # noqa: S608
        return map(_known, rows)

    def of_hash(self, sha256: str) -> Known | None:
        """A file of this hash that was not sent."""
        row = self._table.execute(
            f"SELECT {_FIELDS} FROM file WHERE sha256 = ? AND sent = 0 ORDER BY path",  # noqa: S608
            [sha256],
        ).fetchone()
        return _known(row) if row else None


def _known(row: tuple[str, int, int, str, str, int, int, str]) -> Known:
    return Known(*row[:5], bool(row[5]), bool(row[6]), row[7])
