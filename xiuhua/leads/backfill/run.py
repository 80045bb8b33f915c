"""One run of a bulk door over its file: every row looked at, with faults and progress. All such doors share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, Protocol, TypeVar

from xiuhua.kernel import rows, stretches
from xiuhua.kernel.sources import Cells, Source
from xiuhua.kernel.stretches import Numbered, Turn
from xiuhua.leads.backfill.faults import RowFault

Claim = TypeVar("Claim")
Claim_contra = TypeVar("Claim_contra", contravariant=True)
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """What came of a file. `written` is 0 in a dry run; `passed_over` are rows that were in already."""

    rows: int = 0
    good: int = 0
    written: int = 0
    passed_over: int = 0
    faults: list[RowFault] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})


@dataclass
class Result(Generic[Claim]):
    """What came of a stretch: what its good rows take for themselves, what those that are in already hold."""

    rows: int
    good: list[Claim] = field(default_factory=list)
    again: list[Claim] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


class Claims(Protocol[Claim_contra]):
    """What earlier rows of the same file took."""

    def take(self, claim: Claim_contra) -> list[RowFault]:
        """What is wrong with a good row beside earlier ones; if nothing is, it is remembered."""

    def meet(self, claim: Claim_contra) -> list[RowFault]:
        """The same of a row that is in already: perhaps an earlier row of this very file is."""


# Checks a stretch and, if told to, writes it: `work(write, stretch, turn)`, see `stretches.through`.
Work = Callable[[bool, Numbered[Cells], Turn], Result[Claim]]


@dataclass(frozen=True)
class Run(Generic[Claim]):
    """A file on its way in. `size` rows are a stretch, which is written in one act; `workers` as in `stretches`."""

    source: Source
    work: Work[Claim]
    claims: Callable[[], Claims[Claim]]
    size: int
    workers: int | None = None
    progress: Progress | None = None

    def bring_in(self, *, write: bool, skip_faulty: bool) -> Outcome:
        """Every row is checked; with `write` and unless `skip_faulty`, all of them before the first one is written."""
        outcome = Outcome()
        for writes in [write] if skip_faulty or not write else [False, True]:
            outcome = self._through(writes)
            if outcome.faults:
                break
        if outcome.written:
            rows.tidied()
        return outcome

    def _through(self, write: bool) -> Outcome:
        outcome, claims = Outcome(), self.claims()
        many = stretches.workers_for(self.source.path) if self.workers is None else self.workers
        work = partial(self.work, write)
        for result in stretches.through(self.source.stretches(self.size), work, workers=many):
            outcome.rows += result.rows
            outcome.written += len(result.good) if write else 0
            outcome.faults.extend(result.faults)
            for claim in result.good:
                found = claims.take(claim)
                outcome.good += not found
                outcome.faults.extend(found)
            for claim in result.again:
                found = claims.meet(claim)
                outcome.passed_over += not found
                outcome.faults.extend(found)
            if self.progress:
                self.progress(outcome.rows, self.source.total)
        return outcome
