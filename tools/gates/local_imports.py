"""Imports stand at the top of a module; only `apps.py`, loaded before the models, may do otherwise."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, place, tracked
from tools.gates.function_length import functions


def find(root: Path) -> Iterator[Fault]:
    for path in tracked(root, "*.py"):
        if path.name == "apps.py":
            continue
        lines = {
            node.lineno: ast.unparse(node)
            for function in functions(path.read_text())
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        for line, text in sorted(lines.items()):
            yield Fault(place(path, root, line), f"`{text}` inside a function")


GATE = Gate(
    "local imports",
    find,
    "Move the import to the top; if that makes a cycle, a thing lies in the wrong room.",
)

if __name__ == "__main__":
    GATE.exit()
