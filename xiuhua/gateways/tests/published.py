"""The published vectors of the protocols, which lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

GIVEN = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "given"


def vectors(name: str) -> list[dict[str, Any]]:
    """All vectors of a file; an empty list where they are not here."""
    path = GIVEN / f"{name}.json"
    if not path.exists():
        return []
    found: list[dict[str, Any]] = json.loads(path.read_text())
    return found


def here(name: str) -> list[dict[str, Any]]:
    """`vectors`, skipping the test where they are not beside the repository."""
    found = vectors(name)
    if not found:
        pytest.skip(f"the published vectors are not beside the repository ({GIVEN})")
    return found
