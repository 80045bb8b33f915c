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
from xiuhua.cases.checker.seeded.behind import BEHIND
from xiuhua.cases.checker.seeded.defects import Defect, defects
from xiuhua.cases.checker.seeded.samples import Patch, blocks, lawful, patched, touched

MOST = 5
Reads = Mapping[str, frozenset[str]]
# Without a key date of its own a rule looks at these.
_KEY = frozenset({"decision.decided_on", "case.lead_received_on"})


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
    reads = {rule: _all(fields) for rule, fields in checker.reads.items()}
    fit = {base: [d for d in defects() if _fits(d, base, reads)] for base in lawful()}
    for _ in range(count):
        base = rng.choice(sorted(lawful()))
        yield _mixed(base, _chosen(rng, fit[base], rng.randint(0, MOST), reads))


def _mixed(base: str, chosen: list[Defect]) -> Mixed:
    changes: list[Patch] = sorted(
        (c for d in chosen for c in d.changes), key=lambda change: change[1] is None
    )
    expected = frozenset(rule for d in chosen for rule in d.expected)
    return Mixed(base, tuple(d.rule for d in chosen), patched(lawful()[base], changes), expected)


def _all(fields: frozenset[str]) -> frozenset[str]:
    return fields.union(_KEY, *(BEHIND.get(name, frozenset()) for name in fields))


def _chosen(rng: random.Random, fit: list[Defect], wanted: int, reads: Reads) -> list[Defect]:
    chosen: list[Defect] = []
    for defect in rng.sample(fit, len(fit)):
        if len(chosen) == wanted:
            break
        if all(_apart(defect, other, reads) for other in chosen):
            chosen.append(defect)
    return chosen


def _fits(defect: Defect, base: str, reads: Reads) -> bool:
    """Whether the defect is one of `base`, or of the file below it while the block speaks of other facts."""
    if defect.params:
        return False
    if defect.base == base:
        return True
    block = blocks().get(base)
    if block is None or block[0] != defect.base:
        return False
    changed = touched(block[1])
    return not _meets(changed, defect.touched) and not _meets(changed, _read_by(defect, reads))


def _read_by(defect: Defect, reads: Reads) -> frozenset[str]:
    return frozenset().union(*(reads[rule] for rule in defect.expected))


def _apart(one: Defect, other: Defect, reads: Reads) -> bool:
    return not (
        _meets(one.touched, other.touched)
        or _meets(one.touched, _read_by(other, reads))
        or _meets(other.touched, _read_by(one, reads))
    )


def _meets(changed: frozenset[str], read: frozenset[str]) -> bool:
    """Whether a field that is changed, or one below it, is among those that are read."""
    return any(
        c == r or r.startswith(f"{c}.") or ("." in r and c.startswith(f"{r}.")) for c in changed for r in read
    )
