"""Where bytes lie under their SHA-256: the door, and the folder that is its default. Written once.

`FILES_STORE` names the class. A store of another kind keeps a folder as well, so that whoever reads gets a real file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Store(Protocol):
    """The whole of what a store must do. Names are SHA-256 in small hexadecimal digits."""

    def drafts(self) -> Path:
        """A folder on the disk of the store where bytes grow before they have a name."""

    def take(self, draft: Path, sha256: str, size: int) -> None:
        """Keep the draft under its hash; the same bytes, kept before, are left as they are. The draft may be gone."""

    def place(self, sha256: str) -> Path:
        """Where the bytes can be read; a path that leads nowhere if they are not kept."""

    def destroy(self, sha256: str) -> None:
        """Let the bytes go. Asked for by the act that destroys what is past its retention, by nothing else."""


class FolderStore:
    """aa/bb/aabb… below a folder, read-only files that appear whole, by a rename."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def drafts(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def take(self, draft: Path, sha256: str, size: int) -> None:
        place = self.place(sha256)
        if place.exists() and place.stat().st_size == size:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.chmod(0o444)
        draft.replace(place)

    def place(self, sha256: str) -> Path:
        """Raises ValueError for what is no hash."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("this is no SHA-256 in small hexadecimal digits")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def destroy(self, sha256: str) -> None:
        self.place(sha256).unlink(missing_ok=True)


def folder() -> FolderStore:
    """The default: the folder FILES_DIR."""
    return FolderStore(Path(settings.FILES_DIR))


def chosen() -> Store:
    """The store that the settings name."""
    made: Store = import_string(settings.FILES_STORE)()
    return made
