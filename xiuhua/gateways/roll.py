"""The devices of one protocol in memory, read anew when the registry changed: a second after it did."""

from __future__ import annotations

import hmac
import logging
import threading
from collections.abc import Mapping

from django.db import close_old_connections

from xiuhua.kernel import clock
from xiuhua.observations import queries
from xiuhua.observations.actions import hash_of
from xiuhua.observations.queries import Known
from xiuhua.observations.rules import on_duty

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


def kept_of(raw: bytes, known: Known | None, at: int, head: int = 0) -> bytes:
    """What is kept of a frame that was not taken at the moment `at` (ms): of a device outside its hours not more than
    `head` bytes, for the rest may say where somebody is.
    """
    return raw if known is None or on_duty(at, known.hours) else raw[:head]


class Roll:
    """`known` is replaced as a whole, so whoever holds it may read it without a lock."""

    def __init__(self, protocol: str) -> None:
        self._protocol = protocol
        self._version: object = None
        self._codes: dict[int, str] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"roll-{protocol}", daemon=True)
        self.known: Mapping[str, Known] = {}
        # Counts the readings: whoever keeps a device looks it up again when it moved on.
        self.reading = 0

    def read(self) -> None:
        """Read the registry if it changed since."""
        version = queries.version()
        if version == self._version:
            return
        self.known = queries.registry(self._protocol, clock.now())
        self._version = version
        self._codes.clear()
        self.reading += 1

    def start(self) -> None:
        self.read()
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            try:
                close_old_connections()
                self.read()
            except Exception:
                log.exception("the registry of devices cannot be read; the last reading stays")

    def issued(self, known: Known, code: str) -> None:
        """A code that was given out just now holds before the registry is read again."""
        self._codes[known.pk] = hash_of(code)

    def proves(self, known: Known, code: str) -> bool:
        """Whether `code` is that of the device. A device without a code proves nothing."""
        expected = self._codes.get(known.pk) or known.code_hash
        return bool(expected) and hmac.compare_digest(expected, hash_of(code))

    def lenient(self, identity: str) -> bool:
        known = self.known.get(identity)
        return known is not None and known.lenient
