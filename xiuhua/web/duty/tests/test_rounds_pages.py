"""Roads and inspections are put down on the phone and stand on one page; an event says its counted days."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from xiuhua.duty import actions, queries
from xiuhua.duty.models import Event, Inspection, Operation, RoadPatrol, Task
from xiuhua.duty.tests.street import Street
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.observations import actions as observations
from xiuhua.observations.tests.street import car
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.duty.rounds import PAGE

Browse = Callable[[Actor], Client]
NOW = f"{AT:%Y-%m-%d %H:%M}"


@pytest.mark.slow
def test_a_road_and_an_inspection_are_put_down_and_read(street: Street, browse: Browse) -> None:
    client = browse(street.officer)
    assert client.post("/duty/rounds/road/", {"road": "", "at": NOW}).status_code == 422
    assert client.post("/duty/rounds/road/", {"road": "示例路", "at": NOW}).status_code == 302
    assert "示例路" in client.get("/duty/rounds/road/").content.decode()
    said = {"whom": "示例店", "place": "示例路1号", "outcome": "found", "note": "", "at": NOW}
    assert client.post("/duty/rounds/inspection/", said).status_code == 422
    assert client.post("/duty/rounds/inspection/", {**said, "note": "占道"}).status_code == 302
    page = browse(street.head).get("/duty/rounds/").content.decode()
    assert "示例路" in page
    assert "占道" in page
    assert (RoadPatrol.objects.count(), Inspection.objects.count()) == (1, 1)
    dispatcher = browse(street.dispatcher)
    assert "登记道路巡查" not in dispatcher.get("/duty/rounds/").content.decode()
    assert dispatcher.get("/duty/rounds/road/").status_code in {403, 409}
    assert browse(street.bureau.actor("auxiliary")).get("/duty/rounds/inspection/").status_code == 409


@pytest.mark.slow
def test_each_of_the_two_lists_turns_its_own_pages(street: Street, browse: Browse) -> None:
    client = browse(street.officer)
    for n in range(PAGE + 1):
        client.post("/duty/rounds/road/", {"road": f"示例{n}路", "at": NOW})
    said = {"whom": "示例店", "place": "示例路1号", "outcome": "found", "note": "占道", "at": NOW}
    client.post("/duty/rounds/inspection/", said)
    first = client.get("/duty/rounds/").context
    assert (len(first["roads"]), len(first["inspections"])) == (PAGE, 1)
    second = client.get("/duty/rounds/?roads=2")
    assert len(second.context["roads"]) == 1
    assert "roads=1" in second.content.decode()
    assert "inspections=" not in second.content.decode()


@pytest.mark.slow
def test_an_inspection_of_a_task_stands_on_its_page(street: Street, browse: Browse) -> None:
    plan = queries.plan_for("smog", "orange")
    assert plan is not None
    day = AT.date()
    actions.start_plan(
        plan=plan, starts_on=day, ends_on=day, units=[street.unit], by=street.dispatcher, at=AT
    )
    task = Task.objects.get(kind="source_check")
    actions.receive_task(task=task, by=street.officer, at=AT)
    client = browse(street.officer)
    assert "登记执法检查" in client.get(f"/duty/tasks/{task.pk}/").content.decode()
    said = {"whom": "示例工地", "place": "示例路2号", "outcome": "clear", "at": NOW}
    answer = client.post(f"/duty/rounds/inspection/?task={task.pk}", said)
    assert answer["Location"].endswith(f"/duty/tasks/{task.pk}/")
    assert "示例工地" in client.get(f"/duty/tasks/{task.pk}/").content.decode()
    assert client.get("/duty/rounds/inspection/?task=999").status_code == 404
    assert client.get("/duty/rounds/inspection/?task=²").status_code == 200


@pytest.mark.slow
def test_an_event_has_counted_days_and_an_operation_may_be_of_one_unit(
    street: Street, browse: Browse
) -> None:
    desk = browse(street.dispatcher)
    said = {
        "name": "示例会",
        "starts_on": "2026-10-10",
        "ends_on": "2026-11-15",
        "orders": "一级 宾馆 示例宾馆",
        "counted_from": "2026-10-26",
    }
    assert desk.post("/duty/events/new/", said).status_code == 422
    assert desk.post("/duty/events/new/", {**said, "counted_to": "2026-11-11"}).status_code == 302
    page = desk.get(f"/duty/events/{Event.objects.get().pk}/").content.decode()
    assert "统计时段" in page
    assert "/figures/?year=2026" in page
    both = {"joint": "yes", "title": "示例联合", "held_on": NOW[:10], "place": "示例路", "bodies": "示例局 ²"}
    new = {"joint": "no", "title": "示例整治", "held_on": NOW[:10], "place": "示例路", "bodies": ""}
    head = browse(street.head)
    assert head.post("/duty/operations/new/", {**new, "bodies": "示例局 2"}).status_code == 422
    assert head.post("/duty/operations/new/", new).status_code == 302
    assert not Operation.objects.get().joint
    assert head.post("/duty/operations/new/", both).status_code == 302
    assert Operation.objects.get(joint=True).bodies.get().body == "示例局 ²"
    assert "本单位行动" in head.get("/duty/operations/").content.decode()


@pytest.mark.slow
def test_every_figure_opens_its_rows(street: Street, browse: Browse) -> None:
    actions.patrol_road(road="示例路", by=street.officer, at=AT)
    actions.inspect(whom="示例店", place="示例路1号", outcome="clear", by=street.officer, at=AT)
    orders = [actions.Guarded(1, "hotel", "示例宾馆")]
    day = AT.date()
    actions.declare_event(
        name="示例会", starts_on=day, ends_on=day, orders=orders, by=street.dispatcher, at=AT
    )
    client = browse(street.bureau.actor("statistics_clerk"))
    first = client.get("/figures/?year=2026").context
    assert [name for _code, name in first["chapters"]][-2:] == ["重大活动保障", "设备"]
    chapters = [client.get(f"/figures/?year=2026&of={of}").context for of, _name in first["chapters"]]
    shown = {f["id"]: f["shown"] for chapter in chapters for f in chapter["figures"]}
    assert (shown["X12"], shown["X13"], shown["A18"], shown["A19"]) == ("1", "1", "0", "—")
    for id in shown:
        assert client.get(f"/figures/{id}/?year=2026").status_code == 200, id
    assert "示例路" in client.get("/figures/X12/?year=2026").content.decode()


@pytest.mark.slow
def test_a_fault_that_was_given_to_somebody_stands_among_his_or_her_work(
    street: Street, browse: Browse
) -> None:
    device = car(street.unit)
    fault = observations.report_fault(device=device, what="异响", by=SYSTEM, at=AT)
    assert "设备故障" not in browse(street.officer).get("/duty/mine/").content.decode()
    officer = Officer.objects.get(pk=street.officer.officer_id or 0)
    observations.assign_fault(fault=fault, officer=officer, by=SYSTEM, at=AT)
    assert f"/devices/faults/{fault.pk}/" in browse(street.officer).get("/duty/mine/").content.decode()
