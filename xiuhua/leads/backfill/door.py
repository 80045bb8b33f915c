"""A file of leads from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from xiuhua.kernel import sources, stretches
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells, Source
from xiuhua.kernel.stretches import Numbered, Turn
from xiuhua.leads.backfill import known as knowing
from xiuhua.leads.backfill import writing
from xiuhua.leads.backfill.checking import Checked, Faulty, Prepared, check_all
from xiuhua.leads.backfill.columns import COLUMNS, NEEDED
from xiuhua.leads.backfill.faults import RowFault
from xiuhua.leads.backfill.known import Known
from xiuhua.leads.models import Lead
from xiuhua.leads.permissions import check_can_bring_in

# Leads in one act: at most this much is lost when a run is killed, and nobody waits long for the database.
BATCH = 2000
# How many numbers one query asks about.
ASKED = 10_000

Progress = Callable[[int, int], None]
# What a good row takes for itself: its number in the file, its source and what that calls it, its own number.
Claim = tuple[int, str, str, str]


@dataclass
class Outcome:
    """What came of a file. `written` is 0 in a dry run; `passed_over` are leads that were in already."""

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
    """What came of a stretch. `claims` are those of its good rows, which no other row may have."""

    claims: list[Claim] = field(default_factory=list)


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
    outcome, seen = Outcome(), set[tuple[str, str]]()
    for result in stretches.through(source.rows(), partial(_work, job), size=BATCH, workers=workers):
        _add(result, seen, outcome)
        if progress:
            progress(outcome.rows, source.total)
    return outcome


def _work(job: Job, stretch: Numbered[Cells], turn: Turn) -> Result:
    """Check a stretch; then, in its turn, hold it against what is there and, if the job says so, write it."""
    checked = check_all(stretch, job.known, job.at)
    result = Result(rows=len(stretch))
    with turn, transaction.atomic():
        batch = _new(checked, result)
        if job.write and batch:
            writing.write(batch, job.sha256, by=job.by, at=job.at)
            result.written = len(batch)
    result.good = len(batch)
    if not job.write:
        result.claims = [(p.row, p.source, p.source_ref, p.number) for p in batch]
    return result


def _new(checked: Sequence[Checked], result: Result) -> list[Prepared]:
    """Those that are to be written: not faulty, not in already, not twice in the stretch."""
    sound = [c for c in checked if isinstance(c, Prepared)]
    there = _there([c.source_ref for c in sound])
    used = _used([c.number for c in sound if c.number and (c.source, c.source_ref) not in there])
    seen: set[tuple[str, str]] = set()
    new = []
    for one in checked:
        if isinstance(one, Faulty):
            result.faults.extend(one.faults)
            continue
        key = (one.source, one.source_ref)
        if there.get(key) and key not in seen:
            result.passed_over += 1
            seen.add(key)
        elif key in there and key not in seen:
            result.faults.append(RowFault(one.row, one.source_ref, "source_ref", "该来源编号已登记过"))
        elif one.number in used:
            result.faults.append(RowFault(one.row, one.source_ref, "number", "该编号已被使用"))
        elif fault := _twice((one.row, *key, one.number), seen):
            result.faults.append(fault)
        else:
            new.append(one)
    return new


def _twice(claim: Claim, seen: set[tuple[str, str]]) -> RowFault | None:
    """What is wrong with a row beside earlier ones of the file; if nothing is, it is remembered."""
    row, source, ref, number = claim
    if (source, ref) in seen:
        return RowFault(row, ref, "source_ref", "文件中重复")
    if ("", number) in seen:
        return RowFault(row, ref, "number", "该编号已被使用")
    seen |= {(source, ref), ("", number)} if number else {(source, ref)}
    return None


def _add(result: Result, seen: set[tuple[str, str]], outcome: Outcome) -> None:
    """Add a stretch up. In a dry run its rows are held against those of earlier stretches, which nobody wrote."""
    outcome.rows += result.rows
    outcome.good += result.good
    outcome.written += result.written
    outcome.passed_over += result.passed_over
    outcome.faults.extend(result.faults)
    for claim in result.claims:
        if fault := _twice(claim, seen):
            outcome.good -= 1
            outcome.faults.append(fault)


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
