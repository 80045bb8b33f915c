"""Rooms are alike inside: one learns the files of one and knows those of all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOMS

INSIDE = {
    "rules",
    "models",
    "queries",
    "permissions",
    "actions",
    "backfill",
    "figures",
    "jobs",
    "apps",
    "migrations",
    "tests",
}
# The closed list of the bedrock: each thing it holds, with the modules it is made of. A new thing needs a decision.
BEDROCK = {
    "record": "check_proof guards keys leaves merkle notes proof queries reading sealing tiles verify",
    "outbox": "",
    "clock": "",
    "workdays": "",
    "numbering": "series",
    "areas": "geojson schematic roads",
    "files": "stores s3",
    "authz": "",
    "rows": "sinks sources stretches",
    "models": "",
}
OWN = {"cases": {"procedure", "documents", "discretion", "checker", "reviewing"}}
WIRING_AND_FACES = {"conf", "web", "api", "gateways", "simulation", "locale"}
DOORSTEP = 15


def entries(room: Path) -> set[str]:
    """Names of the modules and packages directly inside a room."""
    modules = {p.stem for p in room.glob("*.py")} - {"__init__"}
    return modules | {p.name for p in room.iterdir() if (p / "__init__.py").exists()}


def strangers(room: Path, allowed: set[str]) -> list[str]:
    """Modules that a room of this kind does not have."""
    return sorted(entries(room) - allowed)


@pytest.mark.parametrize("name", [r for r in ROOMS if r not in WIRING_AND_FACES | {"kernel"}])
def test_a_room_holds_the_known_files_only(name: str) -> None:
    assert strangers(PACKAGE / name, INSIDE | OWN.get(name, set())) == []


def test_the_bedrock_is_a_closed_list() -> None:
    parts = set(" ".join([*BEDROCK, *BEDROCK.values()]).split())
    assert strangers(PACKAGE / "kernel", parts | {"apps", "migrations", "tests"}) == []


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_says_at_its_door_what_it_is_for(name: str) -> None:
    source = (PACKAGE / name / "__init__.py").read_text()
    tree = ast.parse(source)
    assert ast.get_docstring(tree), f"xiuhua/{name}/__init__.py does not say what the room is for"
    assert len(tree.body) == 1, f"xiuhua/{name}/__init__.py holds more than its docstring"
    assert len(source.splitlines()) <= DOORSTEP


def test_nothing_is_called_utils_or_helpers() -> None:
    shelves = {"utils", "util", "helpers", "helper", "misc", "signals"}
    found = [p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*") if p.stem in shelves]
    assert found == []


def test_a_foreign_file_in_a_room_is_noticed(tmp_path: Path) -> None:
    for name in ("__init__.py", "rules.py", "services.py"):
        (tmp_path / name).touch()
    (tmp_path / "managers").mkdir()
    (tmp_path / "managers" / "__init__.py").touch()
    assert strangers(tmp_path, INSIDE) == ["managers", "services"]
