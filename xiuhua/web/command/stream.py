"""The ASGI application of the live map: one event stream a viewer, all fed from one reading. No framework, no page."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.db import close_old_connections

from xiuhua.command import jobs, queries, rules
from xiuhua.kernel import clock
from xiuhua.org import queries as org
from xiuhua.org.queries import User
from xiuhua.web.command.live import read_pass
from xiuhua.web.command.picture import Sight, Sights

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
INTERVAL_SECONDS = 5.0
# A stream ends after so long: the page asks for a new pass, and whoever lost a right or signed out loses the view.
LONGEST_SECONDS = 60.0
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    # The pass is what opens the stream; no cookie is read.
    (b"access-control-allow-origin", b"*"),
]


def devices_of(user_id: int) -> frozenset[int] | None:
    """The devices that somebody may follow now, as the page asks it; None for an account that is closed."""
    close_old_connections()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    actor = org.actor_for(user, clock.now())
    return frozenset(queries.followed(actor).values_list("pk", flat=True))


def read() -> tuple[dict[int, rules.Seen], int, int]:
    """Where every device on duty was seen in this stretch of duty, the moment, and after how long one is lost."""
    close_old_connections()
    at = clock.now()
    return queries.everyone(at), queries.milliseconds(at), queries.limits().lost_minutes


def _begin() -> None:
    """Where positions are streamed alarms are looked for."""
    jobs.begin(clock.now())


class Application:
    """One process. The reading is started by the server's lifespan and goes on while somebody looks."""

    def __init__(self, interval: float = INTERVAL_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self.interval, self.longest = interval, longest
        self.sights = Sights()
        self._found: dict[int, rules.Seen] = {}
        self._now = self._lost = 0
        self._stepped = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def start(self) -> None:
        await asyncio.to_thread(_begin)
        await self.step()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def step(self) -> None:
        """One reading, shown to everybody."""
        self._found, self._now, self._lost = await asyncio.to_thread(read)
        self.sights.take(self._found, self._now, self._lost)
        self._stepped.set()
        self._stepped = asyncio.Event()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self.interval)
            try:
                await self.step()
            except Exception:
                log.exception("the positions could not be read; trying again")

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent = parse_qs(scope["query_string"].decode("latin-1")).get("pass", [""])[0]
        user = read_pass(sent)
        devices = await asyncio.to_thread(devices_of, user) if user is not None else None
        if devices is None:
            await send({"type": "http.response.start", "status": 401, "headers": HEADERS[1:]})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        sight = self.sights.enter(devices)
        left = asyncio.create_task(_left(receive))
        try:
            if sight.number == 0:
                sight.take(self._found.values(), self._now, self._lost)
            await self._show(sight, left, send)
        finally:
            left.cancel()
            self.sights.leave(sight)

    async def _show(self, sight: Sight, left: asyncio.Task[None], send: Send) -> None:
        """The whole picture, then each change; whoever was too slow for a change gets the whole again."""
        shown, ends = -1, asyncio.get_running_loop().time() + self.longest
        while not left.done() and asyncio.get_running_loop().time() < ends:
            stepped = self._stepped
            if shown != sight.number:
                body = sight.change if shown == sight.number - 1 and shown >= 0 else sight.whole(self._now)
                shown = sight.number
                await send({"type": "http.response.body", "body": body, "more_body": True})
            waiting = asyncio.create_task(stepped.wait())
            await asyncio.wait({waiting, left}, return_when=asyncio.FIRST_COMPLETED, timeout=self.longest)
            waiting.cancel()
        if not left.done():
            await send({"type": "http.response.body", "body": b"event: again\ndata: {}\n\n"})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
