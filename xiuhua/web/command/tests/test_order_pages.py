"""Orders, alarms and the wall as people work them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from xiuhua.command import actions
from xiuhua.command.models import Alarm, Order, Switch
from xiuhua.command.tests.picture import MINUTE, Picture
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.observations import actions as observations
from xiuhua.observations.models import Watch
from xiuhua.observations.queries import Told
from xiuhua.org import queries as org
from xiuhua.registers.tests.bureau import AT, EAST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Browse = Callable[[Actor], Client]
LATER = AT + 40 * MINUTE


def sending() -> str:
    return f"{reverse('web:command-send')}?lon={EAST[0]}&lat={EAST[1]}"


def test_an_order_goes_from_the_map_to_the_phone_and_back(picture: Picture, browse: Browse) -> None:
    picture.seen(picture.phone(), lon=EAST[0] + 0.001)
    desk, phone = browse(picture.dispatcher), browse(picture.officer)
    page = desk.get(sending())
    assert [o.mover.device.officer_id for o in page.context["fit"]] == [picture.officer.officer_id]
    said = {"officer": str(picture.officer.officer_id), "what": "示例：看一下占道"}
    assert desk.post(sending(), {**said, "what": ""}).status_code == 422
    answer = desk.post(sending(), said)
    order = Order.objects.get()
    here = reverse("web:command-order", args=[order.pk])
    assert answer["Location"] == here
    assert "示例：看一下占道" in phone.get(reverse("web:today")).content.decode()
    assert "签收" in phone.get(here).content.decode()
    phone.post(reverse("web:command-sign", args=[order.pk]))
    asked = reverse("web:command-order-act", args=[order.pk, "report"])
    assert phone.post(asked, {"result": ""}).status_code == 422
    assert phone.post(asked, {"result": "示例：已清走"})["Location"] == here
    shown = desk.get(here).content.decode()
    assert "示例：已清走" in shown
    assert "下达调度令" in shown
    assert "示例：看一下占道" in desk.get(reverse("web:command-orders")).content.decode()
    assert desk.get(reverse("web:command-orders"), {"format": "csv"}).status_code == 200


def test_whoever_cannot_be_sent_stands_there_with_the_reason_and_its_article(
    picture: Picture, browse: Browse
) -> None:
    picture.seen(picture.phone())
    lead = picture.desk.in_state("accepted")
    text = browse(picture.dispatcher).get(reverse("web:command-send"), {"lead": lead.pk}).content.decode()
    assert "执法不得少于两人" in text
    assert org.citation("PPL21 §42") in text
    assert "此刻没有可以派去的人" in text


def test_without_a_place_or_a_known_lead_there_is_nothing_to_send_to(
    picture: Picture, browse: Browse
) -> None:
    desk = browse(picture.dispatcher)
    assert desk.get(reverse("web:command-send")).status_code == 404
    assert desk.get(reverse("web:command-send"), {"lead": "987654"}).status_code == 404
    assert browse(picture.officer).get(sending()).status_code == 409


def test_an_order_is_taken_back_with_a_reason_and_strangers_do_not_see_it(
    picture: Picture, browse: Browse
) -> None:
    picture.seen(picture.phone())
    browse(picture.head).post(sending(), {"officer": str(picture.officer.officer_id), "what": "示例"})
    order = Order.objects.get()
    west = browse(picture.bureau.actor("squad_head", picture.bureau.west))
    assert west.get(reverse("web:command-order", args=[order.pk])).status_code == 404
    assert west.post(reverse("web:command-sign", args=[order.pk])).status_code == 404
    head = browse(picture.head)
    assert head.get(reverse("web:command-order-act", args=[order.pk, "nothing"])).status_code == 404
    back = reverse("web:command-order-act", args=[order.pk, "withdraw"])
    assert head.get(back).status_code == 200
    head.post(back, {"reason": "示例：误报"})
    order.refresh_from_db()
    assert order.state == "withdrawn"


def test_an_alarm_stands_on_the_map_and_in_the_list_until_it_is_looked_into(
    picture: Picture, browse: Browse
) -> None:
    device = picture.phone()
    for minute in range(41):
        picture.seen(device, AT + minute * MINUTE, kept=True)
    actions.look_for_alarms(at=LATER)
    alarm = Alarm.objects.get()
    with clock.held_at(LATER):
        head = browse(picture.head)
        assert len(head.get(reverse("web:command-picture")).json()["alarms"]) == 1
        assert "停留 40 分钟" in head.get(reverse("web:command-alarms"), {"open": "open"}).content.decode()
        page = reverse("web:command-alarm", args=[alarm.pk])
        assert head.post(page, {"note": ""}).status_code == 422
        head.post(page, {"note": "示例：在做笔录"})
        assert head.get(reverse("web:command-picture")).json()["alarms"] == []
        assert "示例：在做笔录" in browse(picture.officer).get(page).content.decode()
        assert head.get(reverse("web:command-alarms"), {"format": "csv"}).status_code == 200


def test_the_desk_turns_a_kind_of_alarm_off_and_on(picture: Picture, browse: Browse) -> None:
    desk, url = browse(picture.dispatcher), reverse("web:command-switch", args=["still"])
    assert "关闭提醒" in desk.get(url).content.decode()
    assert desk.post(url, {"reason": ""}).status_code == 422
    desk.post(url, {"reason": "示例：固定岗"})
    assert Switch.objects.get().on is False
    assert "已关闭" in desk.get(reverse("web:command-alarms")).content.decode()
    desk.post(url, {"reason": "示例：恢复"})
    assert Switch.objects.get().on is True
    assert browse(picture.head).post(url, {"reason": "示例"}).status_code == 409


def test_the_wall_shows_at_most_nine_channels_and_never_a_grey_tile(picture: Picture, browse: Browse) -> None:
    device = observations.register(
        kind="body_camera",
        protocol="gb28181",
        identity="31011500001320000001",
        name="示例记录仪",
        unit=picture.unit,
        by=SYSTEM,
        at=AT,
    )
    told = [Told(f"310115000013100000{n:02}", f"示例通道{n}", "", "", n != 11, "", "") for n in range(12)]
    observations.list_channels(device_id=device.pk, channels=told, at=AT)
    desk, url = browse(picture.dispatcher), reverse("web:command-wall")
    page = desk.get(url)
    assert len(page.context["tiles"]) == 9
    assert page.content.decode().count("data-test=") == 9
    chosen = [c.pk for c, _on in page.context["channels"]]
    assert len(desk.get(url, {"channel": chosen}).context["tiles"]) == 9

    def played(by: Actor, minutes: int) -> bool:
        media = override_settings(MEDIA_URL_OF_CHANNEL="/media/{device}/{channel}.m3u8")
        with media, clock.held_at(AT + minutes * MINUTE):
            one = browse(by).get(url, {"channel": chosen[:1]}).content.decode()
        assert ('data-why="不当班' in one) is ("/media/31011500001320000001/" not in one)
        return "/media/31011500001320000001/" in one

    assert not played(picture.dispatcher, 0)
    assert not Watch.objects.exists()
    stretch = observations.Stretch(AT, AT + 60 * MINUTE, device=device)
    observations.put_hours(source="示例", stretches=[stretch], by=SYSTEM, at=AT)
    assert played(picture.dispatcher, 30)
    assert played(picture.dispatcher, 31)
    assert played(picture.head, 30)
    films = Watch.objects.order_by("pk").values_list("what", "device", "watcher")
    watchers = [picture.dispatcher.user_id, picture.head.user_id]
    assert list(films) == [("film", device.pk, watcher) for watcher in watchers]
    assert not played(picture.dispatcher, 61)

    def goes_on(by: Actor, minutes: int) -> list[int]:
        media = override_settings(MEDIA_URL_OF_CHANNEL="/media/{device}/{channel}.m3u8")
        with media, clock.held_at(AT + minutes * MINUTE):
            said: list[int] = browse(by).get(f"{url}playing/", {"channel": chosen[:2]}).json()["playing"]
        return said

    assert goes_on(picture.dispatcher, 59) == sorted(chosen[:2])
    assert goes_on(picture.dispatcher, 61) == []
    assert goes_on(picture.bureau.actor("system_administrator"), 30) == []
    assert films.count() == 2, "who looks on is known from the page"
    for role in ("system_administrator", "statistics_clerk"):
        assert not played(picture.bureau.actor(role), 30)
    assert films.count() == 2
    west = browse(picture.bureau.actor("squad_head", picture.bureau.west))
    assert west.get(url).context["tiles"] == []
