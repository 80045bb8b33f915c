"""Pages of odd frames: who gets in, what is told of a frame, how a look is written down."""

from __future__ import annotations

import pytest

from xiuhua.kernel import clock
from xiuhua.observations.models import OddFrame
from xiuhua.observations.tests.street import car
from xiuhua.web.conftest import World
from xiuhua.web.observations.odd import why

pytestmark = pytest.mark.slow


def odd(protocol: str, identity: str, fault: str, raw: bytes) -> OddFrame:
    return OddFrame.objects.create(
        at=round(clock.now().timestamp() * 1000),
        protocol=protocol,
        peer="10.0.0.9",
        identity=identity,
        fault=fault,
        raw=raw,
    )


def test_a_frame_is_told_field_by_field_and_a_look_closes_it(world: World) -> None:
    device = car(world.squad)
    frame = odd(
        "jt808", device.identity, "checksum", bytes.fromhex("0200 0005 0139123456AB 0001 6162 FF") + b"\x7d"
    )
    head = world.client(world.person("squad_head"))
    listed = head.get("/devices/odd/").content.decode()
    assert device.name in listed
    assert "校验码不符" in listed
    # The frame of the page is there: what the room calls a frame does not hide it.
    assert 'lang="zh-Hans"' in head.get(f"/devices/odd/{frame.pk}/").content.decode()
    page = head.get(f"/devices/odd/{frame.pk}/").content.decode()
    for said in ("位置信息汇报", "0x0200", "不是 BCD 码", "实有", "应为", "其后应为", "01 39 12 34 56 ab"):
        assert said in page, said
    assert head.post(f"/devices/odd/{frame.pk}/look/", {"note": ""}).status_code == 422
    head.post(f"/devices/odd/{frame.pk}/look/", {"note": "示例：已换终端"})
    assert "示例：已换终端" in head.get(f"/devices/odd/{frame.pk}/").content.decode()
    assert f"/devices/odd/{frame.pk}/" not in head.get("/devices/odd/").content.decode()
    assert f"/devices/odd/{frame.pk}/" in head.get("/devices/odd/?all").content.decode()


def test_frames_of_other_units_and_of_strangers_are_not_there(world: World) -> None:
    frame = odd("osmand", "示例", "no device", b"id=&lat=31")
    stranger = world.client(world.person("squad_head", world.other))
    assert stranger.get(f"/devices/odd/{frame.pk}/").status_code == 404
    assert stranger.post(f"/devices/odd/{frame.pk}/look/", {"note": "示例"}).status_code == 404
    assert world.client(world.person("officer")).get("/devices/odd/").status_code == 409
    admin = world.client(world.person("system_administrator", world.bureau))
    page = admin.get(f"/devices/odd/{frame.pk}/").content.decode()
    assert "id=&amp;lat=31" in page
    assert "没有设备号" in page


def test_of_too_few_bytes_no_field_is_told(world: World) -> None:
    frame = odd("jt808", "", "short", b"\x02")
    page = (
        world.client(world.person("system_administrator", world.bureau))
        .get(f"/devices/odd/{frame.pk}/")
        .content.decode()
    )
    assert "能读出的部分" not in page
    assert "报文过短" in page


@pytest.mark.parametrize(
    ("message", "said"),
    [("0805", "摄像头立即拍摄命令应答"), ("0107", "网关不读的消息"), ("8103", "网关不读的消息")],
)
def test_a_message_is_named_and_of_one_that_is_not_read_no_more_is_said(
    world: World, message: str, said: str
) -> None:
    frame = odd("jt808", "", "body", bytes.fromhex(f"{message} 0000 013912345678 0001 00"))
    admin = world.client(world.person("system_administrator", world.bureau))
    page = admin.get(f"/devices/odd/{frame.pk}/").content.decode()
    assert f"0x{message}" in page
    assert said in page


def test_a_reason_without_words_is_shown_as_the_gateway_says_it() -> None:
    assert why("lon out of range") == "lon out of range"
