"""Defects as data: for each rule a lawful file and what breaks it (`defects.txt`). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xiuhua.cases.checker.seeded.samples import FILES, Patch, lawful, patched, patches, touched


@dataclass(frozen=True, slots=True)
class Defect:
    """What breaks one rule in a lawful file. `also` must fire with it; `params` are set in the law for this file."""

    rule: str
    base: str
    changes: tuple[Patch, ...]
    also: frozenset[str]
    why: str
    params: Mapping[str, Any]

    @property
    def expected(self) -> frozenset[str]:
        return self.also | {self.rule}

    @property
    def touched(self) -> frozenset[str]:
        return touched(self.changes)

    def file(self) -> dict[str, Any]:
        return patched(lawful()[self.base], self.changes)


@lru_cache(maxsize=1)
def defects() -> tuple[Defect, ...]:
    """One for each rule, in the order of the rules."""
    lines = (FILES / "defects.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_defect(line) for line in lines if line and not line.startswith("#"))


def _defect(line: str) -> Defect:
    head, changes, *rest = line.split(" | ")
    rule, base = head.split()
    also, _, why = rest[0].partition(":") if rest else ("", "", "")
    parts = patches(changes.split(" ;; "))
    return Defect(
        rule=rule,
        base=base,
        changes=tuple((path, value) for path, value in parts if not path.startswith("@")),
        also=frozenset(name.strip() for name in also.split(",") if name.strip()),
        why=why.strip(),
        params={path[1:]: value for path, value in parts if path.startswith("@")},
    )
