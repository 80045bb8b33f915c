"""Shifts are planned, cancelled, copied by the week and brought in from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xiuhua.duty import permissions, rules
from xiuhua.duty.actions.hours import tell_hours
from xiuhua.duty.models import Beat, Point, Shift, ShiftKind, Stop
from xiuhua.duty.queries import limits, points
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refusal, Refused
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit

# Spans of other shifts are looked for this far around the days of a plan.
AROUND = timedelta(days=2)


def plan_shift(
    *,
    officer: Officer,
    unit: Unit,
    kind: ShiftKind,
    day: date,
    by: Actor,
    at: datetime,
    beat: Beat | None = None,
) -> Shift:
    """One shift, with a stop at every point of its beat. Raises Invalid for a clash or somebody of another unit."""
    permissions.check_can_plan(unit.pk, by)
    errors = {}
    span = rules.span_of(day, kind.starts, kind.ends, clock.SHANGHAI)
    if officer.pk not in {o.pk for o in org.officers_of(unit, day)}:
        errors["officer"] = "当日不在本单位任职"
    elif why := rules.clash(span, _spans([officer.pk], day, day)[officer.pk], limits()):
        errors["day"] = why
    if beat is not None and beat.unit_id != unit.pk:
        errors["beat"] = "巡区不属于这个单位"
    if errors:
        raise Invalid(errors)
    with record.act("duty.plan_shift", by=by, at=at) as act:
        shift = new_shift(officer.pk, unit, kind, span, beat)
        lay_stops([shift], _points_of(unit, day))
        act.entry(on=shift, facts=facts_of(shift))
        tell_hours(shifts=[shift], by=by, at=at)
    return shift


def new_shift(officer: int, unit: Unit, kind: ShiftKind, span: rules.Span, beat: Beat | None) -> Shift:
    shift = Shift(
        officer_id=officer,
        unit=unit,
        kind=kind,
        beat=beat,
        day=clock.day_of(span.start),
        starts_at=span.start,
        ends_at=span.end,
    )
    shift.save(force_insert=True)
    return shift


def facts_of(shift: Shift) -> dict[str, object]:
    return {
        "officer": shift.officer_id,
        "day": shift.day,
        "kind": shift.kind.code,
        "beat": shift.beat.code if shift.beat else "",
    }


def _points_of(unit: Unit, on: date) -> Mapping[int, list[Point]]:
    """Beat → its points on that day."""
    found: dict[int, list[Point]] = {}
    for point in points(SYSTEM, on).filter(unit=unit, beat__isnull=False):
        found.setdefault(point.beat_id or 0, []).append(point)
    return found


def lay_stops(shifts: Iterable[Shift], by_beat: Mapping[int, Sequence[Point]]) -> None:
    """A stop at every point of the beat of each shift."""
    made = []
    for shift in shifts:
        there = by_beat.get(shift.beat_id or 0, ())
        times = rules.due_times(shift.span, len(there))
        made += [Stop(shift=shift, point=point, due_at=due) for point, due in zip(there, times, strict=True)]
    Stop.objects.bulk_create(made)


def _spans(officers: Iterable[int], start: date, end: date) -> dict[int, list[rules.Span]]:
    """Officer → the shifts that stand from a little before to a little after the days."""
    found: dict[int, list[rules.Span]] = {officer: [] for officer in officers}
    rows = Shift.objects.filter(
        officer__in=list(found), cancelled=False, day__range=(start - AROUND, end + AROUND)
    )
    for officer, begins, ends in rows.values_list("officer", "starts_at", "ends_at"):
        found[officer].append(rules.Span(begins, ends))
    return found


def cancel_shift(*, shift: Shift, reason: str, by: Actor, at: datetime) -> Shift:
    """Taken off the roster before it begins, with a reason. Raises Refused once it has begun, Invalid."""
    permissions.check_can_plan(shift.unit_id, by)
    if not reason.strip():
        raise Invalid({"reason": "请写明取消的原因"})
    if shift.cancelled or shift.starts_at <= at:
        raise Refused(
            Refusal(
                "shift_begun",
                "班次已开始或已取消，不能取消；缺勤可以申诉",
                meaning="the shift has begun or was cancelled; an absence can be appealed",
            )
        )
    with record.act("duty.cancel_shift", by=by, at=at) as act:
        shift.cancelled = True
        shift.save()
        shift.swaps.filter(state__in=rules.SWAP_OPEN).update(
            state=rules.SwapState.WITHDRAWN, decided_at=at, note="班次已取消"
        )
        act.entry(on=shift, facts={**facts_of(shift), "reason": reason.strip()})
        tell_hours(shifts=[shift], by=by, at=at)
    return shift


@dataclass(slots=True)
class Brought:
    """What became of many rows: those that can be planned, every fault, and how many were written."""

    good: list[rules.Wanted] = field(default_factory=list)
    faults: list[rules.Fault] = field(default_factory=list)
    written: int = 0


def copy_week(*, unit: Unit, monday: date, to: date, by: Actor, at: datetime) -> Brought:
    """The shifts of the week of `monday` once more in the week of `to`, for those who still serve in the unit.

    What would clash stays out and is told. Raises Invalid for the same week, or one with nothing in it.
    """
    permissions.check_can_plan(unit.pk, by)
    monday, to = rules.monday_of(monday), rules.monday_of(to)
    if monday == to:
        raise Invalid({"to": "不能复制到同一周"})
    rows = Shift.objects.filter(unit=unit, cancelled=False, day__range=(monday, monday + timedelta(days=6)))
    rows = rows.select_related("officer", "kind", "beat").order_by("starts_at", "pk")
    lines = [
        rules.Line(
            row,
            shift.officer.staff_no,
            (shift.day + (to - monday)).isoformat(),
            shift.kind.code,
            shift.beat.code if shift.beat else "",
        )
        for row, shift in enumerate(rows, 1)
    ]
    if not lines:
        raise Invalid({"monday": "这一周没有排班"})
    return bring_in(unit=unit, lines=lines, by=by, at=at, write=True, skip_faulty=True, verb="duty.copy_week")


def bring_in(
    *,
    unit: Unit,
    lines: Sequence[rules.Line],
    by: Actor,
    at: datetime,
    write: bool = False,
    skip_faulty: bool = False,
    verb: str = "duty.import_roster",
) -> Brought:
    """Check every row, and with `write` plan what is good. A file with faults is written only with `skip_faulty`."""
    permissions.check_can_plan(unit.pk, by)
    if len(lines) > rules.MOST_ROWS:
        raise Invalid({"file": f"一次最多{rules.MOST_ROWS}行"})
    good, faults = rules.check(lines, _known(unit, lines), limits())
    brought = Brought(good, faults)
    if write and good and (skip_faulty or not faults):
        brought.written = _write(unit, good, verb, by, at)
    return brought


def _known(unit: Unit, lines: Sequence[rules.Line]) -> rules.Known:
    days = [day for line in lines if (day := _day(line.day))]
    # Whoever serves in the unit on the first or the last day of the rows; a post that begins between them is rare.
    people = (
        {o.staff_no: o.pk for on in {min(days), max(days)} for o in org.officers_of(unit, on)} if days else {}
    )
    kinds = list(ShiftKind.objects.all())
    shifts = {name: (k.pk, k.starts, k.ends) for k in kinds for name in (k.code, k.name)}
    beats = {name: b.pk for b in Beat.objects.filter(unit=unit) for name in (b.code, b.name)}
    taken = _spans(people.values(), min(days), max(days)) if days else {}
    return rules.Known(people, shifts, beats, taken, clock.SHANGHAI)


def _day(text: str) -> date | None:
    try:
        return rules.read_day(text)
    except ValueError:
        return None


def _write(unit: Unit, good: Sequence[rules.Wanted], verb: str, by: Actor, at: datetime) -> int:
    kinds = {k.pk: k for k in ShiftKind.objects.all()}
    beats = {b.pk: b for b in Beat.objects.filter(unit=unit)}
    by_beat = _points_of(unit, good[0].day)
    with record.act(verb, by=by, at=at) as act:
        made = [new_shift(w.officer, unit, kinds[w.kind], w.span, beats.get(w.beat or 0)) for w in good]
        lay_stops(made, by_beat)
        lines = [
            act.line(subject=record.subject_of(s), label=str(s), facts=facts_of(s), verb="duty.plan_shift")
            for s in made
        ]
        act.bulk(lines)
        act.entry(on=unit, facts={"rows": len(made)})
        tell_hours(shifts=made, by=by, at=at)
    return len(made)
