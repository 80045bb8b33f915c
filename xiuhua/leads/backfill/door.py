"""A file of leads from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from xiuhua.kernel import rows, sources
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

# Leads in one act: at most this much is lost when a run is killed, and nobody waits a second for the database.
BATCH = 5000


class Claim(NamedTuple):
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
    checked = check_all(stretch, job.known, job.at, job.sha256)
    result: Result[Claim] = Result(len(stretch))
    with turn, transaction.atomic():
        batch = _new(checked, result)
        if write and batch:
            writing.write(batch, by=job.by, at=job.at)
    return result


def _new(checked: Sequence[Checked], result: Result[Claim]) -> list[Prepared]:
    """Those that are to be written: not faulty, not in already, not twice in the stretch."""
    sound = [c for c in checked if isinstance(c, Prepared)]
    there = _there(sound)
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
    if not numbers:
        return set()
    return set(Lead.objects.filter(number__in=rows.listed(numbers)).values_list("number", flat=True))


def _there(sound: Sequence[Prepared]) -> dict[tuple[str, str], bool]:
    """(source, number) → whether it was imported, of the leads that are there."""
    refs: dict[str, list[str]] = defaultdict(list)
    for one in sound:
        refs[one.source].append(one.source_ref)
    found: dict[tuple[str, str], bool] = {}
    for source, named in refs.items():
        # In the words of the index `source_ref_once`, without which every stretch would read through all leads.
        held = Lead.objects.filter(source=source, source_ref__in=rows.listed(named)).exclude(source_ref="")
        found |= {(source, ref): was for ref, was in held.values_list("source_ref", "imported")}
    return found
