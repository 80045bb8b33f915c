"""The administrator changes devices and brings tracks in; faults are given out, mended and closed by those who may."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions, queries, rules
from xiuhua.observations.models import Device, DeviceFault, Position
from xiuhua.observations.tests.street import HOUR, car, on_duty, phone
from xiuhua.web.conftest import World

# Each asks several pages with a bureau behind them.
pytestmark = pytest.mark.slow


def asked(device: Device, **more: str) -> dict[str, str]:
    said = {"name": device.name, "identity": device.identity, "unit": str(device.unit_id), "datum": "1"}
    return {**said, "plate": device.plate, "officer": str(device.officer_id or ""), **more}


def test_a_new_card_and_a_new_plate_stand_in_the_history(world: World) -> None:
    admin, device = world.client(world.person("system_administrator", world.bureau)), car(world.squad)
    url = f"/devices/{device.pk}/change/"
    assert "号牌" in admin.get(url).content.decode()
    assert admin.post(url, asked(device, identity="139x", reason="换卡")).status_code == 422
    assert admin.post(url, asked(device, identity="13900000009")).status_code == 422
    said = asked(device, identity="13900000009", plate="沪A9E999", reason="换SIM卡和号牌")
    page = admin.post(url, said, follow=True).content.decode()
    assert "13800000001 → 13900000009" in page
    assert "沪A1E001 → 沪A9E999" in page
    assert "换SIM卡和号牌" in page
    moved = asked(device, identity="13900000009", plate="沪A9E999", unit=str(world.other.pk), reason="调拨")
    page = admin.post(url, moved, follow=True).content.decode()
    assert f"{world.squad.name} → {world.other.name}" in page
    admin.post(url, {**moved, "unit": str(world.squad.pk)})
    head = world.client(world.person("squad_head"))
    assert "换SIM卡和号牌" in head.get(f"/devices/{device.pk}/").content.decode()
    assert head.get(url).status_code in {403, 409}
    actions.withdraw(device=device, reason="示例", by=SYSTEM, at=clock.now())
    assert admin.get(url).status_code == 404


def test_a_phone_changes_hands_and_may_lie_in_a_drawer(world: World) -> None:
    admin = world.client(world.person("system_administrator", world.bureau))
    device = phone(world.squad, world.person("officer").officer)
    admin.post(f"/devices/{device.pk}/change/", asked(device, officer="", reason="收回"))
    device.refresh_from_db()
    assert device.officer_id is None
    other = world.person("officer").officer
    said = asked(device, officer=str(other.pk), reason="换人")
    page = admin.post(f"/devices/{device.pk}/change/", said, follow=True).content.decode()
    assert f"— → {other.name}" in page
    device.refresh_from_db()
    assert device.officer_id == other.pk


def test_a_track_comes_in_from_a_file_as_far_as_it_lies_on_duty(world: World) -> None:
    admin, device = world.client(world.person("system_administrator", world.bureau)), car(world.squad)
    on_duty(unit=world.squad, at=clock.now() - HOUR, hours=0.5)
    start = round((clock.now() - HOUR).timestamp() * 1000)
    fixes = [rules.Fix(start + n * 600_000, 121.505, 31.205 + n / 100) for n in range(6)]
    url = f"/devices/{device.pk}/import/"
    assert admin.get(url).status_code == 200

    def sent(data: bytes) -> str:
        file = SimpleUploadedFile("track.gpx", data)
        return admin.post(url, {"file": file}, follow=True).content.decode()

    assert "文件应为 UTF-8" in sent(b"\xff\xfe\x00")
    assert "文件不是可读的XML" in sent(b"nothing")
    assert "留存 3 个位置，3 个在当班时段外" in sent(rules.write_gpx("示例", fixes).encode())
    assert Position.objects.filter(device=device.pk).count() == 3
    day = clock.day_of(clock.now() - HOUR)
    page = world.client(world.person("squad_head")).post(
        f"/devices/{device.pk}/track/", {"day": f"{day:%Y-%m-%d}", "reason": "示例：核对"}
    )
    first, after = queries.day_span(day)
    kept = [fix.at for fix in fixes[:3] if first <= fix.at < after]
    assert [fix.at for fix in page.context["looked"].fixes] == kept
    assert kept


def test_a_fault_is_reported_given_out_and_mended_by_whom_it_was_given_to(world: World) -> None:
    bearer, mender = world.person("officer"), world.person("officer")
    device = phone(world.squad, bearer.officer)
    mine = world.client(bearer)
    assert mine.post(f"/devices/{device.pk}/report/", {"what": ""}).status_code == 422
    assert (
        "屏幕碎"
        in mine.post(f"/devices/{device.pk}/report/", {"what": "屏幕碎"}, follow=True).content.decode()
    )
    fault = DeviceFault.objects.get()
    url = f"/devices/faults/{fault.pk}/"
    assert "指派</h2>" not in mine.get(url).content.decode()
    assert world.client(mender).get(url).status_code == 404
    head = world.client(world.person("squad_head"))
    assert url in head.get("/devices/faults/?state=new").content.decode()
    assert mine.post(url, {"officer": str(mender.officer_id)}).status_code == 409
    stranger = world.person("officer", world.other)
    assert head.post(url, {"officer": str(stranger.officer_id)}).status_code == 422
    assert "故障已指派" in head.post(url, {"officer": str(mender.officer_id)}, follow=True).content.decode()
    for states, there in (("new", False), ("given", True), ("closed", False), ("new&state=given", True)):
        listed = head.get(f"/devices/faults/?state={states}").content.decode()
        assert (url in listed) is there, states
    page = world.client(mender).get(url).content.decode()
    assert f"/devices/{device.pk}/" not in page
    done = world.client(mender).post(f"{url}mend/", {"note": "换屏"}, follow=True).content.decode()
    assert "换屏" in done
    assert "已处理" in head.get("/devices/faults/?state=closed").content.decode()
    told: Any = head.get("/devices/faults/?format=csv")
    assert "换屏" in b"".join(told.streaming_content).decode()


def test_a_saved_filter_of_the_faults_stands_among_the_faults_and_not_among_the_devices(world: World) -> None:
    head = world.client(world.person("squad_head"))
    page = head.get("/devices/faults/?state=closed").content.decode()
    (url,) = set(re.findall(r'action="([^"]+)"[^>]*>(?:<input[^>]*>)*<input[^>]*name="query"', page))
    head.post(url, {"name": "示例筛选", "query": "state=closed", "back": "/devices/faults/"})
    assert "示例筛选" in head.get("/devices/faults/").content.decode()
    assert "示例筛选" not in head.get("/devices/").content.decode()


def test_signs_open_and_close_no_fault_that_a_person_reported(world: World) -> None:
    device = car(world.squad)
    now = clock.now()
    fault = actions.report_fault(device=device, what="异响", by=SYSTEM, at=now)
    actions.look_at_health(at=now + timedelta(minutes=1))
    fault.refresh_from_db()
    assert fault.ended_at is None
