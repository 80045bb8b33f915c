"""Roads patrolled and inspections made; what is counted on the days of a major event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from xiuhua.duty import actions, figures, permissions, queries, rules
from xiuhua.duty.models import Event, Inspection, RoadPatrol, Task
from xiuhua.duty.tests.street import Street
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT

YEAR = Period(date(AT.year, 1, 1), date(AT.year, 12, 31))
HOTEL = [actions.Guarded(1, "hotel", "示例宾馆")]


def test_each_pass_of_a_road_is_a_row_of_its_own_and_the_same_pass_counts_once(street: Street) -> None:
    shift = street.shift()
    made = actions.patrol_road(road=" 示例路 ", by=street.officer, at=AT)
    assert (made.road, made.shift, made.day, made.unit) == ("示例路", shift, AT.date(), street.unit)
    actions.patrol_road(road="示例路", by=street.officer, at=AT + timedelta(minutes=20))
    with pytest.raises(Invalid, match="已登记过"):
        actions.patrol_road(road="示例路", by=street.officer, at=AT)
    assert RoadPatrol.objects.count() == 2
    actions.patrol_road(road="不常走的路", by=street.officer, at=AT)
    assert queries.roads_known(street.officer, street.unit.pk) == ["示例路", "不常走的路"]
    assert RecordEntry.objects.filter(verb="duty.patrol_road").count() == 3


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"road": " "}, "road"),
        ({"road": "路" * 61}, "road"),
        ({"went_at": AT + timedelta(minutes=6)}, "at"),
        ({"went_at": AT - timedelta(hours=25)}, "at"),
    ],
)
def test_a_patrol_of_no_road_or_of_another_day_is_invalid(
    street: Street, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        actions.patrol_road(**{"road": "示例路", "by": street.officer, "at": AT, **more})
    assert list(error.value.errors) == [field]


def test_whoever_has_no_duty_on_the_street_patrols_nothing(street: Street) -> None:
    with pytest.raises(Refused):
        actions.patrol_road(road="示例路", by=street.dispatcher, at=AT)
    assert not permissions.can_inspect(street.dispatcher)


def test_an_assistant_inspects_nobody(street: Street) -> None:
    assistant = street.bureau.actor("auxiliary")
    actions.patrol_road(road="示例路", by=assistant, at=AT)
    with pytest.raises(Refused) as error:
        actions.inspect(whom="示例店", place="示例路1号", outcome="clear", by=assistant, at=AT)
    assert error.value.refusals[0].ground == "SHUM §16"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"whom": ""}, "whom"),
        ({"whom": "店" * 101}, "whom"),
        ({"place": ""}, "place"),
        ({"outcome": "fine"}, "outcome"),
        ({"outcome": "found"}, "note"),
        ({"note": "字" * 301}, "note"),
        ({"inspected_at": AT + timedelta(hours=1)}, "at"),
    ],
)
def test_an_inspection_says_whom_where_and_what_came_of_it(
    street: Street, more: dict[str, Any], field: str
) -> None:
    said: dict[str, Any] = {"whom": "示例店", "place": "示例路1号", "outcome": "clear"}
    with pytest.raises(Invalid) as error:
        actions.inspect(**{**said, "by": street.officer, "at": AT, **more})
    assert list(error.value.errors) == [field]


def test_an_inspection_that_is_sent_twice_counts_once(street: Street) -> None:
    said: dict[str, Any] = {"place": "示例路1号", "outcome": "clear", "by": street.officer, "at": AT}
    actions.inspect(whom="示例店", **said)
    with pytest.raises(Invalid, match="已登记过"):
        actions.inspect(whom=" 示例店 ", **said)
    actions.inspect(whom="示例店", inspected_at=AT - timedelta(minutes=1), **said)
    actions.inspect(whom="示例二店", **said)
    assert Inspection.objects.count() == RecordEntry.objects.filter(verb="duty.inspect").count() == 3


def test_the_database_keeps_no_finding_without_a_word(street: Street) -> None:
    made = actions.inspect(whom="示例店", place="示例路1号", outcome="clear", by=street.officer, at=AT)
    made.outcome = "found"
    with pytest.raises(IntegrityError), transaction.atomic(), record.act("示例", by=SYSTEM, at=AT):
        made.save()


def source_check(street: Street) -> Task:
    plan = queries.plan_for("smog", "orange")
    assert plan is not None
    actions.start_plan(
        plan=plan,
        starts_on=AT.date(),
        ends_on=AT.date(),
        units=[street.unit],
        by=street.dispatcher,
        at=AT,
    )
    return Task.objects.get(unit=street.unit, kind=rules.TaskKind.SOURCE_CHECK)


def test_a_check_of_sources_is_reported_after_an_inspection_only(street: Street) -> None:
    task = source_check(street)
    actions.receive_task(task=task, by=street.officer, at=AT)
    with pytest.raises(Refused, match="先登记检查"):
        actions.report_task(task=task, result="示例", by=street.officer, at=AT)
    made = actions.inspect(
        whom="示例工地", place="示例路2号", outcome="told", note="已覆盖", task=task, by=street.officer, at=AT
    )
    assert (made.task, made.unit) == (task, street.unit)
    assert actions.report_task(task=task, result="示例", by=street.officer, at=AT).state == "done"
    with pytest.raises(Refused):
        actions.inspect(
            whom="示例工地", place="示例路2号", outcome="clear", task=task, by=street.officer, at=AT
        )


def declared(street: Street, **more: Any) -> Event:
    said = {
        "name": "示例会",
        "starts_on": AT.date(),
        "ends_on": AT.date() + timedelta(days=9),
        "orders": HOTEL,
    }
    return actions.declare_event(**{**said, "by": street.dispatcher, "at": AT, **more})


def test_the_counted_days_lie_within_the_event(street: Street) -> None:
    day = AT.date()
    for wrong in ((day - timedelta(days=1), day), (day, day + timedelta(days=10)), (day + timedelta(1), day)):
        with pytest.raises(Invalid):
            declared(street, counted=wrong)
    event = declared(street, counted=(day + timedelta(days=2), day + timedelta(days=3)))
    assert queries.counted_windows(SYSTEM, YEAR.start, YEAR.end) == [
        (day + timedelta(days=2), day + timedelta(days=3))
    ]
    actions.end_event(event=event, summary="示例", by=street.dispatcher, at=AT)
    assert event.counted_to == event.counted_from


@pytest.mark.parametrize(
    ("ended", "counted"), [(0, []), (1, []), (2, [(2, 2)]), (4, [(2, 4)]), (9, [(2, 5)])]
)
def test_no_day_after_the_end_of_an_event_is_counted(
    street: Street, ended: int, counted: list[tuple[int, int]]
) -> None:
    def day(n: int) -> date:
        return AT.date() + timedelta(days=n)

    event = declared(street, counted=(day(2), day(5)))
    actions.end_event(event=event, summary="示例", by=street.dispatcher, at=AT + timedelta(days=ended))
    assert queries.counted_windows(SYSTEM, YEAR.start, YEAR.end) == [(day(a), day(b)) for a, b in counted]


def test_an_operation_of_one_unit_names_no_other_body(street: Street) -> None:
    said: dict[str, Any] = {
        "unit": street.unit,
        "title": "示例整治",
        "held_on": AT.date(),
        "place": "示例路",
        "at": AT,
    }
    for wrong in ({"joint": False, "bodies": [("示例局", 2)]}, {"joint": True, "bodies": []}):
        with pytest.raises(Invalid):
            actions.plan_operation(**{**said, **wrong, "by": street.head})
    assert not actions.plan_operation(**said, joint=False, bodies=[], by=street.head).joint


def counts(period: Period = YEAR) -> dict[str, int]:
    with clock.held_at(AT + timedelta(days=30)):
        return {f.id: f.rows(SYSTEM, period).count() for f in figures.DONE}


def test_what_is_done_counts_on_the_counted_days_only(street: Street) -> None:
    street.shift()
    street.check_in()
    actions.patrol_road(road="示例路", by=street.officer, at=AT)
    actions.inspect(whom="示例店", place="示例路1号", outcome="clear", by=street.officer, at=AT)
    operation = actions.plan_operation(
        unit=street.unit,
        title="示例整治",
        held_on=AT.date(),
        place="示例路",
        joint=False,
        bodies=[],
        by=street.head,
        at=AT,
    )
    assert set(counts().values()) == {0}
    declared(street, counted=(AT.date(), AT.date()))
    assert counts() == {"X11": 1, "X12": 1, "X13": 1, "X14": 0, "X15": 0}
    actions.report_operation(operation=operation, result="示例", by=street.head, at=AT)
    assert counts()["X14"] == 1
    assert set(counts(Period(AT.date() + timedelta(1), YEAR.end)).values()) == {0}


def day(n: int) -> date:
    return date(2018, 10, 1) + timedelta(days=n - 1)


@pytest.mark.parametrize(
    ("windows", "found"),
    [
        ([], []),
        ([(day(5), day(8))], [(day(5), day(8))]),
        ([(day(1), day(3)), (day(28), day(31))], []),
        ([(day(1), day(12)), (day(20), day(31))], [(day(4), day(12)), (day(20), day(25))]),
        ([(day(9), day(12)), (day(5), day(10))], [(day(5), day(12))]),
        ([(day(5), day(6)), (day(7), day(8))], [(day(5), day(8))]),
        ([(day(5), day(12)), (day(6), day(7))], [(day(5), day(12))]),
    ],
)
def test_counted_days_are_cut_to_the_period_and_joined(
    windows: list[tuple[date, date]], found: list[tuple[date, date]]
) -> None:
    assert rules.counted_days(windows, day(4), day(25)) == found
