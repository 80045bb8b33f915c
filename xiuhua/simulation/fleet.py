"""The cars of the demo: registered and on duty, each drives in its squad's area and tells where it is over a socket.

1. `enlist` puts the terminals into the registry and their units on duty, by the acts of the room.
2. Each terminal connects, registers, authenticates, and sends a position each 1/rate seconds.
3. A position that is not acknowledged is kept; after the connection was lost it is sent again as backlog.
4. Orders are answered: by a position, by parameters, by yes; photos by no, for there is no camera.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions, queries
from xiuhua.org import queries as org
from xiuhua.simulation import terminal
from xiuhua.simulation.routes import Route
from xiuhua.simulation.world import Place, World

FIRST_PHONE = 13_900_000_000
ANSWER_SECONDS, AGAIN_SECONDS, HEARTBEAT_SECONDS = 15.0, 3.0, 60.0
MOST_KEPT = 2000
DUTY_HOURS = 12


@dataclass(frozen=True, slots=True)
class Car:
    phone: str
    plate: str
    place: Place


def cars(world: World, many: int) -> list[tuple[Car, str]]:
    """So many cars with the codes of their squads, dealt out over the squads that have one area of their own."""
    squads = [unit for unit in world.units if unit.is_squad and unit.places]
    found = []
    for n in range(many):
        squad = squads[n % len(squads)]
        place = squad.places[n // len(squads) % len(squad.places)]
        found.append((Car(str(FIRST_PHONE + n), f"沪A{n:05d}", place), squad.code))
    return found


def enlist(fleet: Sequence[tuple[Car, str]], now: datetime) -> int:
    """Register the terminals that are not registered yet, and put their units on duty from now on; how many are new."""
    units = {unit.code: unit for unit in org.units(SYSTEM)}
    there = set(queries.registry("jt808", now))
    new = 0
    for car, code in fleet:
        if car.phone not in there:
            actions.register(
                kind="vehicle_terminal",
                protocol="jt808",
                identity=car.phone,
                name=f"巡逻车{car.plate[2:]}",
                unit=units[code],
                plate=car.plate,
                by=SYSTEM,
                at=now,
            )
            new += 1
    codes = sorted({code for _, code in fleet})
    ends = now + timedelta(hours=DUTY_HOURS)
    stretches = [actions.Stretch(now - timedelta(minutes=10), ends, unit=units[code]) for code in codes]
    actions.put_hours(source=f"simulation.fleet:{now:%Y%m%d%H}", stretches=stretches, by=SYSTEM, at=now)
    return new


@dataclass
class Tally:
    """What the fleet has done together."""

    connected: int = 0
    sent: int = 0
    answered: int = 0
    refused: int = 0
    lost: int = 0
    ordered: int = 0
    slowest_ms: float = 0.0


@dataclass
class Terminal:
    car: Car
    rate: float
    tally: Tally
    rng: Random
    serial: int = 0
    here: bytes = b""
    kept: deque[bytes] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    waiting: dict[int, tuple[bytes, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.route = Route(self.car.place, self.rng)

    async def drive(self, host: str, port: int, stop: asyncio.Event) -> None:
        """Until `stop`; a lost connection is made again."""
        while not stop.is_set():
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                await self._once(host, port, stop)
            self.kept.extend(body for body, _ in self.waiting.values())
            self.waiting.clear()
            if not stop.is_set():
                self.tally.lost += 1
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), AGAIN_SECONDS * self.rng.uniform(0.5, 2))

    async def _once(self, host: str, port: int, stop: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        try:
            await self._sign_on(reader, writer)
            self.tally.connected += 1
            listening = asyncio.create_task(self._listen(reader, writer))
            try:
                await self._send(writer, stop, listening)
            finally:
                listening.cancel()
                self.tally.connected -= 1
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _sign_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._write(writer, terminal.REGISTER, terminal.registration(self.car.plate, self.car.phone))
        msg_id, body = await _read(reader)
        if msg_id != terminal.REGISTERED or body[2]:
            self.tally.refused += 1
            raise ConnectionRefusedError
        self._write(writer, terminal.AUTHENTICATE, body[3:])
        msg_id, body = await _read(reader)
        if msg_id != terminal.ANSWER or body[4]:
            self.tally.refused += 1
            raise ConnectionRefusedError

    def _write(self, writer: asyncio.StreamWriter, msg_id: int, body: bytes) -> int:
        serial = self.serial
        self.serial = (self.serial + 1) & 0xFFFF
        writer.write(terminal.frame(msg_id, self.car.phone, serial, body))
        return serial

    async def _send(
        self, writer: asyncio.StreamWriter, stop: asyncio.Event, listening: asyncio.Task[None]
    ) -> None:
        """A position each 1/rate seconds; first what was kept, at most a few in one message."""
        step = 1 / self.rate
        # Not all of the fleet in the same moment.
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), self.rng.uniform(0, step))
        while not stop.is_set() and not listening.done():
            lon, lat, speed, course = self.route.step(step)
            now = clock.now().astimezone(clock.SHANGHAI)
            metres = self.route.driven * 1000
            body = terminal.position(now, lon=lon, lat=lat, speed=speed, course=course, metres=metres)
            self.here = body
            if self.kept:
                many = [self.kept.popleft() for _ in range(min(len(self.kept), terminal.MOST_IN_BACKLOG))]
                self._write(writer, terminal.BACKLOG, terminal.backlog(many))
            serial = self._write(writer, terminal.POSITION, body)
            self.waiting[serial] = (body, time.monotonic())
            self.tally.sent += 1
            await writer.drain()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), step)

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            raw = await _raw(reader, patience=None)
            msg_id, body = terminal.read(raw)
            if msg_id != terminal.ANSWER:
                self._obey(writer, msg_id, terminal.serial_of(raw))
                continue
            found = self.waiting.pop(int.from_bytes(body[:2], "big"), None)
            if found is not None:
                self.tally.answered += 1
                self.tally.slowest_ms = max(self.tally.slowest_ms, (time.monotonic() - found[1]) * 1000)

    def _obey(self, writer: asyncio.StreamWriter, msg_id: int, serial: int) -> None:
        """Answer an order; one for the place, once there is one."""
        answer = terminal.order_answer(msg_id, serial, self.here)
        if answer is not None and (self.here or msg_id != terminal.ASK_POSITION):
            self._write(writer, *answer)
            self.tally.ordered += 1


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The next message of the platform."""
    return terminal.read(await _raw(reader, ANSWER_SECONDS))


async def _raw(reader: asyncio.StreamReader, patience: float | None) -> bytes:
    """The next bytes of the platform between two marks."""
    raw = b""
    while len(raw) < 2:
        raw = await asyncio.wait_for(reader.readuntil(b"\x7e"), patience)
    return raw[:-1]


async def drive(
    fleet: Sequence[Car], host: str, port: int, *, rate: float, seed: int, stop: asyncio.Event, tally: Tally
) -> None:
    """All cars, until `stop`."""
    terminals = [Terminal(car, rate, tally, Random(f"{seed}-{car.phone}")) for car in fleet]  # noqa: S311 - the same drive for the same seed
    await asyncio.gather(*(each.drive(host, port, stop) for each in terminals))
