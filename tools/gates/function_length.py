"""Functions are short and flat: nine of ten ≤ 30 lines, none over 60; no block deeper than 3.

A function is counted from `def` to its last line without the docstring: what it says for people is not code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, is_migration, is_test, percentile, place, tracked

P90, HARD, DEEPEST = 30, 60, 3
Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


def length(function: Function) -> int:
    """Lines of code of a function, its docstring left out."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def depth(node: ast.AST) -> int:
    """How deep blocks lie in one another inside `node`.

    An `elif` is no deeper than its `if`; an inner function starts anew.
    """
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        is_elif = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        own = 1 if isinstance(child, BLOCKS) and not is_elif else 0
        deepest = max(deepest, own + depth(child))
    return deepest


def functions(source: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node


def find(root: Path) -> Iterator[Fault]:
    lengths: list[int] = []
    for path in tracked(root, "*.py"):
        if is_migration(path):
            continue
        for function in functions(path.read_text()):
            where = place(path, root, function.lineno)
            lines = length(function)
            if lines > HARD:
                yield Fault(where, f"{function.name} has {lines} lines, at most {HARD}")
            if (deep := depth(function)) > DEEPEST:
                yield Fault(where, f"{function.name} nests {deep} blocks, at most {DEEPEST}")
            if not is_test(path, root):
                lengths.append(lines)
    if (p90 := percentile(lengths, 0.9)) > P90:
        yield Fault("all functions", f"one in ten is longer than {p90} lines, at most {P90}")


GATE = Gate("function length", find, "Name the parts of a long function; leave early instead of nesting.")

if __name__ == "__main__":
    GATE.exit()
