"""Every dependency says why it is here, every import is declared, and the lock holds what is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from tools.gates.fault import Fault, Gate, is_test, place, tracked

REQUIREMENT = re.compile(r"""^\s*"([A-Za-z0-9._-]+)[^"]*",?\s*(?P<why>#\s*\S.*)?$""")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(\[[^\]]+\])?==", re.MULTILINE)
WITH_EXTRA = re.compile(r"^([A-Za-z0-9._-]+)(\[[^\]]+\])(?!.*extra ==)")
OWN = {"xiuhua", "tools", "tests"}


def plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(root: Path) -> tuple[set[str], set[str]]:
    """Names of the distributions that pyproject.toml asks for: to run (with every extra), and to develop besides."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]

    def names(requirements: list[str]) -> set[str]:
        return {plain(re.split(r"[\[<>=!~; ]", r, maxsplit=1)[0]) for r in requirements}

    optional = project.get("optional-dependencies", {})
    extras = [requirement for name, asked in optional.items() if name != "dev" for requirement in asked]
    return names([*project["dependencies"], *extras]), names(optional.get("dev", []))


def _without_reason(root: Path) -> Iterator[Fault]:
    path = root / "pyproject.toml"
    inside = False
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if re.match(r"^(dependencies|\w+) = \[\s*$", line):
            inside = True
        elif line.startswith("]"):
            inside = False
        elif inside and (hit := REQUIREMENT.match(line)) and re.search("[<>=~]", line) and not hit["why"]:
            yield Fault(place(path, root, number), f"{hit[1]} does not say why it is here")


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


def _undeclared(root: Path) -> Iterator[Fault]:
    runtime, development = declared(root)
    owners = packages_distributions()
    for path in tracked(root, "*.py"):
        parts = path.relative_to(root).parts
        to_develop = is_test(path, root) or parts[0] != "xiuhua" or "testing" in parts
        allowed = runtime | development if to_develop else runtime
        for line, module in _imported(path):
            if module in OWN or module in sys.stdlib_module_names:
                continue
            if not allowed & {plain(name) for name in owners.get(module, [module])}:
                yield Fault(place(path, root, line), f"imports {module}, not declared in pyproject.toml")


def _locked(root: Path) -> dict[str, str]:
    """Distribution → its extras as they stand in the lock (`[toml]`), or nothing."""
    found = PINNED.findall((root / "requirements.lock").read_text())
    return {plain(name): extras for name, extras in found}


def _unlocked(root: Path) -> Iterator[Fault]:
    runtime, development = declared(root)
    for name in sorted((runtime | development) - set(_locked(root))):
        yield Fault("requirements.lock", f"{name} is declared and not locked; run `make lock`")


def _asked(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def _extras_unlocked(root: Path) -> Iterator[Fault]:
    """An extra that one package asks of another and the lock leaves out.

    pip then takes the newest release of it instead of the locked one, and the hashes refuse that: the install fails
    on the day of that release.
    """
    locked = _locked(root)
    for name in locked:
        for hit in filter(None, map(WITH_EXTRA.match, _asked(name))):
            other, extras = plain(hit[1]), hit[2]
            if other in locked and locked[other] != extras:
                yield Fault("requirements.lock", f"{name} asks for {other}{extras}, which is not locked so")


def find(root: Path) -> Iterator[Fault]:
    yield from _without_reason(root)
    yield from _undeclared(root)
    yield from _unlocked(root)
    yield from _extras_unlocked(root)


GATE = Gate(
    "dependencies", find, "Declare it in pyproject.toml with a comment that says why, then `make lock`."
)

if __name__ == "__main__":
    GATE.exit()
