"""A file of cases from the first row to the last: dry run or written, with its faults and its progress."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from xiuhua.cases.backfill import known as knowing
from xiuhua.cases.backfill import numbers, pool, writing
from xiuhua.cases.backfill.checking import Checked, Faulty, Prepared
from xiuhua.cases.backfill.files import Source
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.models import Case
from xiuhua.cases.permissions import check_can_bring_in
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.leads import queries as leads
from xiuhua.leads.backfill import RowFault
from xiuhua.registers import backfill as registers

# Cases in one act: some seconds of work are lost at most when a run is killed, and nobody waits long for the database.
BATCH = 400

# Bytes from which a file is checked by several processes.
LARGE = 4_000_000

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
    known. `workers` processes check beside this one (0: none; left out: as many as the file deserves). Raises Refused
    for somebody who may not bring history in.
    """
    check_can_bring_in(by)
    run = _Run(source, by, at, _deserved(source) if workers is None else workers, progress or _silent)
    if not write or not skip_faulty:
        outcome = run.through(write=False)
        if not write or outcome.faults:
            return outcome
    return run.through(write=True)


def _deserved(source: Source) -> int:
    """How many processes are worth their start."""
    return min(2, os.cpu_count() or 1) if source.path.stat().st_size > LARGE else 0


def _silent(done: int, total: int) -> None:
    pass


class _Run:
    def __init__(self, source: Source, by: Actor, at: datetime, workers: int, progress: Progress) -> None:
        self.source, self.by, self.at, self.workers, self.progress = source, by, at, workers, progress
        self.known: Known = knowing.load()

    def through(self, *, write: bool) -> Outcome:
        """Once through the file, writing what is good or only looking at it."""
        outcome, seen = Outcome(), _Seen()
        batch: list[Prepared] = []
        today = clock.day_of(self.at)
        for stretch in pool.checked(self.source.rows(), self.known, today, self.workers):
            outcome.rows += len(stretch)
            for one in _against_database(stretch, seen, outcome):
                if isinstance(one, Faulty):
                    outcome.faults.extend(one.faults)
                else:
                    outcome.good += 1
                    batch.append(one)
            if not write:
                batch.clear()
            elif len(batch) >= BATCH:
                self._write(batch, outcome)
                batch.clear()
            self.progress(outcome.rows, self.source.total)
        if batch:
            self._write(batch, outcome)
        return outcome

    def _write(self, batch: Sequence[Prepared], outcome: Outcome) -> None:
        found = _leads({p.lead for p in batch if p.lead})
        writing.write(batch, found, self.known, self.source.sha256, by=self.by, at=self.at)
        outcome.written += len(batch)


def _leads(wanted: AbstractSet[str]) -> dict[str, int]:
    """Ids of leads by their numbers."""
    if not wanted:
        return {}
    return dict(leads.leads(SYSTEM).filter(number__in=wanted).values_list("number", "pk"))


@dataclass
class _Seen:
    """What earlier rows of the same file brought: case numbers, document numbers, and the names behind numbers."""

    cases: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    parties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _There:
    """What the database holds of a stretch: cases (imported or not), numbers given out, parties, missing leads."""

    cases: Mapping[str, bool]
    numbers: AbstractSet[str]
    parties: Mapping[str, tuple[int, str]]
    lost: AbstractSet[str]


def _there(sound: Sequence[Prepared]) -> _There:
    numbers_of = [p.number for p in sound]
    cases = dict(Case.objects.filter(number__in=numbers_of).values_list("number", "imported"))
    wanted = {p.lead for p in sound if p.lead}
    return _There(
        cases,
        numbers.taken(n.number for p in sound if p.number not in cases for n in p.numbers),
        registers.known_by(p.party.number for p in sound),
        wanted - _leads(wanted).keys(),
    )


def _against_database(stretch: Sequence[Checked], seen: _Seen, outcome: Outcome) -> Iterator[Checked]:
    """Rows that are in already are passed over; the others must not clash with what is there or came before."""
    there = _there([one for one in stretch if isinstance(one, Prepared)])
    for one in stretch:
        if isinstance(one, Faulty):
            yield one
        elif there.cases.get(one.number) and one.number not in seen.cases:
            seen.cases.add(one.number)
            outcome.passed_over += 1
        else:
            faults = [RowFault(one.row, one.number, name, why) for name, why in _clashes(one, seen, there)]
            yield Faulty(one.row, one.number, tuple(faults)) if faults else one


def _clashes(one: Prepared, seen: _Seen, there: _There) -> list[tuple[str, str]]:
    """Why the case cannot stand beside the others, by field; if it can, it is remembered."""
    said: list[tuple[str, str]] = []
    if one.number in there.cases or one.number in seen.cases:
        said.append(("number", "案号已被使用"))
    else:
        used = [n.number for n in one.numbers if n.number in there.numbers or n.number in seen.numbers]
        said += [("history", f"文号 {number} 已用于其他案件") for number in used]
    key = one.party.number
    name = there.parties[key][1] if key in there.parties else seen.parties.get(key, one.party.name)
    if key and name != one.party.name:
        said.append(("party_name", "与该证件号码（信用代码）已登记的名称不一致"))
    if one.lead in there.lost:
        said.append(("lead", f"没有编号为“{one.lead}”的线索"))
    if not said:
        seen.cases.add(one.number)
        seen.numbers.update(n.number for n in one.numbers)
        seen.parties[key] = one.party.name
    return said
