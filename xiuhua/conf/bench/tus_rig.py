"""A server of uploads in a process of its own, a station that may use it, and clients that are killed at any moment."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings

from xiuhua.conf.cli import tus as command
from xiuhua.evidence import actions, queries
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.gateways.station import uploading
from xiuhua.kernel import clock, files
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions as org
from xiuhua.org.rules import UnitKind

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Server:
    """`xiuhua tus` in a process group of its own, so that a kill leaves nothing of it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/files/"
        self.group: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        told = command.server("127.0.0.1", self.port)
        environment = {**os.environ, "XIUHUA_VAR_DIR": str(settings.VAR_DIR)}
        self.group = subprocess.Popen(told, env=environment, start_new_session=True)  # noqa: S603 - our own
        self._wait(answers=True)

    def _wait(self, *, answers: bool) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with socket.socket() as door:
                if (door.connect_ex(("127.0.0.1", self.port)) == 0) is answers:
                    return
            time.sleep(0.02)
        raise RuntimeError("the server of uploads did not start, or did not die")

    def kill(self) -> None:
        """As a power cut would, as far as a process can know."""
        if self.group is not None:
            os.killpg(self.group.pid, signal.SIGKILL)
            self.group.wait()
            self.group = None
            # Its worker dies on its own account and listens until then.
            self._wait(answers=False)


@dataclass(frozen=True, slots=True)
class Station:
    """A station with its token, and where it sends."""

    row: queries.Station
    token: str

    def line(self) -> httpx.Client:
        return httpx.Client(headers={"Authorization": f"Bearer {self.token}"}, timeout=600, trust_env=False)

    def dock(self, path: Path) -> Mapping[str, str]:
        """Tell of a file; the metadata with which it is sent."""
        hashes = files.Hashes()
        with path.open("rb") as file:
            while block := file.read(1 << 22):
                hashes.update(block)
        sha256, sm3 = hashes.sha256.hexdigest(), hashes.sm3.hexdigest()
        size = path.stat().st_size
        said = Manifest(path.name, size, sha256, sm3, "application/octet-stream")
        by = queries.station_actor(self.row)
        actions.dock(station=self.row, said=said, by=by, at=clock.now())
        return {"filename": path.name, "sha256": sha256, "sm3": sm3}


def station(name: str) -> Station:
    at = clock.now()
    unit = org.add_unit(
        code=f"BENCH-{name}", name=name, short_name=name, kind=UnitKind.STREET_SQUAD, by=SYSTEM, at=at
    )
    row, token = actions.open_station(name=name, unit=unit, by=SYSTEM, at=at)
    return Station(row, token)


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of a round: kills, and bytes that are not as they were sent (or not there)."""

    server: int
    client: int
    wrong: int


def kill_round(server: Server, sender: Station, path: Path, size: int, dice: random.Random) -> Killed:
    """Send a new file while server or client are killed at random moments, until it has arrived; then compare."""
    path.write_bytes(dice.randbytes(size))
    told = sender.dock(path)
    with sender.line() as line:
        address = uploading.create(line, server.url, size, told)
    kills = {"server": 0, "client": 0}
    for _ in range(2):
        client = _client(address, path, sender.token)
        assert client.stdout is not None
        client.stdout.readline()
        time.sleep(dice.uniform(0, 0.8))
        victim = dice.choice(sorted(kills))
        kills[victim] += 1
        if victim == "server":
            server.kill()
        client.kill()
        client.communicate()
        if victim == "server":
            server.start()
    last = _client(address, path, sender.token)
    said, faults = last.communicate()
    if last.returncode:
        raise RuntimeError(f"an upload could not be resumed: {faults.decode()[-500:]} {said.decode()[-100:]}")
    return Killed(kills["server"], kills["client"], _wrong(told["sha256"], path, size))


def _client(address: str, path: Path, token: str) -> subprocess.Popen[bytes]:
    told = [sys.executable, "-m", "xiuhua.conf.bench.tus_sender", address, str(path), token]
    return subprocess.Popen(told, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - our own


def _wrong(sha256: str, path: Path, size: int) -> int:
    """Bytes of the kept file that are not those of the sent one."""
    row = Recording.objects.filter(sha256=sha256).select_related("file").first()
    if row is None or row.state != "arrived" or row.file is None:
        return size
    kept, sent = files.path_of(row.file.sha256).read_bytes(), path.read_bytes()
    true = hashlib.sha256(sent).hexdigest(), hashlib.new("sm3", sent).hexdigest()
    wrong = sum(a != b for a, b in zip(kept, sent, strict=False)) if kept != sent else 0
    return wrong + abs(len(kept) - len(sent)) + ((row.file.sha256, row.file.sm3) != true)


def let_go(sha256: str) -> None:
    """Make room for the next round."""
    files.path_of(sha256).unlink(missing_ok=True)
