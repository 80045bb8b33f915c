"""Body cameras of the simulation: they prove themselves to the real registrar, and a lost request is sent again."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from random import Random
from typing import cast

import pytest
from pytest_django import Settings

from xiuhua.gateways.gb28181.tests.camera import CAMERA, PASSWORD, REALM, SERVER_ID
from xiuhua.gateways.gb28181.tests.test_session import World, without_sends
from xiuhua.gateways.gb28181.tests.wire import Alive, Registered, Send, Where
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.observations import queries
from xiuhua.org.actions import add_unit
from xiuhua.org.rules import UnitKind
from xiuhua.registers.tests.bureau import AT
from xiuhua.simulation import recorder, recorders
from xiuhua.simulation.routes import Route
from xiuhua.simulation.world import Place, load

PLACE = Place("310115004", "示例", 121.519278, 31.224969, 3.7)
WHO = recorder.Identity(CAMERA, PASSWORD, SERVER_ID, "10.1.2.3:5060")


def answer_in(world: World, data: bytes) -> recorder.Heard:
    sent = next(event for event in world.hears(data) if isinstance(event, Send))
    heard = recorder.read(sent.data)
    assert heard is not None
    return heard


def test_the_registrar_lets_a_camera_in_that_shares_no_code_with_it_and_takes_what_it_tells() -> None:
    world = World()
    challenged = answer_in(world, recorder.registration(WHO, 1))
    assert (challenged.status, challenged.number) == (401, 1)
    proved = recorder.registration(WHO, 2, challenged.headers["www-authenticate"])
    assert any(isinstance(event, Registered) for event in without_sends(world.hears(proved)))
    told = world.hears(recorder.message(WHO, 3, recorder.keep_alive(WHO, 3)))
    assert any(isinstance(event, Alive) for event in told)
    at = datetime(2026, 11, 22, 9, 30, tzinfo=SHANGHAI)
    body = recorder.position(WHO, 4, at, lon=121.5, lat=31.2, speed=4.5)
    (where,) = [event for event in world.hears(recorder.message(WHO, 4, body)) if isinstance(event, Where)]
    assert (where.position.lon, where.position.lat, where.position.speed) == (121.5, 31.2, 4.5)


def test_a_wrong_code_is_not_let_in() -> None:
    world, liar = World(), recorder.Identity(CAMERA, "wrong", SERVER_ID, "10.1.2.3:5060")
    challenge = answer_in(world, recorder.registration(liar, 1)).headers["www-authenticate"]
    assert answer_in(world, recorder.registration(liar, 2, challenge)).status in (401, 403)


def test_what_the_server_asks_is_answered_with_its_own_marks() -> None:
    asked = b"SUBSCRIBE sip:x SIP/2.0\r\nVia: v\r\nFrom: f;tag=9\r\nTo: t\r\nCall-ID: c\r\nCSeq: 7 SUBSCRIBE\r\n\r\n"
    heard = recorder.read(asked)
    assert heard is not None
    said = recorder.read(recorder.answer(heard))
    assert said is not None
    assert (said.status, said.number, said.headers["to"], said.headers["expires"]) == (
        200,
        7,
        "t;tag=1",
        "3600",
    )
    assert recorder.read(b"\r\n") is None


class Server(asyncio.DatagramProtocol):
    """Answers every request, but never the first time, and forgets the camera once."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.forgot = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        first = data not in self.heard
        self.heard.append(data)
        found = recorder.read(data)
        if first or found is None:
            return
        said = recorder.answer(found)
        if b"MobilePosition" in data and not self.forgot:
            self.forgot, said = True, said.replace(b"200 OK", b"403 Forbidden")
        self.transport.sendto(said, addr)


@pytest.mark.slow
def test_a_lost_request_is_sent_again_and_whoever_is_forgotten_registers_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorders, "FIRST_WAIT_SECONDS", 0.02)
    tally = recorders.Tally()

    async def run() -> Server:
        loop = asyncio.get_running_loop()
        transport, server = await loop.create_datagram_endpoint(Server, local_addr=("127.0.0.1", 0))
        port, stop = transport.get_extra_info("sockname")[1], asyncio.Event()
        camera = recorders.Camera(CAMERA, PASSWORD, PLACE)
        driving = asyncio.create_task(
            recorders.drive([camera], "127.0.0.1", port, every=0.1, seed=1, stop=stop, tally=tally)
        )
        # However slow the machine is.
        async with asyncio.timeout(60):
            while tally.registered < 2 or tally.answered <= 2:
                await asyncio.sleep(0.01)
        stop.set()
        await driving
        transport.close()
        return server

    server = asyncio.run(run())
    assert tally.registered == 2
    assert tally.refused == 1
    assert len(server.heard) >= 2 * (tally.answered + tally.registered)


@pytest.mark.slow
@pytest.mark.django_db
def test_cameras_are_registered_once_get_a_new_code_and_are_on_duty(settings: Settings) -> None:
    settings.GB28181_ID = SERVER_ID
    world = load(Path(settings.REFERENCE_DIR))
    for unit in [unit for unit in world.units if unit.is_squad][:3]:
        add_unit(
            code=unit.code, name=unit.code, short_name=unit.code, kind=UnitKind.STREET_SQUAD, by=SYSTEM, at=AT
        )
    first, again = recorders.enlist(world, 3, AT), recorders.enlist(world, 3, AT)
    assert [camera.id for camera in first] == [camera.id for camera in again]
    assert all(a.code != b.code for a, b in zip(first, again, strict=True))
    known = queries.registry("gb28181", AT)
    assert all(camera.id.startswith(REALM) and known[camera.id].hours for camera in first)


def test_a_camera_walks_and_does_not_drive() -> None:
    walk = recorders.Walk(
        recorders.Camera(CAMERA, PASSWORD, PLACE),
        recorders.Line(),
        WHO,
        recorders.Tally(),
        Route(PLACE, Random(1)),
    )
    told = walk._position(5)
    speed = float(told.partition("<Speed>")[2].partition("<")[0])
    assert 0 <= speed <= 5
