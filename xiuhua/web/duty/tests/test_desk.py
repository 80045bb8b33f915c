"""The desk of the street: the grid, files in and out, swaps, appeals, tasks, events, operations, rates."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from xiuhua.duty import actions
from xiuhua.duty.models import Appeal, Event, Operation, Point, Reserve, Shift, Swap, Task
from xiuhua.duty.tests.street import Street
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.duty import sheets

Browse = Callable[[Actor], Client]
LATER = AT + timedelta(hours=10)


def staff_no(actor: Actor) -> str:
    return Officer.objects.get(pk=actor.officer_id or 0).staff_no


def roster_file(street: Street, *rows: tuple[str, ...]) -> SimpleUploadedFile:
    data = sheets.written(["工号", "日期", "班次", "巡区"], rows)
    return SimpleUploadedFile("roster.xlsx", data)


def test_the_week_stands_in_a_grid_and_goes_out_as_a_file_that_comes_in_again(
    street: Street, browse: Browse
) -> None:
    street.shift()
    client = browse(street.head)
    page = client.get("/duty/")
    cells = {(c.shift.officer_id, day) for line in page.context["lines"] for day, cs in line.days for c in cs}
    assert cells == {(street.officer.officer_id, AT.date())}
    assert "排一个班" in page.content.decode()
    assert "排一个班" not in browse(street.officer).get("/duty/").content.decode()
    answer: Any = client.get("/duty/?format=xlsx")
    out = b"".join(answer.streaming_content)
    lines = sheets.read(out, "x.xlsx")
    assert [(x.staff_no, x.shift, x.beat) for x in lines] == [(staff_no(street.officer), "日班", "B1")]
    assert client.get("/duty/?unit=SW").status_code == 404


def test_a_file_is_tried_first_and_its_faulty_rows_come_back(street: Street, browse: Browse) -> None:
    client = browse(street.head)
    good = (staff_no(street.officer), "2026-05-20", "日班", "B1")
    bad = ("没有", "2026-05-20", "日班", "")

    def sent(do: str, *rows: tuple[str, ...]) -> Any:
        return client.post("/duty/import/", {"file": roster_file(street, *rows), "do": do})

    page = sent("check", good, bad)
    assert len(page.context["faults"]) == 1
    answer = client.post("/duty/import/faulty/", {"file": page.context["faulty_file"]})
    book = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert next(cell.value for cell in book[2]) == "没有"
    assert sent("write", good, bad).status_code == 200
    assert not Shift.objects.exists()
    assert sent("good", good, bad).status_code == 302
    assert Shift.objects.count() == 1
    assert client.post("/duty/import/", {"do": "check"}).context["wrong"]
    assert client.post("/duty/import/faulty/", {"file": "!"}).status_code == 422
    assert client.get("/duty/import/blank/").content[:2] == b"PK"


@pytest.mark.parametrize(
    "data",
    [
        b"PK not a workbook",
        b"\xff\xfe\x00",
        "工号,日期\n1,2".encode(),
        "工号,日期,班次\n".encode(),
        b"x" * (sheets.MOST_BYTES + 1),
    ],
)
def test_a_file_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        sheets.read(data, "x")


def test_csv_is_read_as_well_as_xlsx() -> None:
    text = "\ufeff工号,日期,班次\nD1,2026/5/20,日班\n,,\n"
    assert [(x.row, x.staff_no, x.day) for x in sheets.read(text.encode(), "x.csv")] == [
        (2, "D1", "2026/5/20")
    ]


def test_a_shift_is_planned_copied_and_cancelled(street: Street, browse: Browse) -> None:
    client, day = browse(street.head), AT.date() + timedelta(days=1)
    data = {
        "officer": street.officer.officer_id,
        "day": day.isoformat(),
        "kind": "day",
        "beat": street.beat.pk,
    }
    assert client.post("/duty/shifts/new/", data).status_code == 302
    assert client.post("/duty/shifts/new/", data).status_code == 422
    assert client.get("/duty/shifts/new/").status_code == 200
    copied = {"to": (day + timedelta(days=7)).isoformat()}
    assert client.post(f"/duty/copy/?week={day}", copied).status_code == 302
    assert client.post(f"/duty/copy/?week={day}", {"to": day.isoformat()}).status_code == 422
    assert Shift.objects.count() == 2
    shift = Shift.objects.order_by("day")[0]
    assert client.get(f"/duty/shifts/{shift.pk}/").context["may_cancel"]
    assert client.post(f"/duty/shifts/{shift.pk}/cancel/", {"reason": ""}).status_code == 422
    assert client.post(f"/duty/shifts/{shift.pk}/cancel/", {"reason": "示例"}).status_code == 302
    assert client.get(f"/duty/shifts/{shift.pk}/").status_code == 404


def test_a_swap_goes_from_hand_to_hand_on_the_pages(street: Street, browse: Browse) -> None:
    shift = street.shift(day=AT.date() + timedelta(days=2))
    officer, colleague, head = (browse(a) for a in (street.officer, street.colleague, street.head))
    url = f"/duty/shifts/{shift.pk}/swap/"
    assert officer.get(url).status_code == 200
    assert officer.post(url, {"other": street.colleague.officer_id, "reason": ""}).status_code == 422
    assert officer.post(url, {"other": street.colleague.officer_id, "reason": "示例"}).status_code == 302
    swap = Swap.objects.get()
    assert "示例" in colleague.get("/duty/mine/").content.decode()
    for client, do, status in (
        (head, "approve", 409),
        (officer, "consent", 409),
        (colleague, "x", 422),
        (colleague, "consent", 302),
        (head, "approve", 302),
        (officer, "withdraw", 409),
    ):
        assert client.post(f"/duty/swaps/{swap.pk}/", {"do": do}).status_code == status, do
    assert Shift.objects.get().officer_id == street.colleague.officer_id


def test_an_absence_is_appealed_and_decided_on_the_pages(street: Street, browse: Browse) -> None:
    shift = street.shift()
    officer, head = browse(street.officer), browse(street.head)
    with clock.held_at(LATER):
        assert officer.get(f"/duty/shifts/{shift.pk}/").context["may_appeal"]
        assert officer.get(f"/duty/shifts/{shift.pk}/appeal/").status_code == 200
        assert officer.post(f"/duty/shifts/{shift.pk}/appeal/", {"reason": ""}).status_code == 422
        assert officer.post(f"/duty/shifts/{shift.pk}/appeal/", {"reason": "示例：没电"}).status_code == 302
        appeal = Appeal.objects.get()
        assert [s for s, _kind, _state in head.get("/duty/rates/").context["rows"]] == [shift]
        url = f"/duty/appeals/{appeal.pk}/"
        assert head.get(url).status_code == 200
        assert head.post(url, {"decision": "grant", "reason": ""}).status_code == 422
        assert head.post(url, {"decision": "grant", "reason": "示例：属实"}).status_code == 302
        assert officer.get(url).status_code == 409
    assert Shift.objects.get().excused


def test_rates_open_their_rows(street: Street, browse: Browse) -> None:
    street.shift()
    street.check_in()
    with clock.held_at(LATER):
        client = browse(street.head)
        rates = client.get("/duty/rates/?month=2026-05").context["rates"]
        assert [r["shown"] for r in rates] == ["100.0%", "50.0%", "—"]
        assert client.get("/duty/rates/?month=2026-05&unit=SE").status_code == 200
        for figure, rows in {"R01": 1, "R02": 1, "A12": 1, "A13": 2, "A14": 1, "X08": 0, "A16": 0}.items():
            page = client.get(f"/figures/{figure}/?year=2026&month=5")
            assert page.context["shown"].paginator.count == rows, figure
        assert client.get("/figures/?year=2026&of=duty").context["figures"]
        data = client.get(reverse("web:figure-data", args=["R01", "json"]) + "?year=2026").json()
        assert (data["value"], data["denominator"]["number"]) == (100.0, 1)


def test_an_inspector_looks_into_a_doubtful_check_in(street: Street, browse: Browse) -> None:
    made = street.check_in(mock=True)
    client, url = browse(street.inspector), f"/duty/check-ins/{made.pk}/"
    page = client.get("/duty/check-ins/?verdict=doubtful&review=none")
    assert [c.pk for c, _state, _signs in page.context["rows"]] == [made.pk]
    assert b"phone" not in client.get("/duty/check-ins/?format=csv").getvalue()
    assert client.post(url, {"decision": "clear"}).status_code == 422
    assert client.post(url, {"decision": "clear", "note": "示例"}).status_code == 302
    assert browse(street.colleague).get(url).status_code == 404
    assert browse(street.officer).get(url).context["form"] is None


def test_points_and_beats_are_laid_and_closed(street: Street, browse: Browse) -> None:
    client = browse(street.head)
    data = {"code": "N1", "name": "示例新点", "lon": "121.505", "lat": "31.205", "beat": street.beat.pk}
    assert client.get("/duty/points/new/").status_code == 200
    assert client.post("/duty/points/new/", {**data, "lat": "99"}).status_code == 422
    assert client.post("/duty/points/new/", data).status_code == 302
    point = Point.objects.get(code="N1")
    assert client.post("/duty/beats/new/", {"code": "B1", "name": "示例"}).status_code == 422
    assert client.post("/duty/beats/new/", {"code": "B2", "name": "示例"}).status_code == 302
    assert client.get(f"/duty/points/{point.pk}/close/").status_code == 200
    assert client.post(f"/duty/points/{point.pk}/close/", {"on": "2020-01-01"}).status_code == 422
    assert client.post(f"/duty/points/{point.pk}/close/", {"on": "2026-12-31"}).status_code == 302
    assert "示例新点" in client.get("/duty/points/").content.decode()


def test_a_task_goes_out_and_comes_back_on_the_pages(street: Street, browse: Browse) -> None:
    head, officer = browse(street.head), browse(street.officer)
    data = {"kind": "daily", "unit": "SE", "title": "示例任务", "due_at": "2026-05-20 12:00"}
    assert head.get("/duty/tasks/new/").status_code == 200
    assert head.post("/duty/tasks/new/", {**data, "due_at": "2020-01-01 12:00"}).status_code == 422
    assert head.post("/duty/tasks/new/", data).status_code == 302
    url = f"/duty/tasks/{Task.objects.get().pk}/"
    assert officer.get(url).context["may_receive"]
    assert officer.post(f"{url}receive/").status_code == 302
    assert officer.get(f"{url}note/").status_code == 200
    assert officer.post(f"{url}note/", {"text": "示例进展"}).status_code == 302
    assert officer.post(f"{url}report/", {"result": ""}).status_code == 422
    assert officer.post(f"{url}report/", {"result": "示例结果"}).status_code == 302
    assert "示例结果" in officer.get(url).content.decode()
    assert officer.get("/duty/tasks/?format=csv").status_code == 200
    assert len(officer.get("/duty/tasks/").context["rows"]) == 1


def test_events_raise_levels_and_call_people_on_the_pages(street: Street, browse: Browse) -> None:
    desk, officer = browse(street.dispatcher), browse(street.officer)
    orders = "一级 宾馆 示例宾馆\n二级 街镇全域\n1 area 示例E"
    data = {"name": "示例活动", "starts_on": "2026-05-13", "ends_on": "2026-05-20", "orders": orders}
    for wrong in ("三级 宾馆 示例", "一级 城堡 示例", "一级 街镇全域 没有"):
        assert desk.post("/duty/events/new/", {**data, "orders": wrong}).status_code == 422
    assert desk.get("/duty/events/new/").status_code == 200
    assert desk.post("/duty/events/new/", data).status_code == 302
    assert officer.get("/duty/events/new/").status_code == 409
    event = Event.objects.get()
    assert "示例活动" in officer.get("/duty/").content.decode()
    assert {d.level for d in officer.get("/duty/").context["days"]} == {0, 1}
    head = browse(street.head)
    url = f"/duty/events/{event.pk}/reserve/"
    assert head.get(url).status_code == 200
    assert head.post(url, {"name": "示例队"}).status_code == 422
    assert head.post(url, {"name": "示例队", "members": [street.officer.officer_id]}).status_code == 302
    assert Reserve.objects.get().members.count() == 1
    assert desk.get(f"/duty/events/{event.pk}/").status_code == 200
    assert desk.post(f"/duty/events/{event.pk}/end/", {"summary": ""}).status_code == 422
    assert desk.post(f"/duty/events/{event.pk}/end/", {"summary": "示例"}).status_code == 302
    assert desk.get("/duty/events/").status_code == 200


def test_a_plan_is_started_and_calls_are_answered(street: Street, browse: Browse) -> None:
    assert street.officer.officer_id
    desk, officer = browse(street.dispatcher), browse(street.officer)
    data = {"plan": "typhoon-red", "starts_on": "2026-05-13", "ends_on": "2026-05-14", "areas": ["E"]}
    assert desk.get("/duty/events/plan/").status_code == 200
    assert desk.post("/duty/events/plan/", {**data, "ends_on": "2026-05-01"}).status_code == 422
    assert desk.post("/duty/events/plan/", data).status_code == 302
    call = officer.get("/duty/mine/").context["calls"][0]
    assert officer.post(f"/duty/calls/{call.pk}/", {"do": "not", "note": ""}).status_code == 422
    assert officer.post(f"/duty/calls/{call.pk}/", {"do": "coming"}).status_code == 302
    assert desk.get(f"/duty/events/{Event.objects.get().pk}/").context["coming"] == 1


def test_a_joint_operation_is_registered_and_reported(street: Street, browse: Browse) -> None:
    client = browse(street.head)
    data = {
        "joint": "yes",
        "title": "示例联合",
        "held_on": "2026-05-13",
        "place": "示例路",
        "bodies": "示例公安 12\n示例交警",
    }
    assert client.get("/duty/operations/new/").status_code == 200
    assert client.post("/duty/operations/new/", {**data, "bodies": ""}).status_code == 422
    assert client.post("/duty/operations/new/", data).status_code == 302
    operation = Operation.objects.get()
    assert list(operation.bodies.values_list("body", "people")) == [("示例公安", 12), ("示例交警", 0)]
    url = f"/duty/operations/{operation.pk}/"
    assert client.get(url).context["may_report"]
    assert client.get(f"{url}report/").status_code == 200
    assert client.post(f"{url}report/", {"result": ""}).status_code == 422
    assert client.post(f"{url}report/", {"result": "示例", "checked": "30"}).status_code == 302
    assert "30" in client.get(url).content.decode()
    assert client.get("/duty/operations/").status_code == 200


def test_reserve_and_event_rows_open_from_their_figures(street: Street, browse: Browse) -> None:
    guarded = [actions.Guarded(1, "hotel", "示例宾馆")]
    said: dict[str, Any] = {"by": street.dispatcher, "at": AT}
    event = actions.declare_event(name="示例", starts_on=AT.date(), ends_on=AT.date(), orders=guarded, **said)
    member = Officer.objects.get(pk=street.officer.officer_id or 0)
    actions.form_reserve(
        event=event, unit=street.unit, name="示例队", members=[member], by=street.head, at=AT
    )
    actions.issue_task(kind="special", title="示例", unit=street.unit, due_at=LATER, by=street.head, at=AT)
    actions.find(
        kind=street.desk.kinds["street_vending"], content="示例", by=street.officer, at=AT, place="示例路"
    )
    client = browse(street.head)
    for figure in ("X08", "X09", "A15", "A17", "R03"):
        page = client.get(f"/figures/{figure}/?year=2026")
        assert page.status_code == 200
        assert len(page.context["rows"]) == (0 if figure == "R03" else 1), figure
