"""A server in this process and a line to it that can break: no socket, no clock but the held one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from xiuhua.gateways.tus.depot import Depot
from xiuhua.gateways.tus.messages import BYTES, Upload
from xiuhua.gateways.tus.server import Application
from xiuhua.gateways.tus.session import Limits
from xiuhua.kernel.files import Hashes

LIMITS = Limits(max_size=1 << 30)
HERE = {"Tus-Resumable": "1.0.0"}


@dataclass
class Shelf:
    """A sink that remembers. Who asks is what `Authorization` says; without it, anybody."""

    wants: str = ""
    closed: bool = False
    got: list[tuple[str, str, bytes, str, str]] = field(default_factory=list)

    def admit(self, headers: Mapping[str, str]) -> str | None:
        return None if self.closed else headers.get("authorization", "anybody")

    def refuses(self, owner: str, metadata: Mapping[str, bytes], length: int | None) -> str:
        return self.wants

    def arrived(self, upload: Upload, data: Path, hashes: Hashes) -> None:
        self.got.append(
            (
                upload.owner,
                upload.metadata,
                data.read_bytes(),
                hashes.sha256.hexdigest(),
                hashes.sm3.hexdigest(),
            )
        )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


class Line:
    def __init__(self, folder: Path, shelf: Shelf | None = None) -> None:
        self.folder, self.shelf = folder, shelf or Shelf()
        self.start()

    def start(self) -> None:
        """As a new process would: nothing in memory, the disk as it is."""
        self.depot = Depot(self.folder, timedelta(days=1))
        self.app = Application(self.depot, self.shelf, LIMITS)

    def ask(
        self,
        method: str,
        path: str = "/files/",
        headers: Mapping[str, str] | None = None,
        body: Iterable[bytes] = (),
        *,
        breaks: bool = False,
    ) -> Answer:
        return asyncio.run(self.asked(method, path, headers, body, breaks=breaks))

    async def asked(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: Iterable[bytes] = (),
        *,
        breaks: bool = False,
        wait: asyncio.Event | None = None,
    ) -> Answer:
        """`breaks`: the line breaks after the bytes. `wait`: it stays silent after them until this is set."""
        said: list[MutableMapping[str, Any]] = []
        pieces = list(body)

        async def receive() -> MutableMapping[str, Any]:
            if pieces:
                more = len(pieces) > 1 or breaks or wait is not None
                return {"type": "http.request", "body": pieces.pop(0), "more_body": more}
            if wait is not None:
                await wait.wait()
            return {"type": "http.disconnect"} if breaks else {"type": "http.request"}

        async def send(message: MutableMapping[str, Any]) -> None:
            said.append(message)

        told = {"Host": "evidence.test", **(headers or {})}
        coded = [(name.encode(), value.encode("latin-1")) for name, value in told.items()]
        scope = {"type": "http", "method": method, "path": path, "scheme": "http", "headers": coded}
        await self.app(scope, receive, send)
        kept = {key.decode(): value.decode("latin-1") for key, value in said[0]["headers"]}
        return Answer(said[0]["status"], kept, said[1]["body"].decode())

    def create(self, length: int | None, **more: str) -> str:
        """A new upload; its path."""
        size = {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
        given = {name.replace("_", "-"): value for name, value in more.items()}
        answer = self.ask("POST", headers={**HERE, **size, **given})
        assert answer.status == 201, answer
        return answer.headers["location"].removeprefix("http://evidence.test")

    def patch(self, path: str, offset: int, *body: bytes, breaks: bool = False, **more: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in more.items()}
        headers = {**HERE, "Upload-Offset": str(offset), "Content-Type": BYTES, **given}
        return self.ask("PATCH", path, headers, body, breaks=breaks)

    def head(self, path: str, **more: str) -> Answer:
        return self.ask("HEAD", path, {**HERE, **more})

    def offset(self, path: str) -> int:
        return int(self.head(path).headers["upload-offset"])
