"""A file of leads from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from xiuhua.kernel import sources
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells, Source
from xiuhua.kernel.stretches import Numbered, Turn
from xiuhua.leads.backfill import known as knowing
from xiuhua.leads.backfill import writing
from xiuhua.leads.backfill.checking import Checked, Faulty, Prepared, check_all
from xiuhua.leads.backfill.columns import COLUMNS, NEEDED
from xiuhua.leads.backfill.faults import RowFault
from xiuhua.leads.backfill.known import Known
from xiuhua.leads.backfill.run import Outcome, Progress, Result, Run
from xiuhua.leads.models import Lead
from xiuhua.leads.permissions import check_can_bring_in

# Leads in one act: at most this much is lost when a run is killed, and nobody waits long for the database.
BATCH = 2000
# How many numbers one query asks about.
ASKED = 10_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row takes for itself: its source and what that calls it, and its own number if it brings one."""

    row: int
    source: str
    ref: str
    number: str


@dataclass
class Claims:
    """What earlier rows of the file took: (source, number there), and ("", number)."""

    seen: set[tuple[str, str]] = field(default_factory=set)

    def take(self, claim: Claim) -> list[RowFault]:
        if found := self.meet(claim):
            return found
        if claim.number:
            self.seen.add(("", claim.number))
        return []

    def meet(self, claim: Claim) -> list[RowFault]:
        if (claim.source, claim.ref) in self.seen:
            return [RowFault(claim.row, claim.ref, "source_ref", "文件中重复")]
        if ("", claim.number) in self.seen:
            return [RowFault(claim.row, claim.ref, "number", "该编号已被使用")]
        self.seen.add((claim.source, claim.ref))
        return []


def read(path: Path | str) -> Source:
    """Look at a file. Raises Invalid if it is not there, cannot be read, or its columns are not those of leads."""
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
    rows are written as they are checked. `progress(done, total)` is called after each batch; `total` is 0 where it is
    not known. `workers` processes do the work (0: this one; left out: as many as the file deserves). Raises Refused
    for somebody who may not bring history in.
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
    """Check a stretch; then, in its turn, hold it against what is there and, if told to, write it."""
    checked = check_all(stretch, job.known, job.at)
    result: Result[Claim] = Result(len(stretch))
    with turn, transaction.atomic():
        batch = _new(checked, result)
        if write and batch:
            writing.write(batch, job.sha256, by=job.by, at=job.at)
    return result


def _new(checked: Sequence[Checked], result: Result[Claim]) -> list[Prepared]:
    """Those that are to be written: not faulty, not in already, not twice in the stretch."""
    sound = [c for c in checked if isinstance(c, Prepared)]
    there = _there([c.source_ref for c in sound])
    used = _used([c.number for c in sound if c.number and (c.source, c.source_ref) not in there])
    new, claims = [], Claims()
    for one in checked:
        if isinstance(one, Faulty):
            result.faults.extend(one.faults)
            continue
        claim = Claim(one.row, one.source, one.source_ref, one.number)
        imported = there.get((one.source, one.source_ref))
        if imported:
            result.again.append(claim)
        elif imported is not None:
            result.faults.append(RowFault(one.row, one.source_ref, "source_ref", "该来源编号已登记过"))
        elif one.number in used:
            result.faults.append(RowFault(one.row, one.source_ref, "number", "该编号已被使用"))
        elif found := claims.take(claim):
            result.faults.extend(found)
        else:
            result.good.append(claim)
            new.append(one)
    return new


def _used(numbers: Sequence[str]) -> set[str]:
    """Those of `numbers` that leads have already."""
    found: set[str] = set()
    for start in range(0, len(numbers), ASKED):
        held = Lead.objects.filter(number__in=numbers[start : start + ASKED])
        found.update(held.values_list("number", flat=True))
    return found


def _there(refs: Sequence[str]) -> dict[tuple[str, str], bool]:
    """(source, number) → whether it was imported, of the leads that are there."""
    found: dict[tuple[str, str], bool] = {}
    for start in range(0, len(refs), ASKED):
        rows = Lead.objects.filter(source_ref__in=refs[start : start + ASKED])
        for source, ref, imported in rows.values_list("source", "source_ref", "imported"):
            found[source, ref] = imported
    return found
