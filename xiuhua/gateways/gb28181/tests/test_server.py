"""The gateway over real sockets: positions are answered when they are durable, and nothing outside duty is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from xiuhua.gateways.gb28181.codec import Message, Stream, parse
from xiuhua.gateways.gb28181.messages import CHINA
from xiuhua.gateways.gb28181.server import OURS_BYTES, Server
from xiuhua.gateways.gb28181.session import Peer, Send
from xiuhua.gateways.gb28181.sink import Sink
from xiuhua.gateways.gb28181.tests.camera import CAMERA, PASSWORD, SERVER_ID, Camera, keepalive, position
from xiuhua.gateways.roll import Roll
from xiuhua.gateways.tests.published import here
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, queries
from xiuhua.observations.models import Device
from xiuhua.observations.tests.stored import Stored, stored
from xiuhua.observations.tests.street import HOUR, on_duty
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POSITIONS = "SELECT device, at, lon, lat, speed, course FROM observations_position ORDER BY at"
NOW = f"{datetime.now(CHINA):%Y-%m-%dT%H:%M:%S}"
Walk = Callable[["Line"], Awaitable[None]]


class Line(asyncio.DatagramProtocol):
    """A camera's end of UDP, and of TCP where it is asked for."""

    def __init__(self, server: Server, port: int) -> None:
        self.server, self.port = server, port
        self.came: asyncio.Queue[bytes] = asyncio.Queue()

    async def open(self) -> Line:
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(
            lambda: self, remote_addr=("127.0.0.1", self.port)
        )
        return self

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.came.put_nowait(data)

    def send(self, data: bytes) -> None:
        self.transport.sendto(data)

    async def answer(self, method: str = "") -> Message:
        """The next answer; with `method`, the next request of that kind."""
        while True:
            message = parse(await asyncio.wait_for(self.came.get(), 60))
            if message.method == method:
                return message

    async def registered(self, camera: Camera) -> Message:
        self.send(camera.register())
        self.send(camera.register(await self.answer()))
        return await self.answer()


def _adopt(shared: BaseDatabaseWrapper) -> None:
    connections["default"] = shared


def acting_thread() -> Executor:
    """One thread that works on the suite's own connection, in which the rows of this test are."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    return ThreadPoolExecutor(1, initializer=_adopt, initargs=(shared,))


@pytest.fixture
def store(tmp_path: Path, db: None) -> Iterator[Stored]:
    with stored(tmp_path) as made:
        yield made


@pytest.fixture
def camera(bureau: Bureau, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Device:
    settings.GB28181_ID = SERVER_ID
    monkeypatch.setattr("secrets.token_urlsafe", lambda n: PASSWORD)
    device = actions.register(
        kind="body_camera",
        protocol="gb28181",
        identity=CAMERA,
        name="示例记录仪",
        unit=bureau.east,
        officer=bureau.officer(),
        by=SYSTEM,
        at=AT,
    )
    assert actions.issue_code(device=device, by=SYSTEM, at=AT) == PASSWORD
    return device


def served(store: Stored, walk: Walk, host: str = "127.0.0.1") -> Server:
    """Serve while `walk` goes through it."""
    roll = Roll("gb28181")
    roll.read()
    server = Server(SERVER_ID, Sink(roll), store.open, acting_thread())

    async def run() -> None:
        line = await Line(server, await server.start(host, 0)).open()
        try:
            await walk(line)
        finally:
            line.transport.close()
            await server.stop()

    asyncio.run(run())
    return server


def on_shift(bureau: Bureau) -> None:
    on_duty(officer=bureau.officer(), at=clock.now() - HOUR, hours=2)


def test_a_camera_on_duty_registers_is_asked_where_it_is_and_tells_it(
    bureau: Bureau, store: Stored, camera: Device
) -> None:
    on_shift(bureau)

    async def walk(line: Line) -> None:
        speaker = Camera()
        assert (await line.registered(speaker)).status == 200
        asked = await line.answer("SUBSCRIBE")
        assert f"127.0.0.1:{line.port}" in asked["contact"]
        line.send(speaker.tell(keepalive()))
        assert (await line.answer()).status == 200
        line.send(speaker.tell(position(NOW), "NOTIFY"))
        assert (await line.answer()).status == 200
        ((device, _, lon, lat, speed, course),) = store.rows(POSITIONS)
        assert (device, lon, lat, speed, course) == (camera.pk, 121.505, 31.205, 5.5, 120)

    server = served(store, walk)
    assert server.counts["registered"] == 1
    ((frames,),) = store.rows("SELECT frames FROM observations_current")
    assert frames == 3


def test_a_server_on_every_address_names_the_one_by_which_the_camera_reaches_it(
    bureau: Bureau, store: Stored, camera: Device
) -> None:
    on_shift(bureau)

    async def walk(line: Line) -> None:
        await line.registered(Camera())
        assert f"@127.0.0.1:{line.port}>" in (await line.answer("SUBSCRIBE"))["contact"]

    served(store, walk, "0.0.0.0")


def test_outside_duty_hours_nothing_is_asked_and_nothing_is_kept(store: Stored, camera: Device) -> None:
    async def walk(line: Line) -> None:
        speaker = Camera()
        await line.registered(speaker)
        line.send(speaker.tell(position(NOW)))
        assert (await line.answer()).status == 200
        await asyncio.sleep(1.2)
        assert not [
            m for m in (line.came.get_nowait() for _ in range(line.came.qsize())) if b"SUBSCRIBE" in m
        ]

    served(store, walk)
    assert store.rows(POSITIONS) == []
    assert store.rows("SELECT off_duty FROM observations_current") == [(1,)]


def test_what_a_camera_tells_of_itself_is_written_once(bureau: Bureau, store: Stored, camera: Device) -> None:
    bodies = {
        v["id"]: parse(v["input"]["sip"].encode()).body
        for v in here("gb28181")
        if v["id"] in {"dahua-catalog-response", "dahua-deviceinfo-response"}
    }

    async def walk(line: Line) -> None:
        speaker = Camera()
        await line.registered(speaker)
        for body in [*bodies.values(), *bodies.values()]:
            line.send(speaker.tell(body))
            assert (await line.answer()).status == 200

    served(store, walk)
    camera.refresh_from_db()
    assert camera.told["model"] == "DH-SD-6C3230UE-HN"
    (channel,) = queries.channels(SYSTEM)
    assert (channel.identity, channel.name, channel.online) == ("34020000001310000001", "DH71", True)
    for verb in ("observations.tell", "observations.list_channels"):
        assert RecordEntry.objects.filter(verb=verb).count() == 1


def test_rubbish_is_counted_and_kept_and_the_next_camera_is_heard(store: Stored, camera: Device) -> None:
    async def walk(line: Line) -> None:
        for data in (b"\r\n\r\n", b"rubbish", b"\x00" * 2000):
            line.send(data)
        assert (await line.registered(Camera())).status == 200
        line.send(Camera().tell(position(lon="east")))
        assert (await line.answer()).status == 400

    server = served(store, walk)
    assert server.counts["dropped"] == 3
    # The camera is not on duty: of what it told nothing is kept.
    assert store.rows("SELECT fault, length(raw) FROM observations_oddframe ORDER BY id") == [
        ("no_end_of_headers", len(b"rubbish")),
        ("no_end_of_headers", 2000),
        ("body", 0),
    ]


def test_a_camera_to_which_no_way_leads_does_not_hold_up_the_others(
    store: Stored, camera: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Peer("UDP", "10.6.6.6", 5060)

    def reached(server: Server, peer: Peer) -> bytes:
        if peer == away:
            raise OSError("示例：网络不可达")
        return b"127.0.0.1:5060"

    monkeypatch.setattr(Server, "_reached_at", reached)

    async def walk(line: Line) -> None:
        here = Peer("UDP", *line.transport.get_extra_info("sockname"))
        line.server._happened([Send(peer, b"SIP/2.0 200 " + OURS_BYTES) for peer in (away, here)])
        assert await asyncio.wait_for(line.came.get(), 60) == b"SIP/2.0 200 127.0.0.1:5060"

    assert served(store, walk).counts["unreachable"] == 1


def test_over_tcp_answers_come_on_the_same_line_and_a_broken_stream_ends_it(
    store: Stored, camera: Device
) -> None:
    async def walk(line: Line) -> None:
        speaker = Camera(transport="TCP")
        reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
        stream, came = Stream(), list[bytes]()

        async def answer() -> Message:
            while not came:
                came.extend(stream.feed(await asyncio.wait_for(reader.read(65536), 60)))
            return parse(came.pop(0))

        writer.write(speaker.register())
        challenge = await answer()
        whole = speaker.register(challenge)
        writer.write(whole[:50])
        await asyncio.sleep(0.05)
        writer.write(whole[50:])
        assert (await answer()).status == 200
        writer.write(b"MESSAGE a SIP/2.0\r\nContent-Length: many\r\n\r\n")
        while await asyncio.wait_for(reader.read(65536), 60):
            pass
        writer.close()
        await writer.wait_closed()

    server = served(store, walk)
    assert server.counts["stream: content_length"] == 1


def test_a_position_that_nobody_can_take_is_not_answered(
    bureau: Bureau, store: Stored, camera: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_shift(bureau)
    monkeypatch.setattr("xiuhua.gateways.writer.MOST_WAITING", 0)

    async def walk(line: Line) -> None:
        speaker = Camera()
        await line.registered(speaker)
        line.send(speaker.tell(position(NOW)))
        line.send(speaker.tell(keepalive()))
        assert (await line.answer())["cseq"] == "4 MESSAGE"

    assert served(store, walk).counts["not taken"] == 1


def test_a_fault_of_our_own_harms_one_message_only(
    store: Stored, camera: Device, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("示例：数据库不可用")

    monkeypatch.setattr(actions, "tell", broken)
    (vector,) = (v for v in here("gb28181") if v["id"] == "dahua-deviceinfo-response")

    async def walk(line: Line) -> None:
        speaker = Camera()
        await line.registered(speaker)
        line.send(speaker.tell(parse(vector["input"]["sip"].encode()).body))
        assert (await line.answer()).status == 200
        monkeypatch.setattr(line.server, "_other", broken)
        line.send(speaker.tell(keepalive()))
        assert (await line.answer()).status == 200

    server = served(store, walk)
    assert server.counts["failed"] == 2
