"""Sockets of JT/T 808: bytes to the session, events to the sink, answers back when what they answer is durable."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from django.db import close_old_connections

from xiuhua.gateways.jt808.codec import Fault
from xiuhua.gateways.jt808.messages.ids import Registered
from xiuhua.gateways.jt808.ordering import Ordering, replied, shot
from xiuhua.gateways.jt808.session import (
    Ack,
    Authenticating,
    Dropped,
    Event,
    Heard,
    MediaCame,
    Points,
    Registering,
    Replied,
    Session,
    ShotAnswered,
    Told,
)
from xiuhua.gateways.jt808.sink import Sink, taken
from xiuhua.gateways.roll import kept_of
from xiuhua.gateways.writer import Writer, newest
from xiuhua.kernel import clock
from xiuhua.observations import actions
from xiuhua.observations.queries import Known

log = logging.getLogger(__name__)

SWEEP_SECONDS = 5.0
# A terminal that says nothing for so long is gone: heartbeats come each minute or so.
SILENT_SECONDS = 600.0
# Who connects has so long to prove who it is.
STRANGER_SECONDS = 30.0
RECEIVE_BYTES = 65536
# Wrong frames of one connection before it is closed: nobody sends rubbish without end.
MOST_BAD = 1000
ODD_BYTES = 2048
# So many bytes of a frame say what it is and whose, and nothing else (JT/T 808-2013 §4.4.3).
HEAD_BYTES = 12
UNSENT_BYTES = 65536

T = TypeVar("T")
Ticket = tuple["Connection", list[Ack]]
# What is said when an act is done: made in the loop, for the numbers of messages are the loop's.
Say = Callable[[], bytes]


class Connection(asyncio.BufferedProtocol):
    """One terminal. The receive buffer is the server's: what arrives is taken out of it at once."""

    __slots__ = (
        "_server", "bad", "busy", "heard_at", "known", "peer", "reading", "session", "transport", "turn",
    )  # fmt: skip

    def __init__(self, server: Server) -> None:
        self._server = server
        self.session = Session(server.sink.roll.lenient)
        self.transport: asyncio.Transport | None = None
        self.known: Known | None = None
        self.reading = -1
        self.heard_at = time.monotonic()
        self.bad = 0
        # Acts under way or waiting for their turn: what came first is written first.
        self.busy, self.turn = 0, asyncio.Lock()
        self.peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.peer = str((transport.get_extra_info("peername") or ("",))[0])
        transport.set_write_buffer_limits(high=UNSENT_BYTES)
        self._server.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._server.gone(self)

    def pause_writing(self) -> None:
        """It does not take its answers: it is not read until it does."""
        if self.transport is not None:
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.transport is not None and not self.busy:
            self.transport.resume_reading()

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._server.buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.heard_at = time.monotonic()
        try:
            self._server.received(self, bytes(self._server.buffer[:nbytes]))
        except Exception:
            # One terminal's fault is nobody else's.
            log.exception("the connection of %s failed", self.peer)
            self.close()

    def send(self, data: bytes) -> None:
        if self.transport is not None and data:
            self.transport.write(data)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


class Server:
    """The gateway. `connections` are all, `terminals` those that proved who they are, by identity."""

    def __init__(
        self,
        sink: Sink,
        open_store: Callable[[], actions.Store] = actions.open_store,
        threads: Executor | None = None,
    ) -> None:
        self.sink = sink
        self.buffer = memoryview(bytearray(RECEIVE_BYTES))
        self.connections: set[Connection] = set()
        self.terminals: dict[str, Connection] = {}
        self.counts: Counter[str] = Counter()
        self._open_store = open_store
        self._writer: Writer | None = None
        self._paused: set[Connection] = set()
        self.threads = threads or ThreadPoolExecutor(2, thread_name_prefix="jt808")
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None

    @property
    def writer(self) -> Writer:
        assert self._writer is not None, "the server was not started"
        return self._writer

    async def start(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> int:
        """Listen; returns the port."""
        loop = asyncio.get_running_loop()
        self._writer = Writer(self._open_store, self.durable, loop)
        self._writer.start()
        self._listening = await loop.create_server(
            lambda: Connection(self), host, port, ssl=tls, backlog=4096, reuse_address=True
        )
        self._run(self._sweep())
        self._run(Ordering(self.terminals, self._in_thread).run())
        return int(self._listening.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """No more connections; what waits is written; the terminals send again what was not answered."""
        if self._listening is not None:
            self._listening.close()
        for connection in list(self.connections):
            connection.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.to_thread(self.writer.stop)
        self.threads.shutdown()

    # In

    def received(self, connection: Connection, data: bytes) -> None:
        for event in connection.session.receive(data, connection.heard_at):
            if type(event) is Points:
                self._points(connection, event)
            else:
                self._other(connection, event)

    def _points(self, connection: Connection, event: Points) -> None:
        known = self._known(connection)
        if known is None:
            connection.close()
            return
        now = clock.milliseconds()
        found = taken(known, event.points, now)
        self.counts["positions"] += len(event.points)
        self.writer.put(found.rows, (connection, event.acks))
        news = actions.Heard(
            known.pk, now, newest(found.rows), found.alarm, len(event.acks), 0, found.off_duty
        )
        self.writer.heard(news)
        if self.writer.full and connection.transport is not None:
            connection.transport.pause_reading()
            self._paused.add(connection)

    def _known(self, connection: Connection) -> Known | None:
        """The device of the connection as the registry has it now; None once it is withdrawn."""
        roll = self.sink.roll
        if connection.reading != roll.reading:
            connection.reading = roll.reading
            connection.known = roll.known.get(connection.session.identity)
        return connection.known

    def _other(self, connection: Connection, event: Event) -> None:
        session = connection.session
        if isinstance(event, Dropped):
            self._dropped(connection, event)
        elif isinstance(event, Heard):
            self.counts["heard"] += 1
            self._alive(connection)
            connection.send(session.heard(event))
        elif isinstance(event, Authenticating):
            self._authenticating(connection, event)
        elif isinstance(event, Registering):
            self._apart(connection, lambda: self._register(connection, event))
        elif isinstance(event, MediaCame):
            self._apart(connection, lambda: self._media(connection, event))
        elif isinstance(event, Told):
            connection.send(session.told_time(int(clock.now().timestamp())))
        elif isinstance(event, ShotAnswered):
            self.counts["replied"] += 1
            self._alive(connection)
            self._apart(connection, lambda: self._shot(connection, event))
        elif isinstance(event, Replied):
            self.counts["replied"] += 1
            self._replied(connection, event)

    def _replied(self, connection: Connection, event: Replied) -> None:
        """An order was answered; a position that it brings is kept like any other."""
        known = self._known(connection)
        if known is None:
            connection.close()
            return
        now = clock.milliseconds()
        found = taken(known, [event.point] if event.point else [], now)
        self.writer.put(found.rows)
        self.writer.heard(actions.Heard(known.pk, now, newest(found.rows), found.alarm, 1, 0, found.off_duty))
        self._apart(connection, lambda: self._ordered(known, event, len(found.rows)))

    def _alive(self, connection: Connection) -> None:
        known = self._known(connection)
        if known is not None:
            self.writer.heard(actions.Heard(known.pk, clock.milliseconds(), frames=1))

    def _dropped(self, connection: Connection, event: Dropped) -> None:
        self.counts[f"dropped {event.fault}"] += 1
        connection.bad += 1
        now = clock.milliseconds()
        identity = connection.session.identity
        known = self._known(connection) if identity else None
        raw = kept_of(event.raw[:ODD_BYTES], known, now, HEAD_BYTES)
        if event.fault is Fault.EARLY:
            # Whoever has not signed on may be a device of ours, and off duty.
            raw = raw[:HEAD_BYTES]
        self.writer.put_odd(actions.Odd(now, "jt808", connection.peer, identity, event.fault.value, raw))
        if known is not None:
            self.writer.heard(actions.Heard(known.pk, now, frames=1, bad=1))
        if connection.bad > MOST_BAD or (event.fault is Fault.EARLY and connection.bad > MOST_BAD // 100):
            connection.close()

    def _authenticating(self, connection: Connection, event: Authenticating) -> None:
        roll = self.sink.roll
        identity = event.frame.identity
        known = roll.known.get(identity)
        good = known is not None and roll.proves(known, event.said.code)
        connection.send(
            connection.session.authenticated(event, good, lenient=known.lenient if known else False)
        )
        self.counts["authenticated" if good else "refused"] += 1
        if not good:
            connection.close()
            return
        # The same number again means that the connection before is dead.
        before = self.terminals.get(identity)
        if before is not None and before is not connection:
            before.close()
        self.terminals[identity] = connection
        self._alive(connection)

    # Acts that write: in threads, one after another, while the connection is not read

    def _apart(self, connection: Connection, act: Callable[[], Say]) -> None:
        if connection.transport is not None:
            connection.transport.pause_reading()
        connection.busy += 1
        self._run(self._acted(connection, act))

    def _in_thread(self, act: Callable[[], T], /) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self.threads, _fresh(act))

    async def _acted(self, connection: Connection, act: Callable[[], Say]) -> None:
        try:
            async with connection.turn:
                say = await self._in_thread(act)
                connection.send(say())
        except Exception:
            log.exception("an act for %s failed", connection.peer)
            connection.close()
        connection.busy -= 1
        there = connection.transport
        if not connection.busy and there is not None and not there.is_closing():
            there.resume_reading()

    def _register(self, connection: Connection, event: Registering) -> Say:
        result, code = self.sink.register(event.frame.identity, event.said, _now())
        self.counts["registered" if result == Registered.OK else "refused"] += 1
        return lambda: connection.session.registered(event, result, code)

    def _media(self, connection: Connection, event: MediaCame) -> Say:
        self.sink.keep_media(connection.session.identity, event.media, _now())
        self.counts["media"] += 1
        return lambda: connection.session.media_taken(event)

    def _ordered(self, known: Known, event: Replied, kept: int) -> Say:
        replied(known.pk, event, kept)
        return bytes

    def _shot(self, connection: Connection, event: ShotAnswered) -> Say:
        known = self._known(connection)
        if known is not None:
            shot(known.pk, event)
        return lambda: connection.session.shot_heard(event)

    # Out

    def durable(self, tickets: list[Ticket]) -> None:
        """The positions of these tickets are on the disk."""
        by_connection: dict[Connection, list[Ack]] = {}
        for connection, acks in tickets:
            there = by_connection.get(connection)
            if there is None:
                by_connection[connection] = acks
            else:
                there.extend(acks)
        for connection, acks in by_connection.items():
            connection.send(connection.session.confirm(acks))
        if self._paused and not self.writer.full:
            for connection in self._paused:
                connection.resume_writing()
            self._paused.clear()

    def gone(self, connection: Connection) -> None:
        self.connections.discard(connection)
        self._paused.discard(connection)
        if self.terminals.get(connection.session.identity) is connection:
            del self.terminals[connection.session.identity]

    async def _sweep(self) -> None:
        """Ask for fragments that are missing; close who is silent, who does not say who it is, who was withdrawn."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = time.monotonic()
            for connection in list(self.connections):
                known = bool(connection.session.identity)
                patience = SILENT_SECONDS if known else STRANGER_SECONDS
                if now - connection.heard_at > patience or (known and self._known(connection) is None):
                    connection.close()
                else:
                    connection.send(connection.session.overdue(now))

    def _run(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _now() -> datetime:
    return clock.now()


def _fresh(act: Callable[[], T]) -> Callable[[], T]:
    """`act` in a thread that keeps no stale connection of the database."""

    def run() -> T:
        close_old_connections()
        try:
            return act()
        finally:
            close_old_connections()

    return run
