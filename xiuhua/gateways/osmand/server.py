"""The ASGI application of OsmAnd: reads a request, says 200 when its position is durable. No framework, no page."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from xiuhua.gateways.osmand import codec
from xiuhua.gateways.osmand.messages import BadReport, Report
from xiuhua.gateways.osmand.sink import taken
from xiuhua.gateways.roll import Roll, kept_of
from xiuhua.gateways.writer import Writer
from xiuhua.kernel import clock
from xiuhua.observations import actions
from xiuhua.observations.queries import Known

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
PATIENCE_SECONDS = 30
ODD_BYTES = 2048
# A phone's key where it stands in an address or a form: it opens the door, and is not kept.
_KEY = re.compile(rb"(?<![^&\n])key=[^&\s]*")


class Application:
    """One process. The registry and the thread that writes are started by the server's lifespan."""

    def __init__(self, roll: Roll, open_store: Callable[[], actions.Store] = actions.open_store) -> None:
        self.roll = roll
        self._open_store = open_store
        self._writer: Writer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            status = await self._answer(scope, receive)
            await send(
                {"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]}
            )
            await send({"type": "http.response.body", "body": b""})

    async def start(self) -> None:
        await asyncio.to_thread(self.roll.start)
        self._writer = Writer(self._open_store, _durable, asyncio.get_running_loop())
        self._writer.start()

    async def stop(self) -> None:
        if self._writer is not None:
            await asyncio.to_thread(self._writer.stop)
        await asyncio.to_thread(self.roll.stop)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive) -> int:
        if scope["method"] not in {"GET", "POST"}:
            return 405
        query = scope.get("query_string", b"").decode("ascii", "replace")
        body = b""
        try:
            body = await _body(receive)
            headers = dict(scope.get("headers", ()))
            report = codec.read(query, headers.get(b"content-type", b"").decode("latin-1"), body)
        except BadReport as bad:
            self._odd(scope, "", str(bad), query, body)
            return 400
        known = self._device(report, headers)
        if known is None:
            self._odd(scope, report.device, "unknown", query, body)
            return 403
        return await self._keep(known, report)

    def _device(self, report: Report, headers: dict[bytes, bytes]) -> Known | None:
        """The phone that proves who it is: by its key in the address or as a bearer token."""
        known = self.roll.known.get(report.device)
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        key = report.key or (token.strip() if scheme.lower() == "bearer" else "")
        return known if known is not None and self.roll.proves(known, key) else None

    async def _keep(self, known: Known, report: Report) -> int:
        assert self._writer is not None, "the application was not started"
        row, news = taken(known, report, clock.milliseconds())
        self._writer.heard(news)
        if row is None:
            return 200
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writer.put([row], done)
        try:
            await asyncio.wait_for(done, PATIENCE_SECONDS)
        except TimeoutError:
            return 503
        return 200

    def _odd(self, scope: Scope, device: str, fault: str, query: str, body: bytes) -> None:
        if self._writer is not None:
            peer = str((scope.get("client") or ("",))[0])
            now, said = clock.milliseconds(), _KEY.sub(b"key=", query.encode() + b"\n" + body)
            raw = kept_of(said[:ODD_BYTES], self.roll.known.get(device), now)
            self._writer.put_odd(actions.Odd(now, "osmand", peer, device[:64], fault[:20], raw))


def _durable(tickets: list[Any]) -> None:
    for done in tickets:
        if not done.done():
            done.set_result(None)


async def _body(receive: Receive) -> bytes:
    """Raises BadReport as soon as it is longer than any report."""
    parts, size = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > codec.MOST_BYTES:
            raise BadReport("too long")
        if not message.get("more_body"):
            return b"".join(parts)
