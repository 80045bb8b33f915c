"""The papers tell the truth: what *.md names exists in the code, and every setting is told in one of them.

Checked are commands and their options, settings (XIUHUA_…), make targets, figures and relative links.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.gates.fault import Fault, Gate, is_test, is_vendored, place, tracked

CLI = Path("xiuhua/conf/cli")
CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"\bxiuhua ([a-z][a-z-]*)((?: [^|;&#]*)?)")
OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]+)")
SETTING = re.compile(r"\bXIUHUA_[A-Z_]+[A-Z]\b")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)\b")
FIGURE = re.compile(r"(?<![\w./-])[A-Z]\d{2}(?![\w.])")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@dataclass(frozen=True, slots=True)
class Code:
    """What the code knows: command → text of its module, settings, make targets, figure ids."""

    commands: dict[str, str]
    settings: frozenset[str]
    targets: frozenset[str]
    figures: frozenset[str]


def _commands(root: Path) -> dict[str, str]:
    """The table of the console command: name → source of its module (empty if the module is missing)."""
    table = root / CLI / "__init__.py"
    if not table.exists():
        return {}
    for node in ast.parse(table.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMMANDS":
            named: dict[str, tuple[str, str]] = ast.literal_eval(node.value)
            return {name: _module(root / CLI / module) for name, (module, _) in named.items()}
    return {}


def _module(stem: Path) -> str:
    """Source of a module or of a whole package; empty if there is neither."""
    files = [stem.with_suffix(".py")] if stem.with_suffix(".py").exists() else sorted(stem.glob("*.py"))
    return "\n".join(f.read_text() for f in files)


def known(root: Path) -> Code:
    sources = [p for p in tracked(root, "*.py") if not is_test(p, root)]
    settings = {hit for p in sources for hit in SETTING.findall(p.read_text())}
    makefile = root / "Makefile"
    targets = re.findall(r"^([a-z][a-z-]*):", makefile.read_text() if makefile.exists() else "", re.MULTILINE)
    owing = [p for p in sources if "figures" in (p.stem, p.parent.name)]
    figures = {hit for p in owing for hit in re.findall(r'"([A-Z]\d{2})"', p.read_text())}
    return Code(_commands(root), frozenset(settings), frozenset(targets), frozenset(figures))


def snippets(text: str) -> Iterator[tuple[int, str]]:
    """Line and content of everything set as code: fenced lines and `spans`."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced:
            yield number, line
        else:
            yield from ((number, span) for span in CODE.findall(line))


def _wrong_code(snippet: str, code: Code) -> Iterator[str]:
    for name, rest in COMMAND.findall(snippet):
        if not code.commands.get(name):
            yield f"there is no command `xiuhua {name}`"
            continue
        for option in OPTION.findall(rest):
            if f'"{option}"' not in code.commands[name] and option != "--help":
                yield f"`xiuhua {name}` knows no option {option}"
    for target in TARGET.findall(snippet):
        if target not in code.targets:
            yield f"there is no target `make {target}`"


def _paper(path: Path, root: Path, code: Code) -> Iterator[Fault]:
    text = path.read_text()
    for number, snippet in snippets(text):
        for what in _wrong_code(snippet, code):
            yield Fault(place(path, root, number), what)
    for number, line in enumerate(text.splitlines(), 1):
        where = place(path, root, number)
        for setting in SETTING.findall(line):
            if setting not in code.settings:
                yield Fault(where, f"there is no setting {setting}")
        for figure in FIGURE.findall(line):
            if figure not in code.figures:
                yield Fault(where, f"there is no figure {figure}")
        for link in LINK.findall(line):
            if not (path.parent / link).exists():
                yield Fault(where, f"the link leads nowhere: {link}")


def find(root: Path) -> Iterator[Fault]:
    code = known(root)
    papers = [p for p in tracked(root, "*.md") if not is_vendored(p)]
    told: set[str] = set()
    for path in papers:
        told.update(SETTING.findall(path.read_text()))
        yield from _paper(path, root, code)
    for setting in sorted(code.settings - told):
        yield Fault("*.md", f"no paper tells what {setting} does")


GATE = Gate("docs", find, "Correct the paper, or keep the promise it makes.")

if __name__ == "__main__":
    GATE.exit()
