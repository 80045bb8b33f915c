"""The demo on the move: its own cars and phones only, each by a door of real devices."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.conf import settings

from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.models import Device
from xiuhua.observations.tests.street import car, phone
from xiuhua.registers.tests.bureau import AT, Bureau, built
from xiuhua.simulation import patrols
from xiuhua.simulation.patrols import Walker
from xiuhua.simulation.world import Place, Unit, World, load

PLACE = Place("310115004", "示例", 121.519278, 31.224969, 3.7)


def world_of(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which squad east walks in one place."""
    world = load(Path(settings.REFERENCE_DIR))
    monkeypatch.setattr(patrols, "_places", lambda _: {bureau.east.code: PLACE})
    return world


@pytest.mark.django_db
def test_only_devices_of_the_demo_move_and_no_other_loses_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    bureau = built()
    mine = phone(bureau.east, bureau.officer(), "demo-D001")
    other = phone(bureau.east, bureau.officer(), "phone-0001")
    actions.issue_code(device=other, by=SYSTEM, at=AT)
    kept = Device.objects.get(pk=other.pk).code_hash
    car(bureau.east, "13900000001")
    car(bureau.east, "13800000001")
    car(bureau.west, "13900000002")
    world = world_of(bureau, monkeypatch)
    assert [c.phone for c in patrols.cars(world)] == ["13900000001"]
    (walker,) = patrols.walkers(world, AT)
    assert walker.identity == "demo-D001"
    assert Device.objects.get(pk=mine.pk).code_hash == actions.hash_of(walker.key)
    assert Device.objects.get(pk=other.pk).code_hash == kept


class Door:
    """An HTTP door that hears who is where; the first is turned away."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.stop, self.heard = stop, list[dict[str, list[str]]]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            query = head.split(b" ", 2)[1].decode().partition("?")[2]
            self.heard.append(parse_qs(query))
            status = b"403 Forbidden" if len(self.heard) == 1 else b"200 OK"
            writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            if len(self.heard) == 3:
                self.stop.set()
                break
        writer.close()


def test_a_walker_tells_where_it_is_with_its_key_until_it_is_told_to_stop() -> None:
    async def run() -> tuple[int, list[dict[str, list[str]]]]:
        stop = asyncio.Event()
        door = Door(stop)
        server = await asyncio.start_server(door.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        walker = Walker("demo-D001", "key", PLACE)
        told = await patrols.walk([walker], f"http://127.0.0.1:{port}", 0.02, 7, stop)
        server.close()
        return told, door.heard

    told, heard = asyncio.run(run())
    assert told == 2
    for said in heard:
        assert (said["id"], said["key"]) == (["demo-D001"], ["key"])
        assert abs(float(said["lat"][0]) - PLACE.lat) < 0.05
        assert 0 <= float(said["speed"][0]) < 4


def test_a_gateway_that_is_away_is_met_again() -> None:
    async def run() -> int:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.2, stop.set)
        return await patrols.walk([Walker("demo-D001", "key", PLACE)], "http://127.0.0.1:9", 0.02, 7, stop)

    assert asyncio.run(run()) == 0


def test_every_squad_has_a_place() -> None:
    world = load(Path(settings.REFERENCE_DIR))
    squads: list[Unit] = [unit for unit in world.units if unit.is_squad]
    assert set(patrols._places(world)) == {unit.code for unit in squads}
