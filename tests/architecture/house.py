"""The order of the rooms, read from importlinter.toml: one list for imports, foreign keys and the tests here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "xiuhua"


def contracts(path: Path = ROOT / "importlinter.toml") -> dict[str, dict[str, Any]]:
    """Every import contract by its id."""
    found = tomllib.loads(path.read_text())["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract for contract in found}


def heights(layers: list[str]) -> dict[str, int]:
    """Room → height of its layer; 0 is the ground. Rooms on one height are siblings."""
    ordered = [re.findall(r"\w+", layer) for layer in reversed(layers)]
    return {room: height for height, rooms in enumerate(ordered) for room in rooms}


HEIGHT = heights(contracts()["house"]["layers"])
ROOMS = sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists())


def may_know(room: str, other: str, height: dict[str, int] = HEIGHT) -> bool:
    """Whether `room` may refer to `other`: itself, or a room on a lower layer."""
    return room == other or height[other] < height[room]
