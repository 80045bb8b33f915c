"""How well the check finds what is wrong: recall and precision over files whose defects are known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.law import Law
from xiuhua.cases.checker.seeded.defects import Defect, defects
from xiuhua.cases.checker.seeded.mixed import Mixed
from xiuhua.cases.checker.snapshot import read

FILES, SEED = 500, 2018
LEAST = 0.99


@dataclass(frozen=True, slots=True)
class Score:
    """Findings that had to come and came (`hits`), that came and had not to (`extra`), that did not come (`missed`)."""

    files: int
    hits: int
    extra: tuple[tuple[str, tuple[str, ...]], ...]
    missed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + len(self.missed))

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + len(self.extra))


def score(checker: Checker, files: Iterable[Mixed]) -> Score:
    """Each wrong finding stands with the defects of its file."""
    count, hits = 0, 0
    extra: list[tuple[str, tuple[str, ...]]] = []
    missed: list[tuple[str, tuple[str, ...]]] = []
    for one in files:
        found = checker.ids(read(one.file).file)
        count += 1
        hits += len(found & one.expected)
        extra += [(rule, one.defects) for rule in sorted(found - one.expected)]
        missed += [(rule, one.defects) for rule in sorted(one.expected - found)]
    return Score(count, hits, tuple(extra), tuple(missed))


def checker_for(defect: Defect, checker: Checker, law: Law) -> Checker:
    """The checker for the file of a defect: with the parameters that it sets, if it sets any."""
    if not defect.params:
        return checker
    params = replace(law, params_on=lambda day: {**law.params_on(day), **defect.params})
    return Checker(checker.rules, params)


def inexact(checker: Checker, law: Law) -> Iterator[Defect]:
    """Defects whose file does not fire exactly what it must."""
    for defect in defects():
        if checker_for(defect, checker, law).ids(read(defect.file()).file) != defect.expected:
            yield defect
