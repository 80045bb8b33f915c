"""The people and cars of the demo on the move, by the doors of real devices: JT/T 808 for cars, OsmAnd for phones.

Who they are was laid out by `moving`; only devices of the demo move, so that no phone of a real bureau loses its key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

import httpx

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions, queries
from xiuhua.simulation.fleet import Car
from xiuhua.simulation.moving import CAR, PHONE
from xiuhua.simulation.routes import Route
from xiuhua.simulation.world import Place, World

PATIENCE_SECONDS = 10.0
KMH_PER_KNOT = 1.852
# A patrol on foot goes a tenth as fast as a car on the same way.
ON_FOOT = 0.1


@dataclass(frozen=True, slots=True)
class Walker:
    """A phone: what it calls itself, the key that proves it, and where its bearer walks."""

    identity: str
    key: str
    place: Place


def _places(world: World) -> Mapping[str, Place]:
    return {squad.code: squad.places[0] for squad in world.units if squad.is_squad}


def cars(world: World) -> list[Car]:
    """The cars that the demo laid out."""
    places = _places(world)
    found = queries.devices(SYSTEM).filter(protocol="jt808", identity__startswith=CAR)
    return [Car(d.identity, d.plate, places[d.unit.code]) for d in found if d.unit.code in places]


def walkers(world: World, now: datetime) -> list[Walker]:
    """The phones that the demo laid out, each with a new key."""
    places = _places(world)
    found = queries.devices(SYSTEM).filter(protocol="osmand", identity__startswith=PHONE)
    return [
        Walker(d.identity, actions.issue_code(device=d, by=SYSTEM, at=now), places[d.unit.code])
        for d in found
        if d.unit.code in places
    ]


async def walk(people: Sequence[Walker], url: str, every: float, seed: int, stop: asyncio.Event) -> int:
    """Each tells where it is every so many seconds, until `stop`; how often somebody was told that it is kept."""
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client:
        told = await asyncio.gather(*(_walk(one, client, every, seed, stop) for one in people))
    return sum(told)


async def _walk(one: Walker, client: httpx.AsyncClient, every: float, seed: int, stop: asyncio.Event) -> int:
    rng = Random(f"{seed}-{one.identity}")  # noqa: S311 - the same walk for the same seed
    route, told = Route(one.place, rng), 0
    # Not all in the same moment.
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), rng.uniform(0, every))
    while not stop.is_set():
        lon, lat, speed, course = route.step(every * ON_FOOT)
        said = {
            "id": one.identity,
            "key": one.key,
            "timestamp": str(clock.milliseconds() // 1000),
            "lat": f"{lat:.6f}",
            "lon": f"{lon:.6f}",
            "speed": f"{speed * ON_FOOT / KMH_PER_KNOT:.2f}",
            "bearing": str(course),
            "accuracy": "8",
        }
        # A gateway that is away or busy is met again at the next step.
        with suppress(httpx.HTTPError):
            told += (await client.get("/", params=said)).status_code == httpx.codes.OK
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
    return told
