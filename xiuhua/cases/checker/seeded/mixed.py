"""Random files with none to five random defects, of which it is known what must fire. Pure.

Defects are put together where they do not speak of the same facts: none changes a field that a rule which must fire for
another reads. What must fire is then what must fire for each. Whatever fires besides is counted against the check.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.seeded.apart import Reads, are_apart, fits, whole
from xiuhua.cases.checker.seeded.defects import Defect, defects
from xiuhua.cases.checker.seeded.samples import Patch, lawful, patched

MOST = 5


@dataclass(frozen=True, slots=True)
class Mixed:
    """A file, the defects in it, and the rules that must fire."""

    base: str
    defects: tuple[str, ...]
    file: Mapping[str, Any]
    expected: frozenset[str]


def mixed(count: int, seed: int, checker: Checker) -> Iterator[Mixed]:
    """`count` files; the same seed gives the same files."""
    rng = random.Random(seed)  # noqa: S311 - the same files in each run
    reads = {rule: whole(fields) for rule, fields in checker.reads.items()}
    fit = {base: [d for d in defects() if fits(d, base, reads)] for base in lawful()}
    for _ in range(count):
        base = rng.choice(sorted(lawful()))
        yield _mixed(base, _chosen(rng, fit[base], rng.randint(0, MOST), reads))


def _mixed(base: str, chosen: list[Defect]) -> Mixed:
    changes: list[Patch] = sorted(
        (c for d in chosen for c in d.changes), key=lambda change: change[1] is None
    )
    expected = frozenset(rule for d in chosen for rule in d.expected)
    return Mixed(base, tuple(d.rule for d in chosen), patched(lawful()[base], changes), expected)


def _chosen(rng: random.Random, fit: list[Defect], wanted: int, reads: Reads) -> list[Defect]:
    chosen: list[Defect] = []
    for defect in rng.sample(fit, len(fit)):
        if len(chosen) == wanted:
            break
        if all(are_apart(defect, other, reads) for other in chosen):
            chosen.append(defect)
    return chosen
