"""The gateway over real sockets: positions are answered when they are durable, rubbish is survived."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from xiuhua.evidence.models import Exhibit
from xiuhua.evidence.tests.test_rules import FILES
from xiuhua.gateways.jt808.codec import V2013, Frame, encode, encode_all
from xiuhua.gateways.jt808.messages import Msg
from xiuhua.gateways.jt808.server import HEAD_BYTES, MOST_BAD, Server
from xiuhua.gateways.jt808.sink import Sink
from xiuhua.gateways.jt808.tests.terminal import PHONE, Street, body, registration
from xiuhua.gateways.roll import Roll
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions
from xiuhua.observations.actions import Batch, Store
from xiuhua.observations.models import Device
from xiuhua.observations.tests.stored import Stored, stored
from xiuhua.observations.tests.street import HOUR, car, on_duty
from xiuhua.registers.tests.bureau import Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POSITIONS = "SELECT device, at, lon, lat, speed, alarm FROM observations_position ORDER BY at"
NOW = int(time.time())
Walk = Callable[[Server, Street], Awaitable[None]]


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


def served(store: Stored, walk: Walk, open_store: Callable[[], Store] | None = None) -> Server:
    """Serve while `walk` goes through it."""
    roll = Roll("jt808")
    roll.read()
    server = Server(Sink(roll), open_store or store.open, acting_thread())

    async def run() -> None:
        street = Street(await server.start("127.0.0.1", 0))
        try:
            await walk(server, street)
        finally:
            await street.close()
            await server.stop()

    asyncio.run(run())
    return server


def on_the_street(bureau: Bureau) -> Device:
    device = car(bureau.east)
    on_duty(unit=bureau.east, at=clock.now() - HOUR, hours=2)
    return device


def test_a_terminal_signs_on_and_its_positions_are_answered_when_they_are_durable(
    bureau: Bureau, store: Stored
) -> None:
    device = on_the_street(bureau)

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        serials = [terminal.write(Msg.POSITION, body(NOW + n, alarm=2)) for n in range(3)]
        answers = [await terminal.answer() for _ in serials]
        assert [(a.serial, a.msg_id, a.result) for a in answers] == [(s, Msg.POSITION, 0) for s in serials]
        assert store.rows(POSITIONS) == [
            (device.pk, (NOW + n) * 1000, 121.505, 31.205, 33.0, 2) for n in range(3)
        ]
        terminal.write(Msg.HEARTBEAT)
        assert (await terminal.answer()).msg_id == Msg.HEARTBEAT

    served(store, walk)
    ((heard_at, alarm, frames),) = store.rows("SELECT at, alarm, frames FROM observations_current")
    assert (heard_at, alarm) == ((NOW + 2) * 1000, 2)
    assert frames == 5
    device.refresh_from_db()
    assert device.told["model"] == "BSJ-GF-06"
    assert RecordEntry.objects.filter(verb="observations.sign_on").count() == 1


def test_nothing_is_answered_while_the_store_fails_and_everything_once_it_works(
    bureau: Bureau, store: Stored, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    on_the_street(bureau)
    monkeypatch.setattr("xiuhua.gateways.writer.RETRY_SECONDS", 0.1)
    down = True

    class Failing:
        def __init__(self) -> None:
            self.real = store.open()

        def keep(self, batch: Batch) -> None:
            if down:
                raise OSError("示例：磁盘已满")
            self.real.keep(batch)

        def close(self) -> None:
            self.real.close()

    async def walk(server: Server, street: Street) -> None:
        nonlocal down
        terminal = await street.terminal()
        await terminal.signed_on()
        serial = terminal.write(Msg.POSITION, body(NOW))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(terminal.read(), 0.3)
        assert store.rows(POSITIONS) == []
        down = False
        assert (await terminal.answer()).serial == serial
        assert len(store.rows(POSITIONS)) == 1

    server = served(store, walk, Failing)  # type: ignore[arg-type]  # a store that fails on demand
    assert server.writer.failures > 0


def test_outside_duty_hours_a_position_is_answered_and_not_kept(bureau: Bureau, store: Stored) -> None:
    car(bureau.east)

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        terminal.write(Msg.POSITION, body(NOW))
        assert (await terminal.answer()).result == 0

    served(store, walk)
    assert store.rows(POSITIONS) == []
    assert store.rows("SELECT at, off_duty FROM observations_current") == [(None, 1)]


def test_a_stranger_a_wrong_vehicle_and_a_wrong_code_are_refused(bureau: Bureau, store: Stored) -> None:
    on_the_street(bureau)

    async def walk(server: Server, street: Street) -> None:
        stranger = await street.terminal(bytes.fromhex("013900000009"))
        stranger.write(Msg.REGISTER, registration())
        assert (await stranger.read()).body[2:] == b"\x04"
        other = await street.terminal()
        other.write(Msg.REGISTER, registration("沪B99999"))
        assert (await other.read()).body[2:] == b"\x02"
        other.write(Msg.AUTHENTICATE, b"guess")
        assert (await other.answer()).result == 1
        with pytest.raises(EOFError):
            await other.read()

    server = served(store, walk)
    assert server.counts["refused"] == 3
    assert not RecordEntry.objects.filter(verb="observations.sign_on").exists()


def test_a_second_connection_of_the_same_terminal_closes_the_first(bureau: Bureau, store: Stored) -> None:
    on_the_street(bureau)

    async def walk(server: Server, street: Street) -> None:
        first, second = await street.terminal(), await street.terminal()
        code = await first.signed_on()
        second.write(Msg.AUTHENTICATE, code.encode())
        assert (await second.answer()).result == 0
        with pytest.raises(EOFError):
            await first.read()
        second.write(Msg.POSITION, body(NOW))
        assert (await second.answer()).result == 0
        assert list(server.terminals) == ["13800000001"]

    served(store, walk)


def test_rubbish_is_counted_kept_for_a_look_and_never_ends_the_process(bureau: Bureau, store: Stored) -> None:
    on_the_street(bureau)
    rubbish = [b"GET / HTTP/1.1\r\n\r\n", b"\x7e" * 50, b"\x7e" + bytes(range(256)) * 40, b"\x7e\x01\x00\x7e"]

    async def walk(server: Server, street: Street) -> None:
        for data in rubbish:
            _, writer = await asyncio.open_connection("127.0.0.1", street.port)
            writer.write(data)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        terminal = await street.terminal()
        await terminal.signed_on()
        terminal.writer.write(b"\x7e\x02\x00\x00\x7e" * 3)
        terminal.write(Msg.POSITION, body(NOW))
        assert (await terminal.answer()).result == 0
        early = await street.terminal()
        for _ in range(MOST_BAD // 100 + 2):
            early.write(Msg.POSITION, body(NOW))
        with pytest.raises(EOFError):
            await early.read()

    server = served(store, walk)
    assert server.counts["dropped short"] >= 4
    assert server.counts["dropped early"] >= MOST_BAD // 100
    kept = dict(store.rows("SELECT fault, count(*) FROM observations_oddframe GROUP BY fault"))
    assert {"short", "early"} <= kept.keys()
    # Who has not signed on may be ours and off duty: where it is stands behind the header.
    early = store.rows("SELECT DISTINCT length(raw) FROM observations_oddframe WHERE fault = 'early'")
    assert early == [(HEAD_BYTES,)]
    assert store.rows("SELECT bad FROM observations_current") == [(3,)]


@pytest.mark.parametrize("hours", [2, 0.5])
def test_of_a_frame_that_cannot_be_read_off_duty_the_header_is_kept_and_no_place(
    bureau: Bureau, store: Stored, hours: float
) -> None:
    on_duty(device=car(bureau.east), at=clock.now() - HOUR, hours=hours)
    broken = encode(Frame(Msg.POSITION, V2013, PHONE, 9, bytes(20)))

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        terminal.writer.write(broken)
        terminal.write(Msg.HEARTBEAT)
        assert (await terminal.answer()).msg_id == Msg.HEARTBEAT

    served(store, walk)
    ((raw,),) = store.rows("SELECT raw FROM observations_oddframe")
    assert bytes(raw) == (broken[1:-1] if hours > 1 else broken[1:][:HEAD_BYTES])


def test_a_picture_becomes_an_exhibit_and_is_answered_as_whole(bureau: Bureau, store: Stored) -> None:
    device = on_the_street(bureau)
    picture = FILES["image/jpeg"] + bytes(3000)
    whole = bytes.fromhex("0000000700000102") + body(NOW - 1) + picture

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        for part in encode_all(Msg.MEDIA, terminal.version, PHONE, 9, whole):
            terminal.writer.write(part)
        ids = [(await terminal.read()).msg_id for _ in range(3)]
        assert ids == [Msg.PLATFORM_ANSWER] * 2 + [Msg.MEDIA_ANSWER]

    served(store, walk)
    exhibit = Exhibit.objects.get()
    assert (exhibit.device_id, exhibit.unit_id) == (device.identity, bureau.east.pk)
    assert exhibit.file is not None
    assert exhibit.file.size == len(picture)


def test_a_picture_off_duty_and_one_that_is_no_picture_are_answered_and_not_kept(
    bureau: Bureau, store: Stored
) -> None:
    on_the_street(bureau)
    head = bytes.fromhex("0000000700000102")

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        for content in (body(NOW - 90_000) + FILES["image/jpeg"], body(NOW - 1) + b"no picture at all"):
            terminal.write(Msg.MEDIA, head + content)
            assert (await terminal.read()).msg_id == Msg.MEDIA_ANSWER
        assert len(server.sink.no_kept_media) == 1

    served(store, walk)
    assert not Exhibit.objects.exists()


def test_acts_of_a_terminal_are_done_in_the_order_in_which_it_asked_and_answered_by_the_loop(
    bureau: Bureau, store: Stored
) -> None:
    on_the_street(bureau)
    done: list[tuple[str, bool]] = []

    def act(name: str, seconds: float) -> Callable[[], Callable[[], bytes]]:
        def run() -> Callable[[], bytes]:
            time.sleep(seconds)
            done.append((name, threading.current_thread() is threading.main_thread()))
            return say

        def say() -> bytes:
            done.append((f"answer to {name}", threading.current_thread() is threading.main_thread()))
            return b""

        return run

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        (connection,) = server.connections
        with ThreadPoolExecutor(2) as server.threads:
            server._apart(connection, act("slow", 0.05))
            server._apart(connection, act("quick", 0))
            assert connection.busy == 2
            terminal.write(Msg.ASK_TIME)
            assert (await terminal.read()).msg_id == Msg.TIME
        server.threads = acting_thread()

    served(store, walk)
    assert done == [("slow", False), ("answer to slow", True), ("quick", False), ("answer to quick", True)]


def test_a_device_that_is_withdrawn_is_heard_no_more(bureau: Bureau, store: Stored) -> None:
    device = on_the_street(bureau)

    def withdraw(server: Server) -> None:
        actions.withdraw(device=device, reason="示例", by=SYSTEM, at=clock.now())
        server.sink.roll.read()

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        await asyncio.get_running_loop().run_in_executor(server.threads, withdraw, server)
        terminal.write(Msg.POSITION, body(NOW))
        with pytest.raises(EOFError):
            await terminal.read()

    served(store, walk)
    assert store.rows(POSITIONS) == []


def test_who_is_silent_or_says_nothing_of_itself_is_closed(
    bureau: Bureau, store: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_street(bureau)
    monkeypatch.setattr("xiuhua.gateways.jt808.server.SWEEP_SECONDS", 0.05)
    monkeypatch.setattr("xiuhua.gateways.jt808.server.STRANGER_SECONDS", 0.1)

    async def walk(server: Server, street: Street) -> None:
        stranger, terminal = await street.terminal(), await street.terminal()
        await terminal.signed_on()
        with pytest.raises(EOFError):
            await stranger.read()
        terminal.write(Msg.HEARTBEAT)
        assert (await terminal.answer()).result == 0

    served(store, walk)


def test_a_terminal_that_takes_no_answers_is_not_read_until_it_does(bureau: Bureau, store: Stored) -> None:
    on_the_street(bureau)

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        (connection,) = server.connections
        assert connection.transport is not None
        connection.pause_writing()
        assert not connection.transport.is_reading()
        serial = terminal.write(Msg.POSITION, body(NOW))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(terminal.read(), 0.2)
        connection.resume_writing()
        assert (await terminal.answer()).serial == serial

    served(store, walk)


def test_more_than_may_wait_is_read_later(
    bureau: Bureau, store: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_street(bureau)
    monkeypatch.setattr("xiuhua.gateways.writer.MOST_WAITING", 2)

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        serials = [terminal.write(Msg.POSITION, body(NOW + n)) for n in range(50)]
        assert [(await terminal.answer()).serial for _ in serials] == serials

    served(store, walk)
    assert len(store.rows(POSITIONS)) == 50


def test_a_connection_that_breaks_inside_is_closed_alone(
    bureau: Bureau, store: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_street(bureau)

    async def walk(server: Server, street: Street) -> None:
        first = await street.terminal()
        await first.signed_on()
        with monkeypatch.context() as broken:
            broken.setattr("xiuhua.gateways.jt808.server.taken", lambda *a: 1 / 0)
            first.write(Msg.POSITION, body(NOW))
            with pytest.raises(EOFError):
                await first.read()
            broken.setattr(Sink, "register", lambda *a: 1 / 0)
            second = await street.terminal()
            second.write(Msg.REGISTER, registration())
            with pytest.raises(EOFError):
                await second.read()
        third = await street.terminal()
        await third.signed_on()

    served(store, walk)
