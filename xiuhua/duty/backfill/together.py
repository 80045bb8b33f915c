"""Shifts and check-ins of the past come in by the thousand, under the same rules as those of today.

1. Every check-in is judged as it would have been when it came: by its place, the person's fix before it, and the
   phones of others.
2. A shift that clashes with another of the same person, or one that stands already, is a fault; the others are kept.
3. What counts makes the attendance and reaches the stops. One entry of the record for each shift and check-in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xiuhua.duty import rules
from xiuhua.duty.models import Beat, CheckIn, Point, Shift, ShiftKind, Stop
from xiuhua.duty.queries import limits
from xiuhua.kernel import clock, record, rows
from xiuhua.kernel.authz import Actor, Refusal, Refused
from xiuhua.org.queries import Unit


@dataclass(frozen=True, slots=True)
class PastCheckIn:
    """What a phone said at a point, and when it reached us."""

    point: Point
    fix: rules.Fix
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """A shift of the past with its check-ins."""

    officer: int
    unit: Unit
    kind: ShiftKind
    day: date
    beat: Beat | None = None
    check_ins: Sequence[PastCheckIn] = ()

    @property
    def span(self) -> rules.Span:
        return rules.span_of(self.day, self.kind.starts, self.kind.ends, clock.SHANGHAI)


@dataclass(slots=True)
class Outcome:
    """How many shifts and check-ins were written (0 in a dry run), and the place of each faulty shift with why."""

    shifts: int = 0
    check_ins: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Judged:
    """A shift with what came of its check-ins."""

    past: Past
    key: int
    found: list[tuple[PastCheckIn, rules.Judged, bool]] = field(default_factory=list)

    @property
    def attended_at(self) -> datetime | None:
        return min((one.fix.at for one, _judged, counted in self.found if counted), default=None)

    def reached(self, point: Point) -> datetime | None:
        at = (one.fix.at for one, _judged, counted in self.found if counted and one.point.pk == point.pk)
        return min(at, default=None)


def bring_in(pasts: Iterable[Past], *, by: Actor, at: datetime, write: bool = False) -> Outcome:
    """Check everything, and with `write` keep what is good in one act. Raises Refused unless the system does it."""
    if not by.is_system:
        raise Refused(
            Refusal("duty_bring_in", "历史勤务由系统统一导入", meaning="history is brought in by the system")
        )
    outcome = Outcome()
    good = _good(list(pasts), outcome)
    judged = _judged(good)
    if write and judged:
        _write(judged, by, at, outcome)
    return outcome


def _good(pasts: Sequence[Past], outcome: Outcome) -> list[Past]:
    limit, good = limits(), []
    taken = _taken(pasts)
    for place, past in enumerate(pasts):
        beside = taken[past.officer]
        if why := rules.clash(past.span, beside, limit):
            outcome.faults.append((place, why))
            continue
        beside.append(past.span)
        good.append(past)
    return good


def _taken(pasts: Sequence[Past]) -> dict[int, list[rules.Span]]:
    found: dict[int, list[rules.Span]] = defaultdict(list)
    if pasts:
        days = [past.day for past in pasts]
        around = timedelta(days=2)
        there = Shift.objects.filter(cancelled=False, day__range=(min(days) - around, max(days) + around))
        for officer, start, end in there.values_list("officer", "starts_at", "ends_at"):
            found[officer].append(rules.Span(start, end))
    return found


def _judged(good: Sequence[Past]) -> list[Judged]:
    """Every check-in in the order of its moment, each against what was known before it."""
    limit, made = limits(), [Judged(past, 0) for past in good]
    said = sorted(
        ((one, shift) for shift in made for one in shift.past.check_ins), key=lambda pair: pair[0].fix.at
    )
    last: dict[int, rules.Fix] = {}
    phones: dict[str, tuple[int, datetime]] = {}
    for one, shift in said:
        person, fix = shift.past.officer, one.fix
        holder, spoke = phones.get(fix.device, (person, fix.at))
        before = rules.Before(last.get(person), spoke if holder != person else None)
        place = rules.Place(one.point.lon, one.point.lat, one.point.radius)
        judged = rules.judge(fix, place, one.received_at, before, limit)
        shift.found.append((one, judged, rules.counts(judged.verdict, "")))
        last[person] = fix
        if fix.device:
            phones[fix.device] = (person, fix.at)
    return made


SHIFT = (
    "id",
    "officer",
    "unit",
    "kind",
    "beat",
    "day",
    "starts_at",
    "ends_at",
    "attended_at",
    "excused",
    "cancelled",
)
STOP = ("shift", "point", "due_at", "reached_at")
CHECK_IN = (
    "id", "officer", "unit", "point", "shift", "at", "received_at", "lon", "lat", "accuracy", "distance", "device",
    "mock", "verdict", "signs", "review", "review_note", "reviewed_at", "counted",
)  # fmt: skip


def _write(judged: Sequence[Judged], by: Actor, at: datetime, outcome: Outcome) -> None:
    by_beat: dict[int, list[Point]] = defaultdict(list)
    for point in Point.objects.filter(beat__isnull=False).order_by("code"):
        by_beat[point.beat_id or 0].append(point)
    with record.act("duty.bring_in", by=by, at=at) as act:
        for shift, key in zip(judged, rows.reserve(Shift, len(judged)), strict=True):
            shift.key = key
        rows.insert(Shift, SHIFT, (_shift(s) for s in judged))
        rows.insert(Stop, STOP, (stop for s in judged for stop in _stops(s, by_beat)))
        flat = [(s, *one) for s in judged for one in s.found]
        keys = rows.reserve(CheckIn, len(flat))
        rows.insert(CheckIn, CHECK_IN, (_check_in(key, *one) for key, one in zip(keys, flat, strict=True)))
        lines = [_line(act, s) for s in judged]
        lines += [_check_in_line(act, key, *one[1:]) for key, one in zip(keys, flat, strict=True)]
        act.bulk(lines)
    outcome.shifts, outcome.check_ins = len(judged), len(flat)


def _shift(s: Judged) -> tuple[object, ...]:
    past, span = s.past, s.past.span
    beat = past.beat.pk if past.beat else None
    of = (s.key, past.officer, past.unit.pk, past.kind.pk, beat, past.day.isoformat())
    return (*of, span.start, span.end, s.attended_at, False, False)


def _stops(s: Judged, by_beat: Mapping[int, Sequence[Point]]) -> list[tuple[object, ...]]:
    there = by_beat.get(s.past.beat.pk, ()) if s.past.beat else ()
    times = rules.due_times(s.past.span, len(there))
    return [(s.key, p.pk, due, s.reached(p)) for p, due in zip(there, times, strict=True)]


def _check_in(
    key: int, s: Judged, one: PastCheckIn, judged: rules.Judged, counted: bool
) -> tuple[object, ...]:
    fix = one.fix
    of = (key, s.past.officer, s.past.unit.pk, one.point.pk, s.key, fix.at, one.received_at)
    where = (fix.lon, fix.lat, fix.accuracy, judged.distance, fix.device, fix.mock)
    return (*of, *where, judged.verdict.value, ";".join(judged.signs), "", "", None, counted)


def _line(act: record.Act, s: Judged) -> record.Line:
    past = s.past
    facts = {"officer": past.officer, "day": past.day, "kind": past.kind.code, "check_ins": len(s.found)}
    return act.line(subject=f"duty.shift:{s.key}", label=f"{past.day} {past.kind}", facts=facts)


def _check_in_line(
    act: record.Act, key: int, one: PastCheckIn, judged: rules.Judged, counted: bool
) -> record.Line:
    facts = {"point": one.point.code, "at": one.fix.at, "verdict": judged.verdict, "counted": counted}
    return act.line(subject=f"duty.checkin:{key}", label=str(one.point), facts=facts)
