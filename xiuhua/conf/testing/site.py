"""A whole Xiuhua as a person gets it: the command `xiuhua serve` on a fresh SQLite file, reached over HTTP."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import httpx

from xiuhua.conf.testing import held
from xiuhua.kernel import clock

SETTINGS = "xiuhua.conf.testing.settings"
XIUHUA = Path(sys.executable).with_name("xiuhua")
PATIENCE_SECONDS = 120
ENDING_SECONDS = 12
PORTS = range(20_000, 30_000)
# Files that are open and locked until this process ends, one for each port that it was given.
_CLAIMS: list[BinaryIO] = []


class NotServed(RuntimeError):
    """The site did not come up; the message holds the last of what it said."""


@dataclass(frozen=True, slots=True)
class Site:
    """A served bureau: where it answers, and the folder that holds all it has."""

    url: str
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which a command works on this bureau."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA_")}
        return {**kept, "XIUHUA_VAR_DIR": str(self.var), "DJANGO_SETTINGS_MODULE": SETTINGS}

    def run(self, *arguments: str) -> str:
        """What `xiuhua ARGUMENTS…` prints on this bureau. Raises CalledProcessError, its stderr included."""
        done = subprocess.run(  # noqa: S603 - our own command with a test's own arguments
            [XIUHUA, *arguments], check=True, capture_output=True, text=True, env=self.environment
        )
        return done.stdout

    def hold(self, moment: datetime) -> None:
        """Let pages and worker live at `moment` from now on."""
        held.hold(self.var, moment)

    def go_on(self, moment: datetime) -> None:
        """Let pages, worker and gateways live from `moment` on, as time goes."""
        held.go_on(self.var, moment, clock.now)

    @property
    def now(self) -> datetime:
        """The moment at which this bureau lives."""
        return held.reading(self.var, clock.now)()


def free_port() -> int:
    """A port of this machine on which nobody listens, given to nobody else as long as this process lives.

    A port that the system picks for a moment may be picked again at once, here, by another suite on the machine or for
    the near end of any connection; these lie below the range from which it picks.
    """
    folder = Path(tempfile.gettempdir()) / f"xiuhua-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for port in PORTS:
        if _claimed(folder / str(port)) and _is_free(port):
            return port
    raise NotServed("every port is taken")


def _claimed(file: Path) -> bool:
    claim = file.open("wb")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        claim.close()
        return False
    _CLAIMS.append(claim)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        try:
            tcp.bind(("127.0.0.1", port))
            udp.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare(var: Path, *commands: tuple[str, ...]) -> None:
    """Make the tables of a bureau kept in `var`, then run commands, for example `("reference", "load")`."""
    site = Site("", var)
    site.run("manage", "migrate", "--verbosity", "0")
    for command in commands:
        site.run(*command)


@contextmanager
def served(var: Path, *before: tuple[str, ...], beside: Sequence[str] = ()) -> Iterator[Site]:
    """Serve a bureau kept in `var` until the block ends; `before` is run first, `beside` told to `serve`, too.

    Raises NotServed.
    """
    if before:
        prepare(var, *before)
    site = Site(f"http://127.0.0.1:{free_port()}", var)
    log = var / "serve.log"
    port = site.url.rpartition(":")[2]
    with log.open("w") as said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [XIUHUA, "serve", "--port", port, "--workers", "1", *beside],
            env=site.environment,
            stdout=said,
            stderr=said,
        )
    try:
        answers(site.url, process, log)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(url: str, process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Wait until the site does. Raises NotServed with the end of `log`."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    said = log.read_text()[-2000:] if log else "nothing that was kept"
    raise NotServed(f"{url} did not answer; it said:\n{said}")
