"""A file of cases from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

from dataclasses import dataclass
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
from xiuhua.kernel import clock, sources
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells, Source
from xiuhua.kernel.stretches import Numbered, Turn
from xiuhua.leads.backfill import Outcome, Progress, Result, Run

# Cases in one act: some of them are lost at most when a run is killed, and nobody waits long for the database.
BATCH = 250


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
    job = _Job(knowing.load(), source.sha256, by, at)
    run = Run(source, partial(_work, job), Claims, BATCH, workers, progress)
    return run.bring_in(write=write, skip_faulty=skip_faulty)


@dataclass(frozen=True)
class _Job:
    """What all stretches of a run share: what is known, from which file, who brings it in, and when."""

    known: Known
    sha256: str
    by: Actor
    at: datetime


def _work(job: _Job, write: bool, stretch: Numbered[Cells], turn: Turn) -> Result[Claim]:
    """Leave out what is in already, so that a killed run is soon where it was. Check the rest, which takes most
    of the time; then, in its turn, hold it against what is there and, if told to, write it in one act.
    """
    there = beside.brought_in(stretch)
    result: Result[Claim] = Result(len(stretch))
    result.again = [Claim(row, number_of(cells)) for row, cells in stretch if number_of(cells) in there]
    new = [(row, cells) for row, cells in stretch if number_of(cells) not in there]
    checked = sequence(new, job.known, clock.day_of(job.at))
    with turn, transaction.atomic():
        good = beside.sort(checked, result)
        if write and good:
            writing.write(good, job.known, job.sha256, by=job.by, at=job.at)
    return result
