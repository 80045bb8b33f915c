"""The import contracts cover the whole house, and a seeded mistake breaks them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOMS, ROOT, contracts, may_know

CONTRACTS = contracts()
LINT = Path(sys.executable).parent / "lint-imports"


def _has_models(room: str) -> bool:
    return (PACKAGE / room / "models.py").exists() or (PACKAGE / room / "models").is_dir()


@pytest.mark.parametrize("room", [r for r in ROOMS if _has_models(r) and r != "kernel"])
def test_the_tables_of_every_room_are_its_own(room: str) -> None:
    contract = CONTRACTS[f"tables-of-{room}"]
    assert contract["protected_modules"] == [f"xiuhua.{room}.models"]


def test_every_room_is_held_to_the_inner_order() -> None:
    held = {name.removeprefix("xiuhua.") for name in CONTRACTS["inside"]["containers"]}
    assert set(ROOMS) - {"kernel", "conf", "web", "api", "gateways", "simulation"} == held


def test_only_the_faces_have_namesakes_of_rooms() -> None:
    """The contracts let `xiuhua.*.leads` touch the tables of leads; that means `web.leads` and `api.leads`."""
    inner = [r for r in ROOMS if r not in {"web", "api"}]
    found = [
        p.relative_to(PACKAGE).as_posix() for r in inner for n in ROOMS for p in (PACKAGE / r).glob(f"{n}*")
    ]
    assert [name for name in found if name.split("/")[1].removesuffix(".py") in ROOMS] == []


IMPORT = re.compile(r"^\s*(?:from|import) xiuhua(?:\.(\w+)| import (.+))", re.MULTILINE)


def imports_of_rooms(source: str) -> Iterator[str]:
    """The room of every import of ours in a module, those for the type checker included."""
    for room, names in IMPORT.findall(source):
        yield from [room] if room else re.findall(r"\w+", names)


def test_imports_for_the_type_checker_point_down_too() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if "tests" not in path.parts and path.name != "conftest.py"
        for other in imports_of_rooms(path.read_text())
        if not may_know(room, other)
    ]
    assert not wrong, "; ".join(wrong)


def test_an_import_for_the_type_checker_is_seen() -> None:
    source = (
        "if TYPE_CHECKING:\n    from xiuhua.cases.models import Case\n"
        "from xiuhua import kernel\nimport xiuhua.org.rules\nimport os\n"
    )
    assert list(imports_of_rooms(source)) == ["cases", "kernel", "org"]


@pytest.fixture
def skeleton(tmp_path: Path) -> Callable[[str, str], subprocess.CompletedProcess[str]]:
    """An empty house of the same shape; lay a line into one of its modules and lint it."""
    text = (ROOT / "importlinter.toml").read_text()
    (tmp_path / "importlinter.toml").write_text(text)
    modules = {
        path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py") if "tests" not in path.parts
    }
    modules |= {
        f"xiuhua/{word.replace('.', '/')}.py" for word in ("leads.rules", "org.actions", "reports.queries")
    }
    for module in modules:
        path = tmp_path / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for folder in {p.parent for p in tmp_path.rglob("*.py")}:
        (folder / "__init__.py").touch()

    def lint(module: str, line: str) -> subprocess.CompletedProcess[str]:
        path = tmp_path / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line + "\n")
        command = [str(LINT), "importlinter.toml", "--no-cache", "--no-logo"]
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={"PYTHONPATH": str(tmp_path)},
        )

    return lint


MISTAKES = [
    ("xiuhua/leads/actions.py", "import xiuhua.cases.models", "imports point down"),
    ("xiuhua/kernel/clock.py", "import xiuhua.org.models", "imports point down"),
    ("xiuhua/org/models.py", "import xiuhua.org.actions", "inner order"),
    ("xiuhua/leads/rules.py", "import django", "are pure"),
    ("xiuhua/reports/queries.py", "import xiuhua.cases.models", "tables of cases"),
    ("xiuhua/helpers/__init__.py", "", "imports point down"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("module", "line", "contract"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_seeded_mistake_breaks_its_contract(
    skeleton: Callable[[str, str], subprocess.CompletedProcess[str]], module: str, line: str, contract: str
) -> None:
    said = skeleton(module, line)
    assert said.returncode == 1, said.stdout + said.stderr
    assert re.search(rf"{contract}.*BROKEN", said.stdout), said.stdout


@pytest.mark.slow
def test_the_empty_house_keeps_every_contract(
    skeleton: Callable[[str, str], subprocess.CompletedProcess[str]],
) -> None:
    said = skeleton("xiuhua/leads/rules.py", "")
    assert said.returncode == 0, said.stdout + said.stderr
