"""Remembers for which state of the code the coverage data was measured, so that it is not measured twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tools.gates.fault import tracked

DATA = Path("var/coverage/data")
MARK = Path("var/coverage/measured-for")


def digest(root: Path) -> str:
    """One hash over every file that the result of a test can depend on."""
    total = hashlib.sha256()
    for path in tracked(root):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def mark(root: Path, tree: str) -> None:
    """Note that the data was measured on `tree`."""
    (root / MARK).parent.mkdir(parents=True, exist_ok=True)
    (root / MARK).write_text(tree)


def is_fresh(root: Path) -> bool:
    """Whether the data was measured on the code as it is now."""
    marker = root / MARK
    return (root / DATA).exists() and marker.exists() and marker.read_text() == digest(root)
