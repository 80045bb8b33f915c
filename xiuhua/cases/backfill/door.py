"""A file of cases from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from xiuhua.cases.backfill import beside, writing
from xiuhua.cases.backfill import known as knowing
from xiuhua.cases.backfill.beside import Claim, Claims
from xiuhua.cases.backfill.checking import sequence
from xiuhua.cases.backfill.columns import COLUMNS, NEEDED, number_of
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.permissions import check_can_bring_in
from xiuhua.kernel import clock, sources, stretches
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells, Source
from xiuhua.kernel.stretches import Numbered, Turn
from xiuhua.leads.backfill import RowFault

# Cases in one act: some of them are lost at most when a run is killed, and nobody waits long for the database.
BATCH = 250

Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """What came of a file. `written` is 0 in a dry run; `passed_over` are cases that were in already."""

    rows: int = 0
    good: int = 0
    written: int = 0
    passed_over: int = 0
    faults: list[RowFault] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})


@dataclass(frozen=True)
class Job:
    """What all stretches of a run share: what is known, who brings in, when, from which file, and whether to write."""

    known: Known
    by: Actor
    at: datetime
    sha256: str
    write: bool


@dataclass
class Result(Outcome):
    """What came of a stretch. `claims` are those of the good rows of a dry run, which no other row may have."""

    claims: list[Claim] = field(default_factory=list)


def read(path: Path | str) -> Source:
    """Look at a file. Raises Invalid if it is not there, cannot be read, or its columns are not those of cases."""
    return sources.read(path, COLUMNS, NEEDED)


def bring_in(
    source: Source,
    *,
    by: Actor,
    at: datetime,
    write: bool = False,
    skip_faulty: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Check every row; with `write`, write them too.

    Unless `skip_faulty`, the whole file is checked first and nothing is written if one row has a fault. With it, good
    rows are written as they are checked. `progress(done, total)` is called now and then; `total` is 0 where it is not
    known. `workers` processes do the work (0: this one; left out: as many as the file deserves). Raises Refused for
    somebody who may not bring history in.
    """
    check_can_bring_in(by)
    known = knowing.load()
    many = stretches.workers_for(source.path) if workers is None else workers
    outcome = Outcome()
    for writes in [write] if skip_faulty or not write else [False, True]:
        outcome = _through(source, Job(known, by, at, source.sha256, writes), many, progress)
        if outcome.faults:
            break
    return outcome


def _through(source: Source, job: Job, workers: int, progress: Progress | None) -> Outcome:
    """Once through the file."""
    outcome, claims = Outcome(), Claims()
    for result in stretches.through(source.rows(), partial(_work, job), size=BATCH, workers=workers):
        _add(result, claims, outcome)
        if progress:
            progress(outcome.rows, source.total)
    return outcome


def _work(job: Job, stretch: Numbered[Cells], turn: Turn) -> Result:
    """Leave out what is in already, so that a killed run is soon where it was. Check the rest, which takes most
    of the time; then, in its turn, hold it against what is there and, if the job says so, write it in one act.
    """
    there = beside.brought_in(stretch)
    new = [(row, cells) for row, cells in stretch if number_of(cells) not in there]
    checked = sequence(new, job.known, clock.day_of(job.at))
    with turn, transaction.atomic():
        found = beside.sort(checked)
        if job.write and found.good:
            writing.write(found.good, job.known, job.sha256, by=job.by, at=job.at)
    return Result(
        rows=len(stretch),
        good=len(found.good),
        written=len(found.good) if job.write else 0,
        passed_over=len(stretch) - len(new) + found.passed_over,
        faults=found.faults,
        claims=[] if job.write else found.claims,
    )


def _add(result: Result, claims: Claims, outcome: Outcome) -> None:
    """Add a stretch up. In a dry run its rows are held against those of earlier stretches, which nobody wrote."""
    outcome.rows += result.rows
    outcome.good += result.good
    outcome.written += result.written
    outcome.passed_over += result.passed_over
    outcome.faults.extend(result.faults)
    for claim in result.claims:
        said = claims.against(claim)
        outcome.good -= bool(said)
        outcome.faults.extend(RowFault(claim.row, claim.case, name, reason) for name, reason in said)
