"""Events raise the duty level; plans call people and order checks; reserve teams stand ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xiuhua.duty import permissions, rules
from xiuhua.duty.actions.tasks import new_task
from xiuhua.duty.models import Call, Event, LevelOrder, Plan, Reserve
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.kernel.models import Area
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Guarded:
    """A place or an area with its level. Without `area` an order of kind `area` is for the whole district."""

    level: int
    kind: str
    name: str = ""
    area: Area | None = None


def declare_event(
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    orders: Sequence[Guarded],
    by: Actor,
    at: datetime,
    all_hands: bool = False,
    counted: tuple[date, date] | None = None,
) -> Event:
    """A major event with the levels of its areas and guarded places. Raises Refused, Invalid.

    `counted`: the first and last day over which figures are counted, within the event; the whole of it if None.
    """
    permissions.check_can_order(by)
    errors = _dates(starts_on, ends_on)
    if counted and not starts_on <= counted[0] <= counted[1] <= ends_on:
        errors["counted_from"] = "统计时段应在保障期间内"
    if not name.strip():
        errors["name"] = "请写明名称"
    errors |= _orders(orders)
    if errors:
        raise Invalid(errors)
    with record.act("duty.declare_event", by=by, at=at) as act:
        event = Event(
            kind=rules.EventKind.MAJOR,
            name=name.strip()[:80],
            starts_on=starts_on,
            ends_on=ends_on,
            all_hands=all_hands,
            declared_at=at,
            counted_from=counted and counted[0],
            counted_to=counted and counted[1],
        )
        event.save(force_insert=True)
        _write(event, orders)
        act.entry(on=event, facts=_facts(event, orders))
    return event


def _dates(starts_on: date, ends_on: date) -> dict[str, str]:
    if ends_on < starts_on:
        return {"ends_on": "结束日不能早于开始日"}
    return {"ends_on": "最长一年"} if ends_on - starts_on > LONGEST else {}


def _orders(orders: Sequence[Guarded]) -> dict[str, str]:
    if not orders:
        return {"orders": "请至少写明一个保障区域或点位"}
    for order in orders:
        if order.level not in rules.LEVEL_LABELS or order.kind not in set(rules.PlaceKind):
            return {"orders": "勤务等级只有一级和二级"}
        if order.kind != rules.PlaceKind.AREA and not order.name.strip():
            return {"orders": "请写明点位名称"}
    return {}


def _write(event: Event, orders: Sequence[Guarded]) -> None:
    LevelOrder.objects.bulk_create(
        LevelOrder(event=event, level=o.level, place_kind=o.kind, name=o.name.strip()[:80], area=o.area)
        for o in orders
    )


def _facts(event: Event, orders: Sequence[Guarded]) -> dict[str, object]:
    return {
        "from": event.starts_on,
        "to": event.ends_on,
        "all_hands": event.all_hands,
        "counted": [event.counted_from, event.counted_to] if event.counted_from else None,
        "orders": [[o.level, o.kind, o.name, o.area.code if o.area else ""] for o in orders],
    }


def start_plan(
    *,
    plan: Plan,
    starts_on: date,
    ends_on: date,
    by: Actor,
    at: datetime,
    areas: Sequence[Area] = (),
    units: Sequence[Unit] = (),
) -> Event:
    """An emergency plan is started: levels rise, people are called, units are ordered to check.

    Without `areas` the whole district is meant, without `units` every unit that handles there. Of each unit the share
    of the plan is called, those on duty that day first by staff number. Raises Refused, Invalid.
    """
    permissions.check_can_order(by)
    if errors := _dates(starts_on, ends_on):
        raise Invalid(errors)
    orders = [Guarded(plan.level, rules.PlaceKind.AREA, a.name, a) for a in areas] or [
        Guarded(plan.level, rules.PlaceKind.AREA)
    ]
    named = units or _units_of(areas)
    with record.act("duty.start_plan", by=by, at=at) as act:
        event = Event(
            kind=rules.EventKind.EMERGENCY,
            name=f"{plan}响应",
            plan=plan,
            starts_on=starts_on,
            ends_on=ends_on,
            all_hands=plan.call_share == 100,
            declared_at=at,
        )
        event.save(force_insert=True)
        _write(event, orders)
        called = sum(_call(event, unit, plan.call_share, at) for unit in named)
        for unit in named:
            _order_check(event, plan, unit, act)
        act.entry(on=event, facts={**_facts(event, orders), "called": called, "units": len(named)})
    return event


def _units_of(areas: Sequence[Area]) -> Sequence[Unit]:
    rows = org.handling_units()
    return list(rows.filter(areas__in=[a.pk for a in areas]).distinct() if areas else rows)


def _call(event: Event, unit: Unit, share: int, at: datetime) -> int:
    people = [o.pk for o in org.officers_of(unit, clock.day_of(at))]
    chosen = rules.called(people, share)
    already = set(Call.objects.filter(event=event, officer__in=chosen).values_list("officer", flat=True))
    calls = [Call(event=event, unit=unit, officer_id=pk, called_at=at) for pk in chosen if pk not in already]
    Call.objects.bulk_create(calls)
    return len(calls)


def _order_check(event: Event, plan: Plan, unit: Unit, act: record.Act) -> None:
    kind = rules.TaskKind.SOURCE_CHECK if plan.check_sources else rules.TaskKind.SPECIAL
    new_task(
        kind=kind,
        title=event.name,
        what=plan.checks,
        unit=unit,
        officer=None,
        event=event,
        due_at=act.at + timedelta(hours=plan.check_hours),
        at=act.at,
        act=act,
    )


def end_event(*, event: Event, summary: str, by: Actor, at: datetime) -> Event:
    """The event is over, today at the latest; with a few words of what came of it."""
    permissions.check_can_order(by)
    if not summary.strip():
        raise Invalid({"summary": "请写小结"})
    if event.ended_at is not None:
        raise Refused(Refusal("event_over", "已经解除", meaning="it is over already"))
    with record.act("duty.end_event", by=by, at=at) as act:
        event.ended_at, event.summary = at, summary.strip()
        event.ends_on = max(event.starts_on, min(event.ends_on, clock.day_of(at)))
        if event.counted_to is not None and event.counted_from is not None:
            event.counted_to = max(event.counted_from, min(event.counted_to, event.ends_on))
        event.save()
        act.entry(on=event, facts={"summary": event.summary, "to": event.ends_on})
    return event


def form_reserve(
    *, event: Event, unit: Unit, name: str, members: Sequence[Officer], by: Actor, at: datetime
) -> Reserve:
    """A reserve team of a unit. Raises Invalid without a name or people of the unit."""
    permissions.check_can_task(unit.pk, by)
    errors = {}
    if not name.strip():
        errors["name"] = "请写队伍名称"
    there = {o.pk for o in org.officers_of(unit, event.starts_on)}
    if not members or any(m.pk not in there for m in members):
        errors["members"] = "队员应是该单位的人员"
    if errors:
        raise Invalid(errors)
    with record.act("duty.form_reserve", by=by, at=at) as act:
        team = Reserve(event=event, unit=unit, name=name.strip()[:60])
        team.save(force_insert=True)
        team.members.set(members)
        act.entry(on=team, facts={"event": event.name, "unit": unit.code, "people": len(members)})
    return team


def answer_call(*, call: Call, coming: bool, by: Actor, at: datetime, note: str = "") -> Call:
    """Whoever was called says whether he or she comes; who cannot says why."""
    if call.officer_id != by.officer_id or call.answered_at is not None:
        raise Refused(
            Refusal(
                "call_not_yours",
                "只能由本人答复一次",
                meaning="a call is answered once, by the one who was called",
            )
        )
    if not coming and not note.strip():
        raise Invalid({"note": "不能到岗请说明原因"})
    with record.act("duty.answer_call", by=by, at=at) as act:
        call.answered_at, call.coming, call.note = at, coming, note.strip()[:200]
        call.save()
        act.entry(on=call, facts={"coming": coming, "note": call.note})
    return call
