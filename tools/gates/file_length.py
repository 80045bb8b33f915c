"""Files are short: median ≤ 80 lines, nine of ten ≤ 250, none over 400 (tests 600)."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, is_migration, is_test, is_vendored, percentile, place, tracked

MEDIAN, P90, HARD, HARD_TESTS = 80, 250, 400, 600
WRITTEN = ("*.py", "*.html", "*.css", "*.js", "*.mjs", "*.sql")


def _ours(root: Path) -> Iterator[Path]:
    for path in tracked(root, *WRITTEN):
        if not is_vendored(path) and not is_migration(path):
            yield path


def find(root: Path) -> Iterator[Fault]:
    lengths: list[int] = []
    for path in _ours(root):
        length = len(path.read_text().splitlines())
        hard = HARD_TESTS if is_test(path, root) else HARD
        if length > hard:
            yield Fault(place(path, root), f"{length} lines, at most {hard}")
        if path.suffix == ".py" and length and not is_test(path, root):
            lengths.append(length)
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
