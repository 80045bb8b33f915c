"""One request at a time for an upload, and the newest wins: a retry often comes while the dead line is still open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from xiuhua.gateways.tus.writing import BLOCK

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class Inflow:
    """The bytes of a request in blocks, read ahead by one. `let_go` ends it as if the line had broken."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._blocks: asyncio.Queue[bytearray | None] = asyncio.Queue(maxsize=1)
        self._started = self._ended = self.whole = False
        self._task = asyncio.create_task(self._read())

    def let_go(self) -> None:
        """End with what has come. A reader that is only handing over its last block is left alone."""
        if not self._ended:
            self._ended = True
            if self._started:
                self._task.cancel()

    def close(self) -> None:
        """Nobody reads any more."""
        self._task.cancel()

    async def _read(self) -> None:
        block = bytearray()
        self._started = True
        try:
            while not (self.whole or self._ended):
                said = await self._receive()
                if said["type"] != "http.request":
                    break
                block += said.get("body", b"")
                self.whole = not said.get("more_body", False)
                if len(block) >= BLOCK and not self.whole:
                    await self._blocks.put(block)
                    block = bytearray()
        except (asyncio.CancelledError, OSError, RuntimeError):
            self.whole = False
        self._ended = True
        await self._blocks.put(block)
        await self._blocks.put(None)

    async def blocks(self) -> AsyncIterator[bytearray]:
        while (block := await self._blocks.get()) is not None:
            yield block


class Holds:
    """Who works on which upload."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}
        self._inflow: dict[str, Inflow] = {}

    @asynccontextmanager
    async def of(self, upload_id: str) -> AsyncIterator[None]:
        """Alone with the upload; who reads bytes for it is made to finish with what has come."""
        lock = self._locks.setdefault(upload_id, asyncio.Lock())
        self._waiting[upload_id] = self._waiting.get(upload_id, 0) + 1
        if (inflow := self._inflow.get(upload_id)) is not None:
            inflow.let_go()
        try:
            async with lock:
                yield
        finally:
            self._waiting[upload_id] -= 1
            if not self._waiting[upload_id]:
                del self._waiting[upload_id], self._locks[upload_id]

    @asynccontextmanager
    async def inflow(self, upload_id: str, receive: Receive) -> AsyncIterator[Inflow]:
        """Read the bytes of a request; held already."""
        inflow = self._inflow[upload_id] = Inflow(receive)
        if self._waiting[upload_id] > 1:
            inflow.let_go()
        try:
            yield inflow
        finally:
            del self._inflow[upload_id]
            inflow.close()
