"""Pages of devices: who sees them, how faults are mended, what a look at a track leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions, queries, rules
from xiuhua.observations.models import Current, Device, DeviceFault, Watch
from xiuhua.observations.tests.street import HOUR, PLATE, car, on_duty, phone, went
from xiuhua.org.models import User
from xiuhua.web.conftest import World
from xiuhua.web.observations.drawing import HEIGHT, SHORTEST_BAR, WIDTH, Frame, draw

SQUARE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[121.5, 31.2], [121.6, 31.2], [121.6, 31.3], [121.5, 31.2]]],
}


@pytest.fixture
def street(world: World) -> Device:
    device = car(world.squad)
    on_duty(unit=world.squad, at=clock.now() - HOUR, hours=2)
    for minutes in range(0, 40, 2):
        went(device, clock.now() - timedelta(minutes=50 - minutes), lat=31.205 + max(0, minutes - 10) / 500)
    return device


def looked(world: World, who: User, device: Device, reason: str = "示例：核对出车") -> str:
    said = {"day": f"{clock.today():%Y-%m-%d}", "reason": reason}
    page = world.client(who).post(f"/devices/{device.pk}/track/", said)
    return page.content.decode()


@pytest.mark.slow
def test_the_list_shows_state_and_faults_to_those_who_see_devices(world: World, street: Device) -> None:
    actions.look_at_health(at=clock.now())
    head, stranger = world.person("squad_head"), world.person("squad_head", world.other)
    page = world.client(head).get("/devices/").content.decode()
    assert PLATE in page
    assert "当班，无信号" in page
    assert "当班无信号" in page
    assert PLATE not in world.client(stranger).get("/devices/").content.decode()
    assert world.client(world.person("officer")).get("/devices/").status_code == 409
    assert world.client(head).get("/devices/?faulty=no").context["shown"].rows == []
    assert len(world.client(head).get(f"/devices/?q={PLATE[-4:]}&faulty=yes").context["shown"].rows) == 1
    answer: Any = world.client(head).get("/devices/?format=csv")
    told = b"".join(answer.streaming_content)
    assert PLATE in told.decode()


@pytest.mark.slow
def test_a_track_is_drawn_after_a_reason_and_the_look_is_kept(world: World, street: Device) -> None:
    head = world.person("squad_head")
    looked(world, head, street, " ")
    assert not Watch.objects.exists()
    page = looked(world, head, street)
    assert 'class="run"' in page
    assert "20 个位置" in page
    assert Watch.objects.get().reason == "示例：核对出车"
    assert "示例：核对出车" in world.client(head).get("/devices/watched/").content.decode()
    assert (
        "示例：核对出车"
        not in world.client(world.person("officer")).get("/devices/watched/").content.decode()
    )
    assert (
        world.client(world.person("squad_head", world.other)).get(f"/devices/{street.pk}/track/").status_code
        == 404
    )
    assert world.client(head).get(f"/devices/{street.pk}/track/").status_code == 200


@pytest.mark.slow
def test_a_track_is_taken_along_as_gpx_and_that_is_a_look_too(world: World, street: Device) -> None:
    browser = world.client(world.person("duty_dispatcher", world.bureau))
    said = {"day": f"{clock.today():%Y-%m-%d}", "reason": "示例：协助调查"}
    answer = browser.post(f"/devices/{street.pk}/track.gpx", said)
    assert answer["Content-Type"] == "application/gpx+xml"
    assert len(rules.read_gpx(answer.content.decode())) == 20
    assert Watch.objects.count() == 1


@pytest.mark.slow
def test_where_a_device_is_now_is_looked_at_with_an_entry(world: World, street: Device) -> None:
    head, now = world.person("squad_head"), round(clock.now().timestamp() * 1000)
    Current.objects.create(device=street.pk, heard=now, at=now, lon=121.505, lat=31.205)
    for _again in range(2):
        assert world.client(head).get(f"/devices/{street.pk}/").context["now"]
    assert list(Watch.objects.values_list("what", "device", "watcher")) == [("now", street.pk, head.pk)]
    assert "查看当前位置" in world.client(head).get("/devices/watched/").content.decode()


@pytest.mark.slow
def test_an_officer_sees_the_own_phone_and_where_it_is_without_an_entry(world: World) -> None:
    officer = world.person("officer")
    device = phone(world.squad, officer.officer)
    on_duty(officer=officer.officer, at=clock.now() - HOUR, hours=2)
    at = queries.day_span(clock.today())[0]
    now = round(clock.now().timestamp() * 1000)
    Current.objects.create(device=device.pk, heard=now, at=now, lon=121.505, lat=31.205)
    page = world.client(officer).get(f"/devices/{device.pk}/").content.decode()
    assert 'class="here"' in page
    assert "当班，在线" in page
    assert "查看事由" not in page
    assert "这一天没有留存的位置" in looked(world, officer, device, "")
    assert not Watch.objects.exists()
    assert at < now


@pytest.mark.slow
def test_the_administrator_registers_gives_a_key_and_withdraws_and_sees_no_position(world: World) -> None:
    admin = world.person("system_administrator", world.bureau)
    browser = world.client(admin)
    assert browser.get("/devices/new/").status_code == 200
    said = {
        "name": "示例终端",
        "kind": "phone",
        "protocol": "osmand",
        "identity": "phone-77",
        "unit": str(world.squad.pk),
        "officer": str(admin.officer_id),
        "plate": "",
        "datum": "1",
    }
    assert browser.post("/devices/new/", {**said, "identity": "x"}).status_code == 422
    assert browser.post("/devices/new/", {**said, "unit": "0"}).status_code == 422
    browser.post("/devices/new/", said)
    device = Device.objects.get(identity="phone-77")
    assert "新密钥只显示这一次" in browser.post(f"/devices/{device.pk}/code/", follow=True).content.decode()
    assert browser.post(f"/devices/{device.pk}/withdraw/", {"reason": ""}).status_code == 422
    page = browser.post(
        f"/devices/{device.pk}/withdraw/", {"reason": "示例：遗失"}, follow=True
    ).content.decode()
    assert "停用" in page
    other = car(world.squad)
    assert "看不到位置" in browser.get(f"/devices/{other.pk}/").content.decode()


@pytest.mark.slow
def test_a_fault_is_mended_with_a_word_of_how(world: World, street: Device) -> None:
    actions.look_at_health(at=clock.now())
    fault = DeviceFault.objects.get()
    url = f"/devices/faults/{fault.pk}/mend/"
    assert (
        world.client(world.person("squad_head", world.other)).post(url, {"note": "示例"}).status_code == 404
    )
    browser = world.client(world.person("squad_head"))
    assert browser.post(url, {"note": ""}).status_code == 422
    assert "故障已处理" in browser.post(url, {"note": "已重新接线"}, follow=True).content.decode()
    fault.refresh_from_db()
    assert fault.note == "已重新接线"
    assert browser.post(url, {"note": "再来"}).status_code == 404


@pytest.mark.slow
def test_a_withdrawn_device_and_one_off_duty_say_so(world: World) -> None:
    device = car(world.squad)
    head = world.client(world.person("squad_head"))
    assert "非当班" in head.get(f"/devices/{device.pk}/").content.decode()
    now = round(clock.now().timestamp() * 1000)
    Current.objects.create(device=device.pk, heard=now)
    assert "非当班，在线" in head.get(f"/devices/{device.pk}/").content.decode()
    actions.withdraw(device=device, reason="示例", by=SYSTEM, at=clock.now())
    assert "停用" in head.get("/devices/").content.decode()


def test_a_drawing_fits_its_sheet_and_shows_the_whole_district_without_a_track() -> None:
    many: dict[str, Any] = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}
    areas = [("示例街道", 121.55, 31.25, SQUARE), ("示例镇", 121.56, 31.26, many)]
    fixes = [rules.Fix(n * 60_000, 121.5 + n / 100, 31.2 + n / 50) for n in range(5)]
    empty, full = draw(areas, []), draw(areas, fixes, [rules.Stop(0, 1, 121.52, 31.22)], (121.5, 31.2))
    assert (len(empty.areas), empty.track, empty.start, empty.here) == (2, "", None, None)
    assert [n.label for n in empty.names] == ["示例街道", "示例镇"]
    assert full.track.startswith("M")
    for spot in (*full.stops, full.start, full.here):
        assert spot is not None
        assert 0 <= spot.x <= WIDTH
        assert 0 <= spot.y <= HEIGHT
    assert draw([], []).areas == []
    assert draw([], fixes[:1]).track == ""


@pytest.mark.parametrize("degrees", [0.001, 0.05, 0.2, 0.5, 1.0])
def test_the_bar_of_the_scale_is_long_enough_to_be_read_and_as_long_as_it_says(degrees: float) -> None:
    drawing = draw([], [rules.Fix(0, 121.5, 31.2), rules.Fix(1, 121.5, 31.2 + degrees)])
    assert drawing.bar >= SHORTEST_BAR
    assert drawing.bar < WIDTH / 2
    frame = Frame([(121.5, 31.2), (121.5, 31.2 + degrees)])
    assert drawing.bar == pytest.approx(drawing.bar_km * frame.scale, abs=0.1)
