"""Group commit: sockets hand positions in, one thread makes them durable, and only then are they acknowledged.

1. The loop puts rows and a ticket; a ticket is taken over together with all rows that were put before it.
2. The thread waits until there is something, gathers for a moment, takes everything, writes it in one transaction.
3. The tickets of a batch are handed back to the loop, which answers the terminals.
4. If the store fails, the batch is tried again until it is written: nothing is acknowledged meanwhile, and terminals
   that go on sending are read no further than the queue is long.
5. What is known of each device now is written once a second, with the batch that comes next.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from xiuhua.observations.actions import Batch, Heard, Odd, Row, Store

log = logging.getLogger(__name__)

# How long rows gather before they are written: acknowledged after at most this and one write.
GATHER_SECONDS = 0.04
HEARD_SECONDS = 1.0
RETRY_SECONDS = 1.0
# Rows that may wait; beyond them no more is read.
MOST_WAITING = 50_000
# Odd frames kept of one batch: whoever sends rubbish without end does not fill the disk.
MOST_ODD = 50

Done = Callable[[list[Any]], None]


@dataclass
class _Taken:
    rows: list[Row] = field(default_factory=list)
    tickets: list[Any] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)


class Writer:
    """`done` is called in the loop with the tickets of every batch that is durable."""

    def __init__(self, open_store: Callable[[], Store], done: Done, loop: asyncio.AbstractEventLoop) -> None:
        self._open, self._done, self._loop = open_store, done, loop
        self._lock, self._something = threading.Lock(), threading.Event()
        self._waiting = _Taken()
        self._heard: dict[int, Heard] = {}
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="positions", daemon=True)
        self.rows = self.commits = self.failures = self.odd = 0
        # CPU seconds of the thread: for benches.
        self.spent = 0.0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what waits and end the thread."""
        self._ending = True
        self._something.set()
        self._thread.join()

    @property
    def full(self) -> bool:
        return len(self._waiting.rows) >= MOST_WAITING

    def put(self, rows: Iterable[Row], ticket: Any = None) -> None:
        with self._lock:
            self._waiting.rows.extend(rows)
            if ticket is not None:
                self._waiting.tickets.append(ticket)
        self._something.set()

    def heard(self, news: Heard) -> None:
        """What became known of a device; facts of one second are put together."""
        with self._lock:
            before = self._heard.get(news.device)
            self._heard[news.device] = news if before is None else together(before, news)

    def put_odd(self, odd: Odd) -> None:
        self.odd += 1
        with self._lock:
            if len(self._waiting.odd) < MOST_ODD:
                self._waiting.odd.append(odd)

    def _take(self, heard_too: bool) -> tuple[_Taken, list[Heard]]:
        with self._lock:
            taken, self._waiting = self._waiting, _Taken()
            heard: list[Heard] = []
            if heard_too:
                heard, self._heard = list(self._heard.values()), {}
        return taken, heard

    def _run(self) -> None:
        store = self._opened()
        heard_at = time.monotonic()
        while store is not None:
            self._something.wait(HEARD_SECONDS)
            self._something.clear()
            ending = self._ending
            if not ending:
                time.sleep(GATHER_SECONDS)
            due = ending or time.monotonic() - heard_at >= HEARD_SECONDS
            taken, heard = self._take(due)
            if due:
                heard_at = time.monotonic()
            if taken.rows or taken.odd or heard:
                store = self._keep(store, Batch(taken.rows, heard, taken.odd))
            if taken.tickets and store is not None:
                self._tell(taken.tickets)
            self.spent = time.thread_time()
            if ending:
                break
        if store is not None:
            store.close()

    def _tell(self, tickets: list[Any]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._done, tickets)
        except RuntimeError:
            log.info("the loop ended before its last answers")

    def _opened(self) -> Store | None:
        """The store, tried until it opens or we are told to end."""
        while True:
            try:
                return self._open()
            except Exception:
                self.failures += 1
                log.exception("the store of positions does not open")
                if self._ending:
                    return None
                time.sleep(RETRY_SECONDS)

    def _keep(self, store: Store | None, batch: Batch) -> Store | None:
        """Write the batch, however often it takes. Returns the store that wrote it; None if we end without it."""
        while store is not None:
            try:
                store.keep(batch)
            except Exception:
                self.failures += 1
                log.exception("a batch of %d positions is not written; tried again", len(batch.rows))
                _closed(store)
                if self._ending:
                    return None
                time.sleep(RETRY_SECONDS)
                store = self._opened()
            else:
                self.rows += len(batch.rows)
                self.commits += 1
                return store
        return None


def _closed(store: Store) -> None:
    """Let go of a store that failed; one that is broken may not even close."""
    with suppress(Exception):
        store.close()


def together(before: Heard, news: Heard) -> Heard:
    """Two pieces of news of one device as one."""
    row = news.row or before.row
    if before.row and news.row and before.row.at > news.row.at:
        row = before.row
    return Heard(
        news.device,
        max(before.at, news.at),
        row,
        before.alarm | news.alarm,
        before.frames + news.frames,
        before.bad + news.bad,
        before.off_duty + news.off_duty,
    )


def newest(rows: Sequence[Row]) -> Row | None:
    return max(rows, key=lambda row: row.at) if rows else None
