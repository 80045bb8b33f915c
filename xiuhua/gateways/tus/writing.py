"""Bytes of one request on their way to the disk and through both hashes, three threads at once.

`hashlib` cannot save a state, so the states live in memory between requests; after a restart they are taken again from
the file, from its beginning.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import Executor
from pathlib import Path
from typing import BinaryIO

from xiuhua.gateways.tus.session import Body
from xiuhua.kernel.files import Hashes

BLOCK = 4 << 20
# So much may wait for the disk before it is asked to write; the flush at the end then has little left to do.
FLUSH_EVERY = 64 << 20


class Progress:
    """How far the hashes of one upload have come."""

    def __init__(self) -> None:
        self.at, self.hashes = 0, Hashes()

    def catch_up(self, data: Path, offset: int) -> None:
        """Hash what lies in the file up to `offset`; begin anew if the file is shorter than what was hashed."""
        if self.at > offset:
            self.at, self.hashes = 0, Hashes()
        with data.open("rb") as file:
            file.seek(self.at)
            while self.at < offset:
                block = file.read(min(BLOCK, offset - self.at))
                if not block:
                    raise OSError(f"{data} ends at {self.at}, before {offset}")
                self.hashes.update(block)
                self.at += len(block)


class Writer:
    """Writes at the end of an upload; `body` decides which bytes belong to it."""

    def __init__(self, file: BinaryIO, body: Body, progress: Progress, pool: Executor) -> None:
        self._file, self._body, self._pool = file, body, pool
        # Bytes that a checksum may still disprove are hashed apart.
        self.at, self.hashes = progress.at, progress.hashes.copy()
        self._unflushed = 0
        self._flushing: asyncio.Future[None] | None = None

    async def write(self, block: bytes | bytearray) -> None:
        """Raises OSError if the disk is full or broken; nothing of the block counts then."""
        loop = asyncio.get_running_loop()
        taken = await loop.run_in_executor(self._pool, self._body.take, block)
        if not taken:
            return
        await asyncio.gather(
            loop.run_in_executor(self._pool, self._put, taken),
            loop.run_in_executor(self._pool, self.hashes.sha256.update, taken),
            loop.run_in_executor(self._pool, self.hashes.sm3.update, taken),
        )
        self.at += len(taken)
        self._unflushed += len(taken)
        if self._unflushed >= FLUSH_EVERY and (self._flushing is None or self._flushing.done()):
            self._unflushed = 0
            self._flushing = loop.run_in_executor(self._pool, os.fdatasync, self._file.fileno())

    def _put(self, taken: memoryview) -> None:
        while taken:
            taken = taken[self._file.write(taken) :]

    async def flush(self) -> None:
        """When this returns, a power cut takes nothing of what was written."""
        if self._flushing is not None:
            await self._flushing
        await asyncio.get_running_loop().run_in_executor(self._pool, os.fsync, self._file.fileno())

    def settle(self, progress: Progress) -> None:
        """What was written counts."""
        progress.at, progress.hashes = self.at, self.hashes
