"""The street of the demo: points everywhere; rosters, check-ins, tasks, events of the squads of the demo's people.

The past comes in by the backfill door, what people still work with by their own acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from xiuhua.duty import actions, backfill, queries, rules
from xiuhua.duty.backfill import Past, PastCheckIn
from xiuhua.duty.queries import Beat, Point, ShiftKind
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import queries as leads
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit
from xiuhua.simulation import people, places
from xiuhua.simulation.current import CHUANSHA, HUAMU, LOGINS, Week
from xiuhua.simulation.world import World

POINTS = 375  # as many as the bureau of 2018 had
BEATS = ("一", "二", "三")
WEEKS_BACK, DAYS_AHEAD = 3, 8
METRES = 111_195.0
KINDS = ("day", "day", "day", "early", "late")
ABSENT, MISSED, MOCKED, WIDE = 0.04, 0.12, 0.01, 0.02


@transaction.atomic
def lay_out(world: World, now: datetime, seed: int) -> tuple[int, int]:
    """How many shifts and check-ins were made; nothing where there are points already."""
    if queries.points(SYSTEM).exists():
        return 0, 0
    week = Week(Random(f"street-{seed}"), now, world)  # noqa: S311 - the same seed must give the same street
    _points(week)
    shifts = check_ins = 0
    for code in (HUAMU, CHUANSHA):
        unit = org.unit_by_code(code)
        if unit is None:
            raise LookupError(f"the reference data has no {code}")
        done = backfill.bring_in(_past(week, unit), by=SYSTEM, at=now, write=True)
        shifts, check_ins = shifts + done.shifts, check_ins + done.check_ins
        shifts += _coming(week, unit)
        _work(week, unit)
    _events(week)
    return shifts, check_ins


def _points(week: Week) -> None:
    """Each squad its share of the points, those of the demo's squads on three beats."""
    squads = [u for u in week.world.units if u.is_squad]
    since = clock.day_of(week.now) - timedelta(days=200)
    for number, squad in enumerate(squads):
        unit = org.unit_by_code(squad.code)
        if unit is None:
            continue
        beats = (
            [_beat(week, unit, n, name) for n, name in enumerate(BEATS, 1)] if squad.code in LOGINS else []
        )
        share = POINTS // len(squads) + (number < POINTS % len(squads))
        for n in range(1, share + 1):
            lon, lat = squad.places[0].point(week.rng)
            actions.add_point(
                unit=unit,
                code=f"{n:02}",
                name=f"{places.address(week.rng, squad.places[0])}{week.rng.choice(('路口', '门口', '广场'))}",
                lon=lon,
                lat=lat,
                beat=beats[n % len(beats)] if beats else None,
                is_post=n == 1,
                active_from=since,
                by=SYSTEM,
                at=week.now,
            )


def _beat(week: Week, unit: Unit, number: int, name: str) -> Beat:
    return actions.add_beat(unit=unit, code=f"B{number}", name=f"第{name}巡区", by=SYSTEM, at=week.now)


def _plan(
    unit: Unit, people_: Sequence[Officer], days: Sequence[date]
) -> Iterator[tuple[Officer, date, str, int]]:
    """Who is on duty when: five days a week, the free days staggered; kind of shift and beat by turns."""
    for place, officer in enumerate(people_):
        for day in days:
            if (day.toordinal() + place) % 7 < 5:
                yield officer, day, KINDS[(place + day.toordinal() // 7) % len(KINDS)], place % len(BEATS)


def _staff(unit: Unit, on: date) -> Sequence[Officer]:
    """The demo's own people first, so that each of them has a shift today."""
    return org.officers_of(unit, on)


def _past(week: Week, unit: Unit) -> Iterator[Past]:
    today = clock.day_of(week.now)
    first = rules.monday_of(today) - timedelta(weeks=WEEKS_BACK)
    days = [first + timedelta(days=n) for n in range((today - first).days)]
    kinds = {k.code: k for k in queries.shift_kinds()}
    beats = list(queries.beats(SYSTEM).filter(unit=unit))
    by_beat = {b.pk: list(queries.points(SYSTEM).filter(beat=b)) for b in beats}
    for officer, day, kind, beat in _plan(unit, _staff(unit, today), days):
        of = beats[beat]
        said = _said(week, officer, day, kinds[kind], by_beat[of.pk])
        yield Past(officer.pk, unit, kinds[kind], day, of, said)


def _said(
    week: Week, officer: Officer, day: date, kind: ShiftKind, points: Sequence[Point]
) -> list[PastCheckIn]:
    """The check-ins of one shift: somebody is late, some are missed, few are odd."""
    dice = week.rng
    if dice.random() < ABSENT:
        return []
    span = rules.span_of(day, kind.starts, kind.ends, clock.SHANGHAI)
    at = span.start + timedelta(minutes=dice.choice((-12, -8, -5, -3, 0, 4, 8, 25)))
    said = []
    for point in points:
        if dice.random() < MISSED:
            continue
        fix = rules.Fix(
            at=at,
            lon=point.lon + dice.gauss(0, 25) / METRES,
            lat=point.lat + dice.gauss(0, 25) / METRES,
            accuracy=round(150 + dice.random() * 200 if dice.random() < WIDE else dice.uniform(4, 30), 1),
            device=f"demo-{officer.staff_no}",
            mock=dice.random() < MOCKED,
        )
        said.append(PastCheckIn(point, fix, at + timedelta(seconds=2)))
        at += timedelta(minutes=dice.randint(35, 70))
    return [one for one in said if one.fix.at <= min(span.end, week.now)]


def _coming(week: Week, unit: Unit) -> int:
    """Today and the days to come, by the head; and what has been checked in today."""
    today = clock.day_of(week.now)
    days = [today + timedelta(days=n) for n in range(DAYS_AHEAD)]
    lines = [
        rules.Line(row, officer.staff_no, day.isoformat(), kind, f"B{beat + 1}")
        for row, (officer, day, kind, beat) in enumerate(_plan(unit, _staff(unit, today), days), 2)
    ]
    planned = week.now - timedelta(days=3)
    head = week.actor(LOGINS[unit.code]["head"], planned)
    done = actions.bring_in(unit=unit, lines=lines, by=head, at=planned, write=True, skip_faulty=True)
    _today(week, unit)
    return done.written


def _today(week: Week, unit: Unit) -> None:
    for who in ("officer", "second"):
        by = week.actor(LOGINS[unit.code][who], week.now)
        shift = queries.shift_at(by.officer_id or 0, week.now)
        if shift is None:
            continue
        for stop in queries.stops_of(by, shift)[:2]:
            at = max(shift.starts_at, min(stop.due_at, week.now) - timedelta(minutes=10))
            fix = rules.Fix(at, stop.point.lon, stop.point.lat, 9.0, f"demo-{by.officer_id}")
            actions.check_in(point=stop.point, fix=fix, by=by, at=max(at, week.now - timedelta(hours=9)))


def _work(week: Week, unit: Unit) -> None:
    """Findings, tasks, a swap that is asked, an operation."""
    names = LOGINS[unit.code]
    officer, head = (week.actor(names[n], week.now) for n in ("officer", "head"))
    place = next(u for u in week.world.units if u.code == unit.code).places[0]
    kinds = [k for k in leads.kinds() if not any(q.required for q in leads.questions_of(k))]
    for n in range(4):
        kind = week.rng.choice(kinds)
        actions.find(
            kind=kind,
            content=f"巡查发现{kind.name}。",
            place=places.address(week.rng, place),
            persuasion="当场劝阻，当事人已改正。" if n % 2 else "",
            by=officer,
            at=week.now - timedelta(hours=5 * n + 1),
        )
    for n, road in enumerate(("示例东路", "示例西路", "示例大道", "示例东路")):
        actions.patrol_road(road=road, by=officer, at=week.now - timedelta(minutes=40 * n + 15))
    for n, outcome in enumerate(("clear", "told", "clear")):
        actions.inspect(
            whom=f"示例店{n + 1}",
            place=places.address(week.rng, place),
            outcome=outcome,
            note="已收回店外堆物。" if outcome == "told" else "",
            by=officer,
            at=week.now - timedelta(minutes=50 * n + 30),
        )
    titles = ("daily", "早市周边秩序"), ("daily", "校园周边环境"), ("special", "户外广告专项检查")
    for n, (kind_, title) in enumerate(titles):
        at = week.now - timedelta(days=n, hours=2)
        task = actions.issue_task(
            kind=kind_, title=title, unit=unit, due_at=at + timedelta(days=2 + n), by=head, at=at
        )
        if n:
            actions.receive_task(task=task, by=officer, at=at + timedelta(hours=1))
            actions.note_progress(task=task, text="已查看半数点位。", by=officer, at=at + timedelta(hours=2))
        if n > 1:
            actions.report_task(task=task, result="检查二十处，整改三处。", by=officer, at=week.now)
    _swap(week, unit)
    held = clock.day_of(week.now) - timedelta(days=4)
    operation = actions.plan_operation(
        unit=unit,
        title="夜间交通营运秩序联合整治",
        held_on=held,
        place=places.address(week.rng, place),
        bodies=[("公安派出所", 6), ("交警支队", 4)],
        our_people=8,
        by=head,
        at=week.now - timedelta(days=6),
    )
    actions.report_operation(
        operation=operation,
        result="检查三十户次，移送一件。",
        checked=30,
        persuaded=11,
        found=4,
        by=head,
        at=week.now,
    )


def _swap(week: Week, unit: Unit) -> None:
    """The second officer asks the first for a shift of the days to come."""
    asker = week.actor(LOGINS[unit.code]["second"], week.now)
    other = org.user_by_login(LOGINS[unit.code]["officer"])
    tomorrow = clock.day_of(week.now) + timedelta(days=1)
    shift = queries.my_shifts(asker, tomorrow, tomorrow + timedelta(days=6)).first()
    if shift is not None and other is not None:
        actions.ask_swap(shift=shift, other=other.officer, reason="家中有事", by=asker, at=week.now)


def _events(week: Week) -> None:
    """A storm that is over, and a fair that goes on."""
    desk, today = week.actor("dispatcher", week.now), clock.day_of(week.now)
    plan = queries.plan_for("typhoon", "blue")
    unit = org.unit_by_code(HUAMU)
    if plan is None or unit is None:
        raise LookupError("the reference data has no plan for a typhoon")
    before = week.now - timedelta(days=12)
    storm = actions.start_plan(
        plan=plan, starts_on=before.date(), ends_on=before.date(), units=[unit], by=desk, at=before
    )
    officer = week.actor(LOGINS[HUAMU]["officer"], before)
    for task in queries.tasks(officer).filter(event=storm):
        actions.receive_task(task=task, by=officer, at=before + timedelta(hours=1))
        result = "巡查户外广告四十处，加固两处。"
        actions.report_task(task=task, result=result, by=officer, at=before + timedelta(hours=9))
    over = before + timedelta(hours=20)
    actions.end_event(event=storm, summary="风力减弱，未发生险情。", by=desk, at=over)
    fair = actions.declare_event(
        name="示例博览会保障",
        starts_on=today - timedelta(days=2),
        ends_on=today + timedelta(days=5),
        orders=[
            actions.Guarded(2, rules.PlaceKind.AREA),
            *(actions.Guarded(1, rules.PlaceKind.GATEWAY, f"示例{n}号出入口") for n in range(1, 4)),
            actions.Guarded(1, rules.PlaceKind.KEY_ROAD, "示例大道"),
            actions.Guarded(1, rules.PlaceKind.HOTEL, f"{people.name(week.rng)[0]}示例宾馆"),
        ],
        counted=(today - timedelta(days=2), today + timedelta(days=3)),
        by=desk,
        at=week.now - timedelta(days=4),
    )
    head = week.actor(LOGINS[HUAMU]["head"], week.now)
    members = list(org.officers_of(unit, today))[:5]
    actions.form_reserve(event=fair, unit=unit, name="机动一队", members=members, by=head, at=week.now)
