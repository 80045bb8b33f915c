"""Pages of orders to terminals: who gets a form, what is refused and why, how orders and answers read."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.models import Device, DeviceOrder, Watch
from xiuhua.observations.rules import OrderKind
from xiuhua.observations.tests.street import HOUR, car, on_duty
from xiuhua.web.conftest import World
from xiuhua.web.observations.saying import answer_of, what_of

WHY = "示例：车辆失联超过十分钟"


@pytest.fixture
def terminal(world: World) -> Device:
    device = car(world.squad)
    on_duty(device=device, at=clock.now() - HOUR, hours=2)
    return device


@pytest.mark.slow
def test_a_dispatcher_orders_a_photo_with_its_purpose_and_reads_it_in_the_list(
    world: World, terminal: Device
) -> None:
    browser = world.client(world.person("duty_dispatcher", world.bureau))
    url = f"/devices/{terminal.pk}/order/photo/"
    assert "人员车辆遇险（PIPL §13）" in browser.get(url).content.decode()
    wrong = browser.post(url, {"channel": "99", "why": WHY, "purpose": "rescue"})
    assert wrong.status_code == 422
    assert "应在1至32之间" in wrong.content.decode()
    for lacking in ({"why": ""}, {"purpose": ""}):
        said = {"channel": "1", "why": WHY, "purpose": "rescue", **lacking}
        assert browser.post(url, said).status_code == 422
    assert not DeviceOrder.objects.exists()
    sent = browser.post(url, {"channel": "1", "why": WHY, "purpose": "rescue"})
    assert sent.status_code == 302
    assert Watch.objects.get().what == "photo"
    for page in (f"/devices/{terminal.pk}/", "/devices/orders/", "/devices/orders/?state=queued&kind=photo"):
        assert "通道1" in browser.get(page).content.decode(), page
    listed = browser.get("/devices/orders/").content.decode()
    for said_ in (WHY, "人员车辆遇险（PIPL §13）", "待发送"):
        assert said_ in listed
    assert WHY in browser.get("/devices/watched/").content.decode()
    assert "通道1" not in browser.get("/devices/orders/?state=answered").content.decode()
    assert "通道1" not in browser.get("/devices/orders/?device=nothing").content.decode()
    told: Any = browser.get("/devices/orders/?format=csv")
    (row,) = csv.DictReader(b"".join(told.streaming_content).decode("utf-8-sig").splitlines())
    assert (row["内容"], row["依据"], row["事由"], row["状态"]) == ("通道1", "PIPL §13", WHY, "待发送")


@pytest.mark.slow
def test_a_clerk_sends_words_and_sets_parameters_and_sees_no_way_to_look(
    world: World, terminal: Device
) -> None:
    browser = world.client(world.person("squad_legal_clerk"))
    page = browser.get(f"/devices/{terminal.pk}/").content.decode()
    assert f"/devices/{terminal.pk}/order/text/" in page
    for kind in ("photo", "track", "position"):
        assert f"/devices/{terminal.pk}/order/{kind}/" not in page
        assert browser.get(f"/devices/{terminal.pk}/order/{kind}/").status_code == 409
    text = f"/devices/{terminal.pk}/order/text/"
    assert browser.post(text, {"text": "请回中队"}).status_code == 422
    assert browser.post(text, {"text": "请回中队", "flags": ["urgent", "speak"]}).status_code == 302
    order = DeviceOrder.objects.get()
    assert order.parameters == {"text": "请回中队", "urgent": True, "display": False, "speak": True}
    settings = f"/devices/{terminal.pk}/order/settings/"
    assert browser.post(settings, {}).status_code == 422
    assert browser.post(settings, {"heartbeat_seconds": "60"}).status_code == 302
    assert DeviceOrder.objects.latest("pk").parameters == {"heartbeat_seconds": 60}


@pytest.mark.slow
def test_off_duty_there_is_no_form_to_look_and_the_ground_is_said(world: World) -> None:
    device = car(world.squad)
    browser = world.client(world.person("squad_head"))
    page = browser.get(f"/devices/{device.pk}/").content.decode()
    assert "不当班时不能查询位置" in page
    assert "现在不当班，不显示位置" in page
    assert f"/devices/{device.pk}/order/photo/" not in page
    url = f"/devices/{device.pk}/order/photo/"
    for answer in (
        browser.get(url),
        browser.post(url, {"channel": "1", "why": WHY, "purpose": "rescue"}),
    ):
        assert answer.status_code == 409
        assert "不在当班时段" in answer.content.decode()
        assert "个人信息保护法" in answer.content.decode() or "PIPL" in answer.content.decode()
    assert not DeviceOrder.objects.exists()


@pytest.mark.slow
def test_orders_of_other_units_are_not_there(world: World, terminal: Device) -> None:
    order = actions.order_device(
        device=terminal,
        kind=OrderKind.TEXT,
        parameters={"text": "请回中队", "display": True},
        by=SYSTEM,
        at=clock.now(),
    )
    stranger = world.client(world.person("squad_head", world.other))
    assert stranger.get(f"/devices/{terminal.pk}/order/text/").status_code == 404
    assert "请回中队" not in stranger.get("/devices/orders/").content.decode()
    officer = world.client(world.person("officer"))
    assert officer.get("/devices/orders/").status_code == 409
    operator = world.client(world.person("command_operator", world.bureau))
    assert operator.get(f"/devices/{terminal.pk}/order/text/").status_code == 409
    assert "请回中队" in operator.get("/devices/orders/").content.decode()
    head = world.client(world.person("squad_head"))
    assert head.get(f"/devices/{order.device_id}/order/dance/").status_code == 404


@pytest.mark.slow
def test_who_gave_an_order_takes_it_back_on_either_page_as_long_as_it_waits(
    world: World, terminal: Device
) -> None:
    person = world.person("squad_head")
    giver, other = world.client(person), world.client(world.person("squad_head"))
    for said in ("请回中队", "请去现场"):
        text = {"text": said, "flags": ["display"]}
        assert giver.post(f"/devices/{terminal.pk}/order/text/", text).status_code == 302
    first, second = DeviceOrder.objects.order_by("pk")
    urls = [f"/devices/orders/{order.pk}/withdraw/" for order in (first, second)]
    actions.send_order(pk=second.pk, serial=1, at=clock.now())
    for page in (f"/devices/{terminal.pk}/", "/devices/orders/"):
        assert [url in giver.get(page).content.decode() for url in urls] == [True, False], page
        assert not any(url in other.get(page).content.decode() for url in urls), page
    assert giver.get(urls[0]).status_code == 405
    assert other.post(urls[0]).status_code == 409
    assert world.client(world.person("squad_head", world.other)).post(urls[0]).status_code == 404
    assert "指令已发送或已了结，不能撤回" in giver.post(urls[1]).content.decode()
    page = giver.post(urls[0], follow=True).content.decode()
    assert "指令已撤回" in page
    assert "已撤回" in giver.get("/devices/orders/?state=withdrawn").content.decode()
    assert urls[0] not in page


@pytest.mark.parametrize(
    ("order", "what", "answer"),
    [
        ({"kind": "text", "parameters": {"text": "停", "speak": True}}, "“停”（语音播报）", ""),
        ({"kind": "track", "parameters": {"interval": 5, "minutes": 9}}, "每5秒，持续9分钟", ""),
        ({"kind": "settings", "parameters": {"report_seconds": 20}}, "上报间隔 20 秒", ""),
        ({"kind": "position", "state": "answered", "facts": {"kept": 1}}, "", "位置已留存"),
        ({"kind": "position", "state": "answered", "facts": {"kept": 0}}, "", "未定位或不当班，没有留存"),
        ({"kind": "position", "state": "timed_out"}, "", "终端未上线"),
        ({"kind": "position", "state": "timed_out", "sent_at": clock.now()}, "", "终端未应答"),
        ({"kind": "position", "state": "refused", "result": 3}, "", "终端不支持"),
        ({"kind": "position", "state": "refused", "result": 9}, "", "终端答复 9"),
        ({"kind": "position", "state": "refused", "note": "示例"}, "", "示例"),
        (
            {"kind": "photo", "parameters": {"channel": 2}, "state": "refused", "result": 2,
             "facts": {"media": []}}, "通道2", "没有这个通道",
        ),
        ({"kind": "photo", "parameters": {"channel": 2}, "state": "answered"}, "通道2", "照片未到"),
        (
            {"kind": "parameters", "state": "answered",
             "facts": {"values": {"0x0029": "0000001e", "0x0055": "00000064"}}},
            "", "上报间隔 30 秒，另有1项",
        ),
        ({"kind": "parameters", "state": "answered"}, "", ""),
        ({"kind": "text", "parameters": {"text": "停", "display": True}, "state": "answered"},
         "“停”（终端显示）", ""),
    ],
)  # fmt: skip
def test_orders_and_answers_read_as_words(order: dict[str, Any], what: str, answer: str) -> None:
    row = DeviceOrder(**order)
    assert (what_of(row), answer_of(row)) == (what, answer)
