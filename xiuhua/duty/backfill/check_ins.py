"""Check-ins of the past from a file, judged as they would have been when they came. The file is in order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from xiuhua.duty import rules
from xiuhua.duty.backfill import known as knowing
from xiuhua.duty.backfill.known import Known, active, check_can_bring_in, degrees, moment, reading
from xiuhua.duty.backfill.working import Job, Steps, work
from xiuhua.duty.models import CheckIn, Point, Shift, Stop
from xiuhua.kernel import clock, record, rows, sources
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells, Source
from xiuhua.leads.backfill import Outcome, Progress, Result, RowFault, Run, write_faults

COLUMNS = (
    "staff_no",
    "unit",  # code of the unit of the point
    "point",  # code of the point
    "at",  # the phone's moment, 2018-05-16T09:10; no row lies before the one above it
    "received_at",  # when it came; `at` where it is empty
    "lon",  # WGS-84, degrees
    "lat",
    "accuracy",  # metres
    "device",  # which phone
    "mock",  # yes where the phone said that the position is a mock
)
NEEDED = ("staff_no", "unit", "point", "at", "lon", "lat", "accuracy")
BATCH = 2000
# Whoever was anywhere in the country a day before may be here now: older fixes are no sign.
BACK = timedelta(days=1)
ORDER = "文件应按签到时间先后排列"
MOCK = {"": False, "no": False, "yes": True}

__all__ = ["COLUMNS", "NEEDED", "Outcome", "bring_in", "read", "write_faults"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A check-in that may be judged and written."""

    row: int
    name: str
    officer: int
    point: Point
    fix: rules.Fix
    received_at: datetime


@dataclass
class Claims:
    """Which moments of whom earlier rows of the file took, and the last moment of all."""

    last: datetime | None = None
    taken: set[tuple[int, datetime]] = field(default_factory=set)

    def take(self, claim: Prepared) -> list[RowFault]:
        if self.last is not None and claim.fix.at < self.last:
            return [RowFault(claim.row, claim.name, "at", ORDER)]
        self.last = claim.fix.at
        if (claim.officer, claim.fix.at) in self.taken:
            return [RowFault(claim.row, claim.name, "at", "文件中重复")]
        self.taken.add((claim.officer, claim.fix.at))
        return []

    def meet(self, claim: Prepared) -> list[RowFault]:
        return self.take(claim)


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
    run = Run(source, partial(work, Steps(checked_row, _sort, _write), job), Claims, BATCH, workers, progress)
    if write and skip_faulty:
        # What stands at the wrong place cannot be judged, nor can what stands beside it: nothing is skipped then.
        looked = run.bring_in(write=False, skip_faulty=True)
        if any(fault.reason == ORDER for fault in looked.faults):
            return looked
    return run.bring_in(write=write, skip_faulty=skip_faulty)


def checked_row(number: int, cells: Cells, known: Known, at: datetime) -> Prepared | list[RowFault]:
    """A row as it may be judged, or what is wrong with it."""
    if cells is None:
        return [RowFault(number, "", "", "单元格数与表头不符")]
    said = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    wrong: dict[str, str] = {}
    officer = known.officers.get(said["staff_no"])
    point = known.points.get((known.units.get(said["unit"], 0), said["point"]))
    if officer is None:
        wrong["staff_no"] = "没有这个工号"
    if point is None:
        wrong["point"] = "该单位没有这个签到点"
    if said["mock"] not in MOCK:
        wrong["mock"] = "应为yes、no或空"
    when = reading(wrong, "at", moment, said["at"])
    received = reading(wrong, "received_at", moment, said["received_at"]) if said["received_at"] else when
    lon, lat, accuracy = (reading(wrong, name, degrees, said[name]) for name in ("lon", "lat", "accuracy"))
    if not wrong and when and received and lon is not None and lat is not None and accuracy is not None:
        fix = rules.Fix(when, lon, lat, accuracy, said["device"], MOCK[said["mock"]])
        if officer is not None and point is not None:
            wrong = _faults(fix, received, point, at)
            if not wrong:
                return Prepared(number, said["staff_no"], officer, point, fix, received)
    return [RowFault(number, said["staff_no"], name, reason) for name, reason in wrong.items()]


def _faults(fix: rules.Fix, received: datetime, point: Point, at: datetime) -> dict[str, str]:
    found = rules.fix_faults(fix)
    if max(fix.at, received) > at:
        found["at"] = "时间不能晚于现在"
    if not active(point, clock.day_of(fix.at)):
        found["point"] = "签到点当日未启用"
    return found


def _sort(checked: Sequence[Prepared | list[RowFault]], result: Result[Prepared], job: Job) -> None:
    sound = [one for one in checked if isinstance(one, Prepared)]
    there: set[tuple[int, datetime]] = set()
    if sound:
        span = (min(one.fix.at for one in sound), max(one.fix.at for one in sound))
        # Everybody's, not a long list of people: the file is in order, so the span is short.
        held = CheckIn.objects.filter(at__range=span)
        there = set(held.values_list("officer", "at"))
    claims = Claims()
    for one in checked:
        if not isinstance(one, Prepared):
            result.faults += one
        elif (one.officer, one.fix.at) in there:
            result.again.append(one)
        elif found := claims.take(one):
            result.faults += found
        else:
            result.good.append(one)


@dataclass(frozen=True, slots=True)
class Judged:
    """A check-in with its key, what it is worth, and the shift it belongs to."""

    key: int
    one: Prepared
    judged: rules.Judged
    shift: int | None
    unit: int

    @property
    def counted(self) -> bool:
        return rules.counts(self.judged.verdict, "")


@dataclass
class _Before:
    """What was known before the batch, and goes on as it is judged: last fixes, and who spoke with which phone."""

    last: dict[int, rules.Fix] = field(default_factory=dict)
    phones: dict[str, dict[int, datetime]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, officer: int, fix: rules.Fix) -> rules.Before:
        """What was known before this fix, which is known from now on."""
        spoke = self.phones[fix.device] if fix.device else {}
        others = [at for who, at in spoke.items() if who != officer]
        before = rules.Before(self.last.get(officer), max(others, default=None))
        self.last[officer] = fix
        if fix.device:
            spoke[officer] = fix.at
        return before


def _before(good: Sequence[Prepared], limits: rules.Limits) -> _Before:
    first = good[0].fix.at
    found = _Before()
    back = max(BACK, timedelta(hours=limits.device_hours))
    held = CheckIn.objects.filter(at__range=(first - back, first)).order_by("at", "pk")
    for who, at, lon, lat, accuracy, device, mock in held.values_list(
        "officer", "at", "lon", "lat", "accuracy", "device", "mock"
    ):
        found.take(who, rules.Fix(at, lon, lat, accuracy, device, mock))
    return found


Duties = Mapping[int, Sequence[tuple[int, int, rules.Span]]]


def _duties(good: Sequence[Prepared]) -> Duties:
    """Officer → key, unit and hours of the shifts around, in their order."""
    days = [clock.day_of(one.fix.at) for one in good]
    stand = Shift.objects.filter(cancelled=False, day__range=(min(days) - BACK, max(days) + BACK))
    stand = stand.order_by("starts_at")
    found: dict[int, list[tuple[int, int, rules.Span]]] = defaultdict(list)
    for key, officer, unit, start, end in stand.values_list("pk", "officer", "unit", "starts_at", "ends_at"):
        found[officer].append((key, unit, rules.Span(start, end)))
    return found


def _judged(good: Sequence[Prepared], limits: rules.Limits) -> Iterator[Judged]:
    before, duties = _before(good, limits), _duties(good)
    for key, one in zip(rows.reserve(CheckIn, len(good)), good, strict=True):
        place = rules.Place(one.point.lon, one.point.lat, one.point.radius)
        judged = rules.judge(one.fix, place, one.received_at, before.take(one.officer, one.fix), limits)
        there = (d for d in duties.get(one.officer, ()) if rules.in_time(one.fix.at, d[2], limits))
        shift, unit, _span = next(there, (None, one.point.unit_id, None))
        yield Judged(key, one, judged, shift, unit)


_CHECK_IN = (
    "id", "officer", "unit", "point", "shift", "at", "received_at", "lon", "lat", "accuracy", "distance", "device",
    "mock", "verdict", "signs", "review", "review_note", "reviewed_at", "counted",
)  # fmt: skip


def _write(good: Sequence[Prepared], job: Job) -> None:
    """One act for the batch: check-ins, what they prove of shifts and stops, an entry for each."""
    with record.act("duty.bring_in", by=job.by, at=job.at) as act:
        judged = list(_judged(good, job.known.limits))
        rows.insert(CheckIn, _CHECK_IN, map(_values, judged), moments_kept=True)
        _arrived([j for j in judged if j.counted and j.shift is not None])
        act.bulk([_line(act, j, job.sha256) for j in judged])


def _values(j: Judged) -> tuple[object, ...]:
    one, fix = j.one, j.one.fix
    of = (j.key, one.officer, j.unit, one.point.pk, j.shift, rows.kept(fix.at), rows.kept(one.received_at))
    where = (fix.lon, fix.lat, fix.accuracy, j.judged.distance, fix.device, fix.mock)
    return (*of, *where, j.judged.verdict.value, ";".join(j.judged.signs), "", "", None, j.counted)


def _arrived(counted: Sequence[Judged]) -> None:
    """Shifts and stops know the first check-in that counts."""
    shifts: dict[int, datetime] = {}
    stops: dict[tuple[int, int], datetime] = {}
    for j in counted:
        key, at = j.shift or 0, j.one.fix.at
        shifts[key] = min(at, shifts.get(key, at))
        stops[key, j.one.point.pk] = min(at, stops.get((key, j.one.point.pk), at))
    if not counted:
        return
    days = [clock.day_of(j.one.fix.at) for j in counted]
    around = (min(days) - BACK, max(days) + BACK)
    stand = Shift.objects.filter(day__range=around).values_list("pk", "attended_at")
    known = ((key, was) for key, was in stand if key in shifts)
    rows.update(
        Shift,
        "attended_at",
        [(rows.kept(shifts[k]), k) for k, was in known if was is None or shifts[k] < was],
    )
    due = Stop.objects.filter(shift__day__range=around).values_list("pk", "shift", "point", "reached_at")
    rows.update(
        Stop,
        "reached_at",
        [
            (rows.kept(stops[s, p]), k)
            for k, s, p, was in due
            if (s, p) in stops and (was is None or stops[s, p] < was)
        ],
    )


def _line(act: record.Act, j: Judged, sha256: str) -> record.Line:
    facts = {"point": j.one.point.code, "at": j.one.fix.at, "verdict": j.judged.verdict, "counted": j.counted}
    facts |= {"file": sha256, "row": j.one.row}
    return act.line(subject=f"duty.checkin:{j.key}", label=j.one.point.name, facts=facts)
