"""Files are short: none over 400 lines (tests 600), half of the modules within 80, nine of ten within 250.

The hard limit counts every line. Median and ninth of ten leave docstrings out, as `function_length` does: what a module
says for people is not code.
"""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, is_migration, is_test, is_vendored, percentile, place, tracked

MEDIAN, P90, HARD, HARD_TESTS = 80, 250, 400, 600
WRITTEN = ("*.py", "*.html", "*.css", "*.js", "*.mjs", "*.sql")


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def told(source: str) -> int:
    """Lines of a module that its docstrings take."""
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, DOCUMENTED)]
    strings = [n.body[0] for n in nodes if ast.get_docstring(n) is not None]
    return sum((s.end_lineno or s.lineno) - s.lineno + 1 for s in strings)


def _ours(root: Path) -> Iterator[Path]:
    for path in tracked(root, *WRITTEN):
        if not is_vendored(path) and not is_migration(path):
            yield path


def find(root: Path) -> Iterator[Fault]:
    lengths: list[int] = []
    for path in _ours(root):
        source = path.read_text()
        length = len(source.splitlines())
        hard = HARD_TESTS if is_test(path, root) else HARD
        if length > hard:
            yield Fault(place(path, root), f"{length} lines, at most {hard}")
        if path.suffix == ".py" and length and not is_test(path, root):
            lengths.append(length - told(source))
    if not lengths:
        return
    if (median := statistics.median(lengths)) > MEDIAN:
        yield Fault("all modules", f"the median is {median:.0f} lines, at most {MEDIAN}")
    if (p90 := percentile(lengths, 0.9)) > P90:
        yield Fault("all modules", f"one in ten is longer than {p90} lines, at most {P90}")


GATE = Gate(
    "file length",
    find,
    "Split by meaning: a module that outgrows its budget becomes a package of the same name.",
)

if __name__ == "__main__":
    GATE.exit()
