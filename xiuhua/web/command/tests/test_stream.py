"""The stream shows each viewer what the page shows, once encoded for all who see the same, and ends by itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signing

from xiuhua.command.rules import Seen
from xiuhua.web.command import live, stream
from xiuhua.web.command.picture import Sight, Sights

ONE, TWO = Seen("d1", 1, 1000, 121.5, 31.2, 5.0), Seen("o7", 2, 1000, 121.6, 31.3, 0.0)
BOTH = {1: ONE, 2: TWO}


def rows(event: bytes) -> Any:
    name, data = event.decode().strip().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_a_sight_shows_only_its_devices_and_then_only_what_changed() -> None:
    sight = Sight(frozenset({1}))
    sight.take(BOTH.values(), 1000, 10)
    assert rows(sight.whole(1000)) == ("whole", {"t": 1000, "rows": [["d1", 1, 121.5, 31.2, "moving", 1000]]})
    sight.take(BOTH.values(), 2000, 10)
    assert rows(sight.change) == ("moved", {"t": 2000, "rows": [], "gone": []})
    sight.take([ONE._replace(at=3000, lon=121.51)], 3000, 10)
    assert rows(sight.change)[1]["rows"] == [["d1", 1, 121.51, 31.2, "moving", 3000]]
    sight.take([TWO], 4000, 10)
    assert rows(sight.change)[1] == {"t": 4000, "rows": [], "gone": ["d1"]}


def test_the_whole_picture_is_encoded_once_a_step() -> None:
    sight = Sight(frozenset({1, 2}))
    sight.take(BOTH.values(), 1000, 10)
    assert sight.whole(1000) is sight.whole(1000)


def test_viewers_who_see_the_same_share_a_sight_until_the_last_leaves() -> None:
    sights = Sights()
    first, second, other = (sights.enter(frozenset(ids)) for ids in ({1}, {1}, {2}))
    assert first is second
    assert first is not other
    sights.take(BOTH, 1000, 10)
    assert (first.number, other.number) == (1, 1)
    sights.leave(first)
    sights.take(BOTH, 2000, 10)
    assert second.number == 2
    sights.leave(second)
    sights.take(BOTH, 3000, 10)
    assert second.number == 2


def test_a_pass_is_good_for_its_user_and_its_time_only() -> None:
    good = live.make_pass(7)
    assert live.read_pass(good) == 7
    assert live.read_pass(good.replace("7:", "8:", 1)) is None
    assert live.read_pass(signing.TimestampSigner(salt="another").sign("7")) is None
    assert live.read_pass("") is None
    with patch("django.core.signing.time.time", return_value=0):
        old = live.make_pass(7)
    assert live.read_pass(old) is None


class Line:
    """What a viewer sends and gets; `leave` is the moment the connection goes."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.gone = asyncio.Event()

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.got.append(message)

    @property
    def events(self) -> list[Any]:
        return [rows(m["body"]) for m in self.got if m["type"] == "http.response.body" and m["body"]]


def scope(key: str) -> dict[str, Any]:
    return {"type": "http", "query_string": f"pass={key}".encode()}


def told(run: Callable[[], Any], may: frozenset[int] | None = frozenset({1})) -> None:
    """`run` with a bureau in which two are on the road and the viewer may see `may`."""
    with (
        patch.object(stream, "devices_of", return_value=may),
        patch.object(stream, "read", return_value=(BOTH, 1000, 10)),
        patch.object(stream, "_begin"),
    ):
        asyncio.run(run())


def test_a_viewer_gets_the_whole_then_changes_and_is_forgotten_when_gone() -> None:
    async def run() -> None:
        app, line = stream.Application(interval=60), Line()
        await app.start()
        viewing = asyncio.create_task(app(scope(live.make_pass(7)), line.receive, line.send))
        while not line.events:
            await asyncio.sleep(0.01)
        await app.step()
        while len(line.events) < 2:
            await asyncio.sleep(0.01)
        line.gone.set()
        await viewing
        assert [name for name, _ in line.events] == ["whole", "moved"]
        assert line.events[0][1]["rows"][0][0] == "d1"
        assert line.got[0]["status"] == 200
        sight = app.sights.enter(frozenset({1}))
        assert (sight.viewers, sight.number) == (1, 0)
        await app.stop()

    told(run)


def test_a_stream_ends_after_its_time_and_asks_for_a_new_pass() -> None:
    async def run() -> None:
        app, line = stream.Application(interval=60, longest=0.05), Line()
        await app.start()
        await app(scope(live.make_pass(7)), line.receive, line.send)
        assert [name for name, _ in line.events] == ["whole", "again"]
        await app.stop()

    told(run)


@pytest.mark.parametrize(("key", "may"), [("forged", frozenset({1})), ("", frozenset({1})), ("good", None)])
def test_without_a_good_pass_or_an_open_account_nothing_is_shown(
    key: str, may: frozenset[int] | None
) -> None:
    async def run() -> None:
        app, line = stream.Application(), Line()
        await app(scope(live.make_pass(7) if key == "good" else key), line.receive, line.send)
        assert line.got[0]["status"] == 401
        assert line.events == []

    told(run, may)


def test_a_reading_that_fails_is_tried_again() -> None:
    async def run() -> None:
        app = stream.Application(interval=0.01)
        await app.start()
        with patch.object(stream, "read", side_effect=[RuntimeError("disk"), *[({}, 5, 10)] * 99]):
            while app._now != 5:
                await asyncio.sleep(0.01)
        await app.stop()

    told(run)


def test_the_servers_lifespan_starts_and_stops_the_reading() -> None:
    async def run() -> None:
        app, said = stream.Application(interval=60), []
        messages = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> Any:
            return {"type": next(messages)}

        async def send(message: Any) -> None:
            said.append(message["type"])

        await app({"type": "lifespan"}, receive, send)
        assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    told(run)
