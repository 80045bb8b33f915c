"""Devices of a journey: a car's terminal on a socket, a body camera's films, processes that end with it."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

import av
import numpy as np
from PIL import Image

from xiuhua.conf.testing.site import XIUHUA
from xiuhua.simulation import terminal

PATIENCE_SECONDS = 120
ENDING_SECONDS = 12
RATE, WIDTH, HEIGHT = 2, 320, 180


@contextmanager
def process(
    log: Path, environment: Mapping[str, str], *arguments: str, says: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`xiuhua ARGUMENTS…` from the moment it says that it is ready; it ends with the block, whatever happens in it."""
    with log.open("wb") as said:
        running = subprocess.Popen(
            [XIUHUA, *arguments], env=environment, stdout=said, stderr=said, start_new_session=True
        )
    try:
        _wait_for(running, log, says)
        yield running
        running.terminate()
        running.wait(ENDING_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _wait_for(running: subprocess.Popen[bytes], log: Path, says: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and running.poll() is None:
        if says in log.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not say {says!r}, but:\n{log.read_text()[-2000:]}")


class Car:
    """A vehicle terminal of JT/T 808 that is signed on; each message is answered before the next one is sent."""

    def __init__(self, port: int, phone: str, plate: str) -> None:
        self.phone, self.serial, self.metres, self.heard = phone, 0, 0.0, b""
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        msg_id, body = self._ask(terminal.REGISTER, terminal.registration(plate, phone))
        assert (msg_id, body[2]) == (terminal.REGISTERED, 0), body
        msg_id, body = self._ask(terminal.AUTHENTICATE, body[3:])
        assert (msg_id, body[4]) == (terminal.ANSWER, 0), body

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()

    def tell(self, at: datetime, lon: float, lat: float) -> None:
        """Say where it is; when this comes back, the gateway has it on the disk."""
        body = terminal.position(at, lon=lon, lat=lat, speed=18, course=90, metres=self.metres)
        self.metres += 100
        msg_id, answer = self._ask(terminal.POSITION, body)
        assert (msg_id, answer[4]) == (terminal.ANSWER, 0), answer

    def _ask(self, msg_id: int, body: bytes) -> tuple[int, bytes]:
        self.line.sendall(terminal.frame(msg_id, self.phone, self.serial, body))
        self.serial += 1
        while True:
            found, said = self._next()
            # What the platform asks by itself is not the answer.
            if found in (terminal.ANSWER, terminal.REGISTERED):
                return found, said

    def _next(self) -> tuple[int, bytes]:
        while self.heard.count(b"\x7e") < 2:
            more = self.line.recv(4096)
            assert more, "the gateway closed the line"
            self.heard += more
        _, raw, self.heard = self.heard.split(b"\x7e", 2)
        return terminal.read(raw)


def film(place: Path, seconds: int) -> None:
    """A film of a street along which somebody walks."""
    with av.open(str(place), "w", format="mp4") as made:
        stream = made.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(seconds * RATE):
            made.mux(stream.encode(av.VideoFrame.from_ndarray(_street(number), format="rgb24")))
        made.mux(stream.encode(None))


def photo() -> bytes:
    """A picture of that street, as a phone takes it."""
    held = io.BytesIO()
    Image.fromarray(_street(20)).resize((1200, 675)).save(held, "JPEG")
    return held.getvalue()


def _street(number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = np.full((HEIGHT, WIDTH, 3), (150, 160, 165), np.uint8)
    picture[HEIGHT * 2 // 3 :] = (90, 92, 95)
    left = number * 4 % (WIDTH - 20)
    picture[HEIGHT // 2 : HEIGHT * 5 // 6, left : left + 16] = (30, 90, 140)
    return picture
