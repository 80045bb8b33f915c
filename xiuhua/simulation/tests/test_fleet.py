"""The cars of the demo: their own bytes are those of the standard, they stay inside, they keep what is not answered."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from xiuhua.gateways.jt808.tests.wire import Frame, Splitter, decode, encode, messages
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.observations import queries
from xiuhua.org.actions import add_unit
from xiuhua.org.rules import UnitKind
from xiuhua.registers.tests.bureau import AT
from xiuhua.simulation import fleet, terminal
from xiuhua.simulation.routes import Route
from xiuhua.simulation.world import KM_PER_DEGREE, Place, load

PLACE = Place("310115004", "示例", 121.519278, 31.224969, 3.7)
MOMENT = datetime(2026, 5, 13, 9, 0, 5, tzinfo=SHANGHAI)


async def until(seen: Callable[[], bool]) -> None:
    """Wait for what the cars do, however slow the machine is. Raises TimeoutError when it never comes."""
    async with asyncio.timeout(60):
        while not seen():
            await asyncio.sleep(0.01)


def test_frames_of_the_terminal_are_read_by_the_gateway_as_they_were_meant() -> None:
    for serial in (0, 0x7D7E, 65536 + 3):
        body = terminal.position(MOMENT, lon=121.5, lat=31.2, speed=33, course=89, metres=500)
        wire = terminal.frame(terminal.POSITION, "13900000001", serial, body)
        frame = decode(Splitter().feed(wire)[0])
        assert (frame.identity, frame.serial) == ("13900000001", serial & 0xFFFF)
        assert encode(frame) == wire
        told = messages.position(frame.body)
        assert (told.lon, told.lat, told.speed, told.direction, told.fixed) == (121.5, 31.2, 330, 89, True)
        assert told.at == int(MOMENT.timestamp())
        assert terminal.read(wire[1:-1]) == (terminal.POSITION, frame.body)
    said = messages.registration(
        decode(
            terminal.frame(terminal.REGISTER, "1", 1, terminal.registration("沪A00001", "13900000001"))[1:-1]
        )
    )
    assert (said.plate, said.year, said.model, said.colour) == ("沪A00001", 2013, "XH-SIM-1", 1)
    bodies = [terminal.position(MOMENT, lon=121.5, lat=31.2, speed=0, course=0, metres=0)] * 3
    assert len(messages.batch(terminal.backlog(bodies))[1]) == 3


def test_orders_are_answered_as_the_standard_says() -> None:
    here = terminal.position(MOMENT, lon=121.5, lat=31.2, speed=0, course=0, metres=0)
    for order in (terminal.TEXT, terminal.TRACK, terminal.SET_PARAMETERS):
        answered = terminal.order_answer(order, 7, here)
        assert answered is not None
        assert (answered[0], messages.answer(answered[1])) == (terminal.GENERAL, (7, order, 0))
    parameters = terminal.order_answer(terminal.ASK_PARAMETERS, 8, here)
    assert parameters is not None
    assert messages.parameters(parameters[1]) == (8, {1: b"\0\0\0\x3c", 0x29: b"\0\0\0\x1e"})
    place = terminal.order_answer(terminal.ASK_POSITION, 9, here)
    assert place == (terminal.HERE, b"\0\x09" + here)
    shot = terminal.order_answer(terminal.SHOOT, 10, here)
    assert shot is not None
    assert messages.shots(shot[1]) == (10, terminal.NO_SUCH_CHANNEL, [])
    assert terminal.order_answer(terminal.REGISTERED, 1, here) is None
    wire = terminal.frame(terminal.TEXT, "1", 0x7D7E, b"")
    assert terminal.serial_of(wire[1:-1]) == 0x7D7E


@pytest.mark.slow
def test_a_car_under_way_answers_its_orders() -> None:
    heard: list[Frame] = []

    async def platform(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        splitter, gate, orders = Splitter(), Gate(silent=0), [terminal.SHOOT, terminal.ASK_POSITION]
        while data := await reader.read(4096):
            for frame in map(decode, splitter.feed(data)):
                heard.append(frame)
                while frame.msg_id == terminal.POSITION and orders:
                    order, serial = orders.pop(), 41 - len(orders)
                    writer.write(encode(frame._replace(msg_id=order, serial=serial, body=b"", attr=0)))
                if frame.msg_id in {terminal.REGISTER, terminal.AUTHENTICATE, terminal.POSITION}:
                    writer.write(gate._answer(frame))
        writer.close()

    tally = fleet.Tally()

    async def run() -> None:
        server = await asyncio.start_server(platform, "127.0.0.1", 0)
        port, stop = server.sockets[0].getsockname()[1], asyncio.Event()
        car = fleet.Car("13900000001", "沪A00001", PLACE)
        driving = asyncio.create_task(
            fleet.drive([car], "127.0.0.1", port, rate=50, seed=1, stop=stop, tally=tally)
        )
        await until(lambda: tally.ordered >= 2 and any(f.msg_id == terminal.SHOT for f in heard))
        stop.set()
        await driving
        server.close()

    asyncio.run(run())
    here, shot = (next(f for f in heard if f.msg_id == id_) for id_ in (terminal.HERE, terminal.SHOT))
    assert here.body[:2] == (40).to_bytes(2, "big")
    assert messages.position(here.body[2:]).fixed
    assert messages.shots(shot.body) == (41, terminal.NO_SUCH_CHANNEL, [])


def test_a_car_stays_in_its_area_drives_at_its_speed_and_rests_at_times() -> None:
    route, again = Route(PLACE, Random(1)), Route(PLACE, Random(1))
    steps = [route.step(10) for _ in range(2000)]
    assert steps == [again.step(10) for _ in range(2000)]
    reach = math.sqrt(PLACE.km2 / math.pi)
    for lon, lat, speed, course in steps:
        east = (lon - PLACE.lon) * KM_PER_DEGREE * math.cos(math.radians(lat))
        assert math.hypot(east, (lat - PLACE.lat) * KM_PER_DEGREE) < reach
        assert 0 <= speed <= 45
        assert 0 <= course < 360
    assert 0 < sum(speed == 0 for _, _, speed, _ in steps) < 2000
    assert 10 < route.driven < 200


@pytest.mark.slow
def test_every_car_has_a_number_of_its_own_and_a_squad() -> None:
    found = fleet.cars(load(Path(settings.REFERENCE_DIR)), 200)
    assert len({car.phone for car, _ in found}) == len({car.plate for car, _ in found}) == 200
    assert len({code for _, code in found}) > 30


class Gate:
    """A gateway that answers what it is told to: it hears everything, and keeps silent for a while."""

    def __init__(self, silent: int) -> None:
        self.silent = silent
        self.ended = False
        self.batches: list[int] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        splitter, open_ = Splitter(), True
        while open_ and (data := await reader.read(4096)):
            answers = [self._answer(decode(raw)) for raw in splitter.feed(data)]
            writer.write(b"".join(answers))
            open_ = not self.ended
            self.ended = False
        writer.close()

    def _answer(self, frame: Frame) -> bytes:
        """What is said to a frame; nothing while it keeps silent, and at the end of that it hangs up."""
        if frame.msg_id == terminal.BACKLOG:
            self.batches.append(len(messages.batch(frame.body)[1]))
        if frame.msg_id == terminal.POSITION and self.silent:
            self.silent -= 1
            self.ended = not self.silent
            return b""
        if frame.msg_id == terminal.REGISTER:
            body = messages.registration_answer(frame.serial, 0, "CODE")
            return encode(frame._replace(msg_id=terminal.REGISTERED, body=body, attr=0))
        body = messages.answer_body(messages.Answer(frame.serial, frame.msg_id, 0))
        return encode(frame._replace(msg_id=terminal.ANSWER, body=body, attr=0))


@pytest.mark.slow
def test_what_was_not_answered_is_sent_again_as_backlog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "AGAIN_SECONDS", 0.05)
    gate, tally = Gate(silent=5), fleet.Tally()

    async def run() -> None:
        server = await asyncio.start_server(gate.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        stop = asyncio.Event()
        car = fleet.Car("13900000001", "沪A00001", PLACE)
        driving = asyncio.create_task(
            fleet.drive([car], "127.0.0.1", port, rate=50, seed=1, stop=stop, tally=tally)
        )
        await until(lambda: tally.answered > 10)
        stop.set()
        await driving
        server.close()
        await server.wait_closed()

    asyncio.run(run())
    assert gate.batches
    assert sum(gate.batches) >= 4
    assert tally.lost >= 1
    assert tally.connected == 0


@pytest.mark.slow
def test_a_terminal_that_is_refused_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "AGAIN_SECONDS", 0.02)
    tally = fleet.Tally()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        frame = decode(Splitter().feed(await reader.read(4096))[0])
        body = messages.registration_answer(frame.serial, 4)
        writer.write(encode(frame._replace(msg_id=terminal.REGISTERED, body=body, attr=0)))
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        stop = asyncio.Event()
        car = fleet.Car("13900000001", "沪A00001", PLACE)
        driving = asyncio.create_task(
            fleet.drive([car], "127.0.0.1", port, rate=50, seed=1, stop=stop, tally=tally)
        )
        await until(lambda: tally.refused > 1)
        stop.set()
        await driving
        server.close()
        await server.wait_closed()

    asyncio.run(run())
    assert tally.sent == 0


@pytest.mark.slow
@pytest.mark.django_db
def test_cars_are_registered_once_and_their_squads_are_on_duty() -> None:
    found = fleet.cars(load(Path(settings.REFERENCE_DIR)), 3)
    for _, code in found:
        add_unit(code=code, name=f"示例{code}", short_name=code, kind=UnitKind.STREET_SQUAD, by=SYSTEM, at=AT)
    assert fleet.enlist(found, AT) == 3
    assert fleet.enlist(found, AT) == 0
    known = queries.registry("jt808", AT)
    assert all(known[car.phone].hours for car, _ in found)
