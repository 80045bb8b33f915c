"""Events, emergency plans, reserve teams, calls, tasks and joint operations on a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from xiuhua.duty import actions, figures, permissions, queries, rules
from xiuhua.duty.actions import Guarded
from xiuhua.duty.models import Call, Event, Plan, Task
from xiuhua.duty.tests.street import Street
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.org.figures import Period
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT

TODAY = AT.date()
YEAR = Period.year(2026)
HOTEL = Guarded(1, "hotel", "示例宾馆")
EVERYWHERE = Guarded(2, "area")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.code for r in refused.value.refusals]


def declared(street: Street, **more: Any) -> Event:
    said: dict[str, Any] = {
        "name": "示例活动",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=3),
        "orders": [HOTEL, EVERYWHERE],
        "by": street.dispatcher,
        "at": AT,
    }
    return actions.declare_event(**(said | more))


def test_an_event_raises_the_level_of_the_district_and_guards_places(street: Street) -> None:
    declared(street)
    area = street.unit.areas.get()
    orders = queries.level_orders(street.officer, TODAY, TODAY)
    assert rules.level_on(area.pk, TODAY, orders) == 2
    assert queries.active_events(street.officer, TODAY).count() == 1
    counted = {f.id: f.rows(SYSTEM, YEAR).count() for f in figures.GUARDED}
    assert counted == {"X05": 0, "X06": 0, "X07": 0, "X08": 1, "X09": 0}


def test_an_area_may_stand_higher_than_the_district(street: Street) -> None:
    area = street.unit.areas.get()
    declared(street, orders=[EVERYWHERE, Guarded(1, "area", area.name, area)])
    orders = queries.level_orders(street.officer, TODAY, TODAY)
    assert rules.level_on(area.pk, TODAY, orders) == 1
    assert rules.level_on(street.bureau.west.areas.get().pk, TODAY, orders) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ({"orders": []}, "orders"),
        ({"orders": [Guarded(3, "hotel", "示例")]}, "orders"),
        ({"orders": [Guarded(1, "castle", "示例")]}, "orders"),
        ({"orders": [Guarded(1, "hotel", " ")]}, "orders"),
    ],
)
def test_an_event_that_says_too_little_is_refused(
    street: Street, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        declared(street, **changes)
    assert list(invalid.value.errors) == [field]


@pytest.mark.parametrize("who", ["officer", "head", "inspector"])
def test_levels_are_ordered_by_the_bureau_and_the_desk_only(street: Street, who: str) -> None:
    by = getattr(street, who)
    plan = Plan.objects.get(hazard="typhoon", colour="red")
    acts: tuple[Callable[[], Event], ...] = (
        lambda: declared(street, by=by),
        lambda: actions.start_plan(plan=plan, starts_on=TODAY, ends_on=TODAY, by=by, at=AT),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["order_needed"]
    assert not permissions.can_order(by)


def started(street: Street, hazard: str, colour: str, **more: Any) -> Event:
    plan = queries.plan_for(hazard, colour)
    assert plan is not None
    said: dict[str, Any] = {"starts_on": TODAY, "ends_on": TODAY, "by": street.dispatcher, "at": AT}
    return actions.start_plan(plan=plan, **(said | more))


def test_a_red_typhoon_calls_everybody_and_orders_every_unit(street: Street) -> None:
    people = [street.officer, street.colleague, street.head]
    event = started(street, "typhoon", "red", units=[street.unit])
    assert event.all_hands
    assert set(event.calls.values_list("officer", flat=True)) == {p.officer_id for p in people}
    task = Task.objects.get(event=event)
    assert (task.kind, task.unit, task.due_at) == ("special", street.unit, AT + timedelta(hours=3))
    orders = queries.level_orders(street.officer, TODAY, TODAY)
    assert rules.level_on(None, TODAY, orders) == 1


def test_smog_orders_checks_of_sources_where_it_is_declared(street: Street) -> None:
    area = street.unit.areas.get()
    event = started(street, "smog", "yellow", areas=[area])
    kinds = set(event.tasks.values_list("kind", "unit__code"))
    assert ("source_check", street.unit.code) in kinds
    assert street.bureau.west.code not in {code for _kind, code in kinds}
    assert not event.all_hands


def test_snow_of_the_lowest_colour_calls_nobody(street: Street) -> None:
    event = started(street, "snow", "blue")
    assert not event.calls.exists()
    assert event.tasks.count() == 4
    with pytest.raises(Invalid):
        started(street, "snow", "blue", ends_on=TODAY - timedelta(days=1))
    assert [p.colour for p in queries.plans() if p.hazard == "snow"] == ["blue", "yellow", "orange", "red"]


def test_a_call_is_answered_once_by_the_one_who_was_called(street: Street) -> None:
    assert street.officer.officer_id
    started(street, "typhoon", "red", units=[street.unit])
    call = queries.calls_of(street.officer).get()
    for who in (street.colleague, street.head):
        with pytest.raises(Refused):
            actions.answer_call(call=call, coming=True, by=who, at=AT)
    with pytest.raises(Invalid):
        actions.answer_call(call=call, coming=False, by=street.officer, at=AT)
    actions.answer_call(call=call, coming=False, note="示例：住院", by=street.officer, at=AT)
    with pytest.raises(Refused):
        actions.answer_call(call=call, coming=True, by=street.officer, at=AT)
    assert Call.objects.get(pk=call.pk).coming is False
    assert not queries.calls_of(street.officer).exists()


def test_an_event_is_ended_once_with_a_summary_and_its_level_falls(street: Street) -> None:
    event = declared(street)
    later = AT + timedelta(days=1)
    with pytest.raises(Invalid):
        actions.end_event(event=event, summary="", by=street.dispatcher, at=later)
    actions.end_event(event=event, summary="示例：平稳", by=street.dispatcher, at=later)
    assert event.ends_on == later.date()
    after = TODAY + timedelta(days=2)
    assert rules.level_on(None, after, queries.level_orders(street.officer, after, after)) == 0
    with pytest.raises(Refused):
        actions.end_event(event=event, summary="示例", by=street.dispatcher, at=later)


def test_a_reserve_team_is_of_people_of_its_unit(street: Street) -> None:
    event, mine = declared(street), Officer.objects.get(pk=street.officer.officer_id or 0)
    stranger = street.bureau.officer("officer", street.bureau.west)
    for name, members in ((" ", [mine]), ("示例队", []), ("示例队", [mine, stranger])):
        with pytest.raises(Invalid):
            actions.form_reserve(
                event=event, unit=street.unit, name=name, members=members, by=street.head, at=AT
            )
    team = actions.form_reserve(
        event=event, unit=street.unit, name="示例队", members=[mine], by=street.head, at=AT
    )
    assert list(team.members.all()) == [mine]
    assert figures.reserves(SYSTEM, YEAR).count() == 1
    with pytest.raises(Refused):
        actions.form_reserve(
            event=event, unit=street.bureau.west, name="示例", members=[mine], by=street.head, at=AT
        )


def issued(street: Street, **more: Any) -> Task:
    said: dict[str, Any] = {
        "kind": "daily",
        "title": "示例：校园周边",
        "unit": street.unit,
        "due_at": AT + timedelta(days=1),
        "by": street.dispatcher,
        "at": AT,
    }
    return actions.issue_task(**(said | more))


def test_a_task_is_signed_for_goes_on_and_comes_back_with_its_result(street: Street) -> None:
    task = issued(street)
    for early in (
        lambda: actions.note_progress(task=task, text="示例", by=street.officer, at=AT),
        lambda: actions.report_task(task=task, result="示例", by=street.officer, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            early()
        assert codes(refused) == ["task_not_received"]
    actions.receive_task(task=task, by=street.officer, at=AT)
    with pytest.raises(Refused) as refused:
        actions.receive_task(task=task, by=street.officer, at=AT)
    assert codes(refused) == ["task_received"]
    actions.note_progress(task=task, text="示例：查了一半", by=street.officer, at=AT)
    with pytest.raises(Invalid):
        actions.report_task(task=task, result=" ", by=street.officer, at=AT)
    actions.report_task(task=task, result="示例：清理三处", by=street.officer, at=AT)
    assert (task.state, task.notes.count()) == ("done", 1)
    for late in (
        lambda: actions.note_progress(task=task, text="示例", by=street.officer, at=AT),
        lambda: actions.withdraw_task(task=task, reason="示例", by=street.dispatcher, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            late()
        assert codes(refused) == ["task_closed"]


def test_a_task_is_carried_out_by_its_unit_and_by_the_person_it_names(street: Street) -> None:
    stranger = street.bureau.actor("officer", street.bureau.west)
    task = issued(street, officer=Officer.objects.get(pk=street.officer.officer_id or 0))
    for who, code in ((stranger, "task_of_another_unit"), (street.colleague, "task_of_another")):
        with pytest.raises(Refused) as refused:
            actions.receive_task(task=task, by=who, at=AT)
        assert codes(refused) == [code]
        assert not permissions.can_carry_out(task, who)
    actions.receive_task(task=task, by=street.officer, at=AT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "x"}, "kind"), ({"title": " "}, "title"), ({"due_at": AT}, "due_at")],
)
def test_a_task_that_says_too_little_is_refused(street: Street, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        issued(street, **changes)
    assert list(invalid.value.errors) == [field]
    with pytest.raises(Invalid) as invalid:
        issued(street, officer=street.bureau.officer("officer", street.bureau.west))
    assert list(invalid.value.errors) == ["officer"]


def test_a_head_gives_tasks_to_the_own_unit_and_the_bureau_to_those_in_its_name(street: Street) -> None:
    issued(street, by=street.head)
    with pytest.raises(Refused) as refused:
        issued(street, by=street.head, unit=street.bureau.west)
    assert codes(refused) == ["task_elsewhere"]
    bureau_head = street.bureau.actor("bureau_head")
    issued(street, by=bureau_head, unit=street.bureau.west)
    with pytest.raises(Refused):
        issued(street, by=bureau_head, unit=street.bureau.town)
    with pytest.raises(Refused):
        issued(street, by=street.officer)


def test_tasks_are_counted_by_kind_and_withdrawn_ones_are_not(street: Street) -> None:
    issued(street)
    issued(street, kind="special")
    gone = issued(street)
    actions.withdraw_task(task=gone, reason="示例：重复", by=street.dispatcher, at=AT)
    counted = {f.id: f.rows(SYSTEM, YEAR).count() for f in figures.COUNTS}
    assert (counted["A16"], counted["A17"]) == (1, 1)


def test_a_joint_operation_names_its_bodies_and_reports_once(street: Street) -> None:
    said: dict[str, Any] = {"unit": street.unit, "held_on": TODAY, "by": street.head, "at": AT}
    for title, place, bodies in (
        ("", "示例路", [("示例公安", 1)]),
        ("示例", " ", [("示例公安", 1)]),
        ("示例", "示例路", []),
        ("示例", "示例路", [("", 3)]),
        ("示例", "示例路", [("示例公安", -1)]),
    ):
        with pytest.raises(Invalid):
            actions.plan_operation(title=title, place=place, bodies=bodies, **said)
    made = actions.plan_operation(
        title="示例：亮灯", place="示例路", bodies=[("示例公安", 12), ("示例交警", 0)], our_people=8, **said
    )
    assert made.bodies.count() == 2
    early = AT - timedelta(days=1)
    with pytest.raises(Refused):
        actions.report_operation(operation=made, result="示例", by=street.head, at=early)
    actions.report_operation(operation=made, result="示例：查获二辆", checked=30, by=street.head, at=AT)
    assert made.checked == 30
    with pytest.raises(Refused):
        actions.report_operation(operation=made, result="示例", by=street.head, at=AT)
    with pytest.raises(Refused):
        actions.plan_operation(
            title="示例", place="示例", bodies=[("示例", 1)], **{**said, "by": street.officer}
        )
