"""Figures of major events: what was guarded, and what was done on the days that are counted (X10 of the ledger)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from xiuhua.duty import rules
from xiuhua.duty.figures.street import attended, made
from xiuhua.duty.models import Finding, Inspection, LevelOrder, Operation, Reserve, RoadPatrol
from xiuhua.duty.queries import counted_windows, in_windows
from xiuhua.kernel.authz import Actor
from xiuhua.org.figures import Figure, Period

Rows = Callable[[Actor, Period], QuerySet[Any]]


def guarded(kind: rules.PlaceKind) -> Rows:
    """Places of one kind under level 1 in events of which a day lies in the period."""

    def rows(user: Actor, period: Period) -> QuerySet[Any]:
        found = LevelOrder.objects.visible(user).filter(place_kind=kind, level=1)
        return found.filter(event__starts_on__lte=period.end, event__ends_on__gte=period.start)

    return rows


def reserves(user: Actor, period: Period) -> QuerySet[Any]:
    rows = Reserve.objects.visible(user)
    return rows.filter(event__starts_on__lte=period.end, event__ends_on__gte=period.start)


def on_counted_days(rows: Rows, field: str) -> Rows:
    """Of `rows` those whose day `field` lies in the counted days of a major event."""

    def counted(user: Actor, period: Period) -> QuerySet[Any]:
        windows = counted_windows(user, period.start, period.end)
        return rows(user, period).filter(in_windows(windows, field))

    return counted


def roads(user: Actor, period: Period) -> QuerySet[Any]:
    return RoadPatrol.objects.visible(user).filter(day__range=(period.start, period.end))


def inspections(user: Actor, period: Period) -> QuerySet[Any]:
    return Inspection.objects.visible(user).filter(day__range=(period.start, period.end))


def operations(user: Actor, period: Period) -> QuerySet[Any]:
    """Operations that were held: of those to come, or never reported, nothing is known."""
    rows = Operation.objects.visible(user).filter(held_on__range=(period.start, period.end))
    return rows.filter(reported_at__isnull=False)


def persuasions(user: Actor, period: Period) -> QuerySet[Any]:
    return Finding.objects.visible(user).filter(persuaded=True, day__range=(period.start, period.end))


def _guarded(id: str, kind: rules.PlaceKind, measure: str, measure_en: str) -> Figure:
    return made(
        id,
        f"一级勤务保障：{rules.PLACE_KIND_LABELS[kind]}",
        f"Guarded at level 1: {kind.value.replace('_', ' ')}",
        "期内有保障日的活动中列为一级勤务的这类点位数。",
        "Places of this kind under level 1 in events of which a day lies in the period.",
        measure=measure,
        measure_en=measure_en,
        rows=guarded(kind),
        day="",
        unit="",
    )


def _done(id: str, label: str, label_en: str, what: str, what_en: str, **more: Any) -> Figure:
    """A figure over the counted days."""
    rows, day = more.pop("of"), more.get("day", "day")
    return made(
        id,
        f"重大活动期间：{label}",
        f"Major events: {label_en}",
        f"{what}只计重大活动统计时段内的日期；活动没有另定统计时段的，按保障期间。",
        f"{what_en} Only days over which a major event is counted; the whole event where no such days are set.",
        rows=on_counted_days(rows, day),
        **more,
    )


GUARDED = (
    _guarded("X05", rules.PlaceKind.GATEWAY, "个", "places"),
    _guarded("X06", rules.PlaceKind.KEY_ROAD, "条", "roads"),
    _guarded("X07", rules.PlaceKind.RECEPTION, "个", "places"),
    _guarded("X08", rules.PlaceKind.HOTEL, "个", "hotels"),
    made(
        "X09",
        "机动应急保障队伍",
        "Reserve teams",
        "期内有保障日的活动中组建的机动队伍数。",
        "Reserve teams formed for events of which a day lies in the period.",
        measure="支",
        measure_en="teams",
        rows=reserves,
        day="",
    ),
)
DONE = (
    _done(
        "X11",
        "出动执法人员",
        "attendances",
        "有有效签到的班次数，一人一班计一人次。",
        "Shifts with a check-in that counts, one for each person and shift.",
        measure="人次",
        measure_en="person-times",
        of=attended,
    ),
    _done(
        "X12",
        "巡查道路",
        "road visits",
        "道路巡查数，一条路巡一遍计一条次，重复巡查重复计。",
        "Roads patrolled, one for each road and pass: repeats count.",
        measure="条次",
        measure_en="road visits",
        of=roads,
    ),
    _done(
        "X13",
        "执法检查",
        "inspections",
        "执法检查数，一次检查一个对象计一次。",
        "Inspections, one for each party or place and time.",
        measure="次",
        measure_en="inspections",
        of=inspections,
    ),
    _done(
        "X14",
        "执法整治行动",
        "operations",
        "已报结果的执法行动数，含联合执法和本单位行动，按行动日期。",
        "Operations that were reported, joint ones and those of one unit, by the day they were held.",
        measure="次",
        measure_en="operations",
        day="held_on",
        of=operations,
    ),
    _done(
        "X15",
        "教育劝阻相对人",
        "persuasions",
        "以当场教育劝阻办结的巡查发现数，一次劝阻计一人次；不是案件。",
        "Findings that ended in persuasion on the spot, one person-time each; not cases.",
        measure="人次",
        measure_en="person-times",
        of=persuasions,
    ),
)
FIGURES = (*GUARDED, *DONE)
