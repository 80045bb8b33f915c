"""A file of leads from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from xiuhua.kernel.authz import Actor
from xiuhua.leads.backfill import known as knowing
from xiuhua.leads.backfill import writing
from xiuhua.leads.backfill.checking import Checked, Faulty, Prepared, check_all
from xiuhua.leads.backfill.faults import RowFault
from xiuhua.leads.backfill.files import Source
from xiuhua.leads.models import Lead
from xiuhua.leads.permissions import check_can_bring_in

# Leads in one act: at most this much is lost when a run is killed, and nobody waits long for the database.
BATCH = 2000
# How many numbers one query asks about.
ASKED = 500

Progress = Callable[[int, int], None]


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


def bring_in(
    source: Source,
    *,
    by: Actor,
    at: datetime,
    write: bool = False,
    skip_faulty: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Check every row; with `write`, write them too.

    Unless `skip_faulty`, the whole file is checked first and nothing is written if one row has a fault. With it, good
    rows are written as they are checked. `progress(done, total)` is called after each batch; `total` is 0 where it is
    not known. Raises Refused for somebody who may not bring history in.
    """
    check_can_bring_in(by)
    run = _Run(source, by, at, progress or _silent)
    if not write or not skip_faulty:
        outcome = run.through(write=False)
        if not write or outcome.faults:
            return outcome
    return run.through(write=True)


def _silent(done: int, total: int) -> None:
    pass


class _Run:
    def __init__(self, source: Source, by: Actor, at: datetime, progress: Progress) -> None:
        self.source, self.by, self.at, self.progress = source, by, at, progress
        self.known = knowing.load()

    def through(self, *, write: bool) -> Outcome:
        """Once through the file, writing what is good or only looking at it."""
        outcome = Outcome()
        seen: set[tuple[str, str]] = set()
        rows = enumerate(self.source.rows(), 1)
        while stretch := list(islice(rows, BATCH)):
            outcome.rows += len(stretch)
            checked = check_all(stretch, self.known, self.at)
            batch = list(_new(checked, seen, outcome))
            outcome.good += len(batch)
            if write and batch:
                writing.write(batch, self.source.sha256, by=self.by, at=self.at)
                outcome.written += len(batch)
            self.progress(outcome.rows, self.source.total)
        return outcome


def _new(checked: Sequence[Checked], seen: set[tuple[str, str]], outcome: Outcome) -> Iterator[Prepared]:
    """Those that are to be written: not faulty, not in already, not twice in the file."""
    sound = [c for c in checked if isinstance(c, Prepared)]
    there = _there([c.source_ref for c in sound])
    used = _used([c.number for c in sound if c.number and (c.source, c.source_ref) not in there])
    for one in checked:
        if isinstance(one, Faulty):
            outcome.faults.extend(one.faults)
            continue
        key = (one.source, one.source_ref)
        if key in seen:
            outcome.faults.append(RowFault(one.row, one.source_ref, "source_ref", "文件中重复"))
        elif there.get(key):
            outcome.passed_over += 1
        elif key in there:
            outcome.faults.append(RowFault(one.row, one.source_ref, "source_ref", "该来源编号已登记过"))
        elif one.number in used or ("", one.number) in seen:
            outcome.faults.append(RowFault(one.row, one.source_ref, "number", "该编号已被使用"))
        else:
            seen |= {key, ("", one.number)} if one.number else {key}
            yield one


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
