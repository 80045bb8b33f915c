"""Shifts of the past from a file, with the moment of arrival where the old system kept one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from xiuhua.duty import rules
from xiuhua.duty.backfill import known as knowing
from xiuhua.duty.backfill.known import Known, active, check_can_bring_in, day, moment, reading
from xiuhua.duty.backfill.working import Job, Steps, work
from xiuhua.duty.models import Shift, ShiftKind, Stop
from xiuhua.kernel import clock, record, rows, sources
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells, Source
from xiuhua.leads.backfill import Outcome, Progress, Result, RowFault, Run, write_faults

COLUMNS = (
    "staff_no",
    "unit",  # code of the unit
    "day",  # 2018-05-16
    "shift",  # code or name of the kind of shift
    "beat",  # code or name; none where it is empty
    "attended_at",  # when the person was there, by the old system; empty: not known to have been there
)
NEEDED = ("staff_no", "unit", "day", "shift")
BATCH = 2000
AROUND = timedelta(days=2)

__all__ = ["COLUMNS", "NEEDED", "Outcome", "bring_in", "read", "write_faults"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A shift that may be written."""

    row: int
    name: str
    officer: int
    unit: int
    kind: ShiftKind
    beat: int | None
    span: rules.Span
    attended_at: datetime | None


@dataclass
class Claims:
    """Which hours of whom earlier rows of the file took."""

    limits: rules.Limits
    taken: dict[int, list[rules.Span]] = field(default_factory=lambda: defaultdict(list))

    def take(self, claim: Prepared) -> list[RowFault]:
        beside = self.taken[claim.officer]
        if why := rules.clash(claim.span, near(claim.span, beside), self.limits):
            return [RowFault(claim.row, claim.name, "day", why)]
        beside.append(claim.span)
        return []

    def meet(self, claim: Prepared) -> list[RowFault]:
        return self.take(claim)


def near(span: rules.Span, beside: Sequence[rules.Span]) -> list[rules.Span]:
    """Those of the spans that lie near enough to matter: a year of one person is long."""
    return [s for s in beside if abs(s.start - span.start) <= AROUND]


def read(path: Path | str) -> Source:
    """See `sources.read`."""
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
    """Check every row, and with `write` keep them, as `leads.backfill.bring_in` does. Raises Refused."""
    check_can_bring_in(by)
    job = Job(knowing.load(), source.sha256, by, at)
    run = Run(
        source,
        partial(work, Steps(checked_row, _sort, _write), job),
        partial(Claims, job.known.limits),
        BATCH,
        workers,
        progress,
    )
    return run.bring_in(write=write, skip_faulty=skip_faulty)


def checked_row(number: int, cells: Cells, known: Known, at: datetime) -> Prepared | list[RowFault]:
    """A row as it may be written at `at`, or what is wrong with it."""
    if cells is None:
        return [RowFault(number, "", "", "单元格数与表头不符")]
    staff_no, unit_code, day_cell, kind_code, beat_code, attended = (cell.strip() for cell in cells)
    wrong: dict[str, str] = {}
    officer, unit, kind = known.officers.get(staff_no), known.units.get(unit_code), known.kinds.get(kind_code)
    if officer is None:
        wrong["staff_no"] = "没有这个工号"
    if unit is None:
        wrong["unit"] = "没有这个单位代码"
    if kind is None:
        wrong["shift"] = "没有这种班次"
    beat = known.beats.get((unit or 0, beat_code)) if beat_code else None
    if beat_code and beat is None and unit is not None:
        wrong["beat"] = "本单位没有这个巡区"
    on = reading(wrong, "day", day, day_cell)
    arrived = reading(wrong, "attended_at", moment, attended) if attended else None
    span = span_of(on, kind) if on is not None and kind is not None else None
    if not wrong and officer and unit and kind and span:
        one = Prepared(number, staff_no, officer, unit, kind, beat, span, arrived)
        wrong = _hours_faults(one, known, at)
        if not wrong:
            return one
    return [RowFault(number, staff_no, name, reason) for name, reason in wrong.items()]


@lru_cache(maxsize=10_000)
def _span(on: Any, starts: Any, ends: Any) -> rules.Span:
    return rules.span_of(on, starts, ends, clock.SHANGHAI)


def span_of(on: Any, kind: ShiftKind) -> rules.Span:
    return _span(on, kind.starts, kind.ends)


def _hours_faults(one: Prepared, known: Known, at: datetime) -> dict[str, str]:
    if not known.serves(one.officer, one.unit, clock.day_of(one.span.start)):
        return {"unit": "当日不在该单位任职"}
    if one.span.end > at:
        return {"day": "班次尚未结束，请在排班页导入"}
    if one.attended_at is not None and not rules.in_time(one.attended_at, one.span, known.limits):
        return {"attended_at": "到岗时间不在班次时间内"}
    return {}


def _sort(checked: Sequence[Prepared | list[RowFault]], result: Result[Prepared], job: Job) -> None:
    """Into faulty, in already, and good ones: beside what stands and beside each other."""
    sound = [one for one in checked if isinstance(one, Prepared)]
    there, taken = _there(sound)
    for one in checked:
        if not isinstance(one, Prepared):
            result.faults += one
        elif there.get((one.officer, one.span.start)) == (one.unit, one.kind.pk):
            result.again.append(one)
        elif why := rules.clash(one.span, near(one.span, taken[one.officer]), job.known.limits):
            result.faults.append(RowFault(one.row, one.name, "day", why))
        else:
            taken[one.officer].append(one.span)
            result.good.append(one)


def _there(
    sound: Sequence[Prepared],
) -> tuple[dict[tuple[int, datetime], tuple[int, int]], dict[int, list[rules.Span]]]:
    there: dict[tuple[int, datetime], tuple[int, int]] = {}
    taken: dict[int, list[rules.Span]] = defaultdict(list)
    if sound:
        days = [clock.day_of(one.span.start) for one in sound]
        stand = Shift.objects.filter(cancelled=False, day__range=(min(days) - AROUND, max(days) + AROUND))
        stand = stand.filter(officer__in={one.officer for one in sound})
        for officer, start, end, unit, kind in stand.values_list(
            "officer", "starts_at", "ends_at", "unit", "kind"
        ):
            there[officer, start] = (unit, kind)
            taken[officer].append(rules.Span(start, end))
    return there, taken


_SHIFT = (
    "id", "officer", "unit", "kind", "beat", "day", "starts_at", "ends_at", "attended_at", "excused", "cancelled",
)  # fmt: skip
_STOP = ("shift", "point", "due_at", "reached_at")
_kept = lru_cache(maxsize=50_000)(rows.kept)


def _write(good: Sequence[Prepared], job: Job) -> None:
    """One act for the batch: shifts, the stops of their beats, an entry for each shift."""
    with record.act("duty.bring_in", by=job.by, at=job.at) as act:
        keys = rows.reserve(Shift, len(good))
        pairs = list(zip(keys, good, strict=True))
        rows.insert(Shift, _SHIFT, (_shift(key, one) for key, one in pairs), moments_kept=True)
        stops = (stop for key, one in pairs for stop in _stops(key, one, job.known))
        rows.insert(Stop, _STOP, stops, moments_kept=True)
        act.bulk([_line(act, key, one, job.sha256) for key, one in pairs])


def _shift(key: int, one: Prepared) -> tuple[object, ...]:
    span, arrived = one.span, one.attended_at
    of = (key, one.officer, one.unit, one.kind.pk, one.beat, clock.day_of(span.start).isoformat())
    return (*of, _kept(span.start), _kept(span.end), rows.kept(arrived) if arrived else None, False, False)


def _stops(key: int, one: Prepared, known: Known) -> list[tuple[object, ...]]:
    on = clock.day_of(one.span.start)
    there = [p for p in known.on_beat.get(one.beat or 0, ()) if active(p, on)]
    times = rules.due_times(one.span, len(there))
    return [(key, p.pk, _kept(due), None) for p, due in zip(there, times, strict=True)]


def _line(act: record.Act, key: int, one: Prepared, sha256: str) -> record.Line:
    on = clock.day_of(one.span.start)
    facts = {"officer": one.officer, "day": on, "kind": one.kind.code, "attended_at": one.attended_at}
    facts |= {"file": sha256, "row": one.row}
    return act.line(subject=f"duty.shift:{key}", label=f"{on} {one.kind}", facts=facts)
