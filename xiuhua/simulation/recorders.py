"""Body cameras that speak GB/T 28181 over UDP: each registers, keeps itself alive and says where its bearer walks.

1. `enlist` puts them into the registry and issues their codes, by the acts of the room; their units are on duty.
2. Each registers, is challenged and proves itself; a request that nobody answers is sent again, then given up.
3. Whoever is told 403 registers anew: the gateway was started again, or does not know it from here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import cast

from django.conf import settings

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions, queries
from xiuhua.org import queries as org
from xiuhua.simulation import recorder
from xiuhua.simulation.routes import Route
from xiuhua.simulation.world import Place, World

FIRST = 8_000_001
DUTY_HOURS = 12
KEEP_ALIVE_SECONDS, AGAIN_SECONDS = 60.0, 3.0
# UDP loses: a request is sent so often, the next time after twice as long.
TRIES, FIRST_WAIT_SECONDS = 4, 0.5
# A patrol on foot goes a tenth as fast as a car on the same way.
ON_FOOT = 0.1


@dataclass(frozen=True, slots=True)
class Camera:
    id: str
    code: str
    place: Place


@dataclass
class Tally:
    """What the cameras have done together."""

    registered: int = 0
    sent: int = 0
    answered: int = 0
    refused: int = 0
    lost: int = 0


def enlist(world: World, many: int, now: datetime) -> list[Camera]:
    """So many cameras in the registry, each with a new code, dealt out over the squads; from now on on duty."""
    squads = [unit for unit in world.units if unit.is_squad and unit.places]
    units = {unit.code: unit for unit in org.units(SYSTEM)}
    there = {device.identity: device for device in queries.devices(SYSTEM).filter(protocol="gb28181")}
    found, codes = [], set()
    for n in range(many):
        squad = squads[n % len(squads)]
        identity = f"{settings.GB28181_ID[:10]}132{FIRST + n:07}"
        device = there.get(identity) or actions.register(
            kind="body_camera",
            protocol="gb28181",
            identity=identity,
            name=f"模拟记录仪{n + 1}",
            unit=units[squad.code],
            by=SYSTEM,
            at=now,
        )
        found.append(Camera(identity, actions.issue_code(device=device, by=SYSTEM, at=now), squad.places[0]))
        codes.add(squad.code)
    ends = now + timedelta(hours=DUTY_HOURS)
    stretches = [
        actions.Stretch(now - timedelta(minutes=10), ends, unit=units[code]) for code in sorted(codes)
    ]
    actions.put_hours(source=f"simulation.recorders:{now:%Y%m%d%H}", stretches=stretches, by=SYSTEM, at=now)
    return found


class Line(asyncio.DatagramProtocol):
    """The socket of one camera: answers to its requests by their number; what the server asks is answered at once."""

    def __init__(self) -> None:
        self.waiting: dict[int, asyncio.Future[recorder.Heard]] = {}
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        heard = recorder.read(data)
        if heard is None:
            return
        if not heard.status:
            self.send(recorder.answer(heard))
            return
        waiting = self.waiting.get(heard.number)
        if waiting is not None and not waiting.done() and heard.status >= 200:
            waiting.set_result(heard)

    def send(self, data: bytes) -> None:
        if self.transport is not None:
            self.transport.sendto(data)

    async def ask(self, number: int, data: bytes) -> recorder.Heard | None:
        """The answer; None where nobody gave one."""
        waiting = self.waiting[number] = asyncio.get_running_loop().create_future()
        try:
            for n in range(TRIES):
                self.send(data)
                with suppress(TimeoutError):
                    return await asyncio.wait_for(asyncio.shield(waiting), FIRST_WAIT_SECONDS * 2**n)
            return None
        finally:
            del self.waiting[number]


@dataclass
class Walk:
    """One camera on its way."""

    camera: Camera
    line: Line
    who: recorder.Identity
    tally: Tally
    route: Route
    number: int = field(default=0)

    async def go(self, every: float, stop: asyncio.Event) -> None:
        """Until `stop`; without a registration it tries again."""
        alive = 0.0
        while not stop.is_set():
            if not await self._register():
                await _pause(stop, AGAIN_SECONDS)
                continue
            known = True
            while known and not stop.is_set():
                if alive <= 0:
                    known, alive = (
                        await self._tell(recorder.keep_alive(self.who, self.number)),
                        KEEP_ALIVE_SECONDS,
                    )
                known = known and await self._tell(self._position(every))
                await _pause(stop, every)
                alive -= every

    def _position(self, every: float) -> str:
        lon, lat, speed, _ = self.route.step(every * ON_FOOT)
        now = clock.now().astimezone(clock.SHANGHAI)
        return recorder.position(self.who, self.number, now, lon=lon, lat=lat, speed=speed * ON_FOOT)

    async def _register(self) -> bool:
        challenge = ""
        for _ in range(2):
            self.number += 1
            heard = await self.line.ask(self.number, recorder.registration(self.who, self.number, challenge))
            if heard is None:
                self.tally.lost += 1
                return False
            if heard.status == 200:
                self.tally.registered += 1
                return True
            challenge = heard.headers.get("www-authenticate", "")
        self.tally.refused += 1
        return False

    async def _tell(self, body: str) -> bool:
        """Whether the server knows us still."""
        self.number += 1
        self.tally.sent += 1
        heard = await self.line.ask(self.number, recorder.message(self.who, self.number, body))
        if heard is None:
            self.tally.lost += 1
        elif heard.status == 200:
            self.tally.answered += 1
        else:
            self.tally.refused += 1
        return heard is None or heard.status != 403


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def drive(
    cameras: Sequence[Camera],
    host: str,
    port: int,
    *,
    every: float,
    seed: int,
    stop: asyncio.Event,
    tally: Tally,
) -> None:
    """All cameras, until `stop`."""

    async def one(camera: Camera) -> None:
        rng = Random(f"{seed}-{camera.id}")  # noqa: S311 - the same walk for the same seed
        # Not all in the same moment.
        await _pause(stop, rng.uniform(0, min(every, 2.0)))
        loop = asyncio.get_running_loop()
        transport, line = await loop.create_datagram_endpoint(Line, remote_addr=(host, port))
        try:
            own = transport.get_extra_info("sockname")
            who = recorder.Identity(camera.id, camera.code, settings.GB28181_ID, f"{own[0]}:{own[1]}")
            await Walk(camera, line, who, tally, Route(camera.place, rng)).go(every, stop)
        finally:
            transport.close()

    await asyncio.gather(*map(one, cameras))
