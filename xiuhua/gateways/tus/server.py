"""The ASGI application of tus: reads heads, moves bytes, says what `session` decides. No framework, no database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from xiuhua.gateways.tus import codec, session
from xiuhua.gateways.tus.depot import Depot
from xiuhua.gateways.tus.holding import Holds, Receive
from xiuhua.gateways.tus.joining import Unfit, join
from xiuhua.gateways.tus.messages import VERSION, Append, Create, Reply, Request, Terminate, Upload
from xiuhua.gateways.tus.writing import Progress, Writer
from xiuhua.kernel import clock
from xiuhua.kernel.files import Hashes

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Scope = MutableMapping[str, Any]


class Sink(Protocol):
    """Where whole files go, and who may bring them. Called in threads; may wait."""

    def admit(self, headers: Mapping[str, str]) -> str | None:
        """Who asks, or None for a stranger."""

    def refuses(self, owner: str, metadata: Mapping[str, bytes], length: int | None) -> str:
        """Why this upload is not wanted; empty if it is."""

    def arrived(self, upload: Upload, data: Path, hashes: Hashes) -> None:
        """A whole file, durable. Called again after a crash, so it bears repetition."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where uploads are reached: `path` ends with a slash; `base` is said where a proxy hides it."""

    path: str = "/files/"
    base: str = ""

    def upload_id(self, path: str) -> str | None:
        """The id an address names; empty on the collection, None elsewhere."""
        if not f"{path}/".startswith(self.path):
            return None
        rest = path[len(self.path) :].rstrip("/")
        return rest if not rest or codec.is_id(rest) else "unknown"

    def location(self, scope: Scope, headers: Mapping[str, str], upload_id: str) -> str:
        """An absolute address: one of the common clients follows no other."""
        scheme = headers.get("x-forwarded-proto") or scope.get("scheme", "http")
        base = self.base or f"{scheme}://{headers.get('host', 'localhost')}"
        return f"{base.rstrip('/')}{self.path}{upload_id}"


class Application:
    """One process holds all uploads of its depot: their locks and the states of their hashes are in memory."""

    def __init__(self, depot: Depot, sink: Sink, limits: session.Limits, place: Place | None = None) -> None:
        self.depot, self.sink, self.limits, self.place = depot, sink, limits, place or Place()
        self.pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="tus")
        self.holds = Holds()
        self.progress: dict[str, Progress] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            reply = await self._answer(scope, receive)
            await _say(reply, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            said = await receive()
            if said["type"] == "lifespan.startup":
                await self._in_thread(self.resume)
            await send({"type": f"{said['type']}.complete"})
            if said["type"] == "lifespan.shutdown":
                return

    def resume(self) -> None:
        """At the start: what expired goes, and what was whole when the process died is handed on now."""
        self.depot.expire(clock.now())
        for upload in self.depot.all():
            if upload.whole and not upload.partial and not self.depot.handed_on(upload.id):
                self._hand_on(upload)

    async def _in_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.pool, work, *given)

    async def _answer(self, scope: Scope, receive: Receive) -> Reply:
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        upload_id = self.place.upload_id(scope["path"])
        if upload_id is None:
            return Reply(404, text="uploads are elsewhere")
        request = Request(scope["method"], upload_id, headers)
        owner = await self._in_thread(self.sink.admit, headers)
        if owner is None and request.method != "OPTIONS":
            return Reply(401, {"WWW-Authenticate": "Bearer"}, "who are you?")
        if not upload_id:
            return await self._on_collection(scope, request, owner or "", receive)
        async with self.holds.of(upload_id):
            return await self._on_upload(request, owner or "", receive)

    async def _on_collection(self, scope: Scope, request: Request, owner: str, receive: Receive) -> Reply:
        step = session.open_(request, None, self.limits, clock.now())
        if isinstance(step, Reply):
            return step
        assert isinstance(step, Create)
        if not step.partial:
            told = codec.metadata(step.metadata)
            if reason := await self._in_thread(self.sink.refuses, owner, told, step.length):
                return Reply(403, text=reason)
        try:
            upload = await self._in_thread(self._make, step, owner)
        except Unfit as unfit:
            return Reply(400, text=str(unfit))
        location = self.place.location(scope, request.headers, upload.id)
        if step.carries:
            async with self.holds.of(upload.id):
                reply, upload = await self._receive(upload, Append(step.length, step.checksum), receive)
            if reply is not None:
                return replace(reply, headers={**reply.headers, "Location": location})
        elif upload.whole and not upload.partial:
            await self._in_thread(self._hand_on, upload)
        return session.created(upload, location, carried=step.carries)

    def _make(self, step: Create, owner: str) -> Upload:
        if step.parts:
            return join(self.depot, step, owner, self.limits, clock.now())
        return self.depot.make(step, owner, step.length, clock.now())

    async def _on_upload(self, request: Request, owner: str, receive: Receive) -> Reply:
        upload = await self._in_thread(self.depot.find, request.upload_id)
        if upload is not None and upload.owner != owner:
            upload = None
        step = session.open_(request, upload, self.limits, clock.now())
        if isinstance(step, Reply):
            return step
        assert upload is not None
        if isinstance(step, Terminate):
            self.progress.pop(upload.id, None)
            await self._in_thread(self.depot.drop, upload.id)
            return Reply(204)
        assert isinstance(step, Append)
        reply, upload = await self._receive(upload, step, receive)
        return reply or session.appended(upload)

    async def _receive(self, upload: Upload, step: Append, receive: Receive) -> tuple[Reply | None, Upload]:
        """Take the bytes of a request; a reply if they did not count as they came, and the upload as it stands."""
        if step.length != upload.length:
            upload = replace(upload, length=step.length)
            await self._in_thread(self.depot.keep, upload)
        if upload.whole and self.depot.handed_on(upload.id):
            return None, upload
        progress = self.progress.setdefault(upload.id, Progress())
        await self._in_thread(progress.catch_up, self.depot.data(upload.id), upload.offset)
        if step.checksum:
            await self._in_thread(self.depot.mark_unproved, upload)
        body = session.Body(upload.offset, upload.length, step.checksum, self.limits)
        with self.depot.data(upload.id).open("ab", buffering=0) as file:
            writer = Writer(file, body, progress, self.pool)
            async with self.holds.inflow(upload.id, receive) as inflow:
                async for block in inflow.blocks():
                    await writer.write(block)
            await writer.flush()
        verdict = body.verdict(whole=inflow.whole)
        if verdict in session.DISCARDED:
            await self._in_thread(self.depot.cut, upload.id, upload.offset)
            return session.DISCARDED[verdict], upload
        if step.checksum:
            await self._in_thread(self.depot.proved, upload.id)
        writer.settle(progress)
        upload = replace(upload, offset=body.offset)
        upload = await self._in_thread(self.depot.prolonged, upload, clock.now())
        if upload.whole and not upload.partial:
            await self._in_thread(self._hand_on, upload)
        return (session.OVERFLOW if verdict == "overflow" else None), upload

    def _hand_on(self, upload: Upload) -> None:
        progress = self.progress.setdefault(upload.id, Progress())
        progress.catch_up(self.depot.data(upload.id), upload.offset)
        self.sink.arrived(upload, self.depot.data(upload.id), progress.hashes)
        self.depot.arrived(upload)
        del self.progress[upload.id]


async def _say(reply: Reply, send: Send) -> None:
    body = f"{reply.text}\n".encode() if reply.text else b""
    headers = {"Tus-Resumable": VERSION, **reply.headers}
    if body:
        headers |= {"Content-Type": "text/plain; charset=utf-8"}
    if reply.status not in (204, 304):
        headers["Content-Length"] = str(len(body))
    told = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": told})
    await send({"type": "http.response.body", "body": body})
