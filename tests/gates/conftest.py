"""A folder of its own for each seeded mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tools.gates.fault import Fault, Gate

Lay = Callable[[str, str], Path]
Said = Callable[[Gate], list[str]]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Write a file under the folder; its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """What a gate finds in the folder, as `where: what`."""

    def find(gate: Gate) -> list[str]:
        faults: Iterable[Fault] = gate.find(tmp_path)
        return [f"{fault.where}: {fault.what}" for fault in faults]

    return find
