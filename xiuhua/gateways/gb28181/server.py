"""Sockets of GB/T 28181: UDP and TCP on one port, TLS on another; messages to the registrar, what it says to others."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime

from django.db import close_old_connections

from xiuhua.gateways.gb28181.codec import Malformed, Stream
from xiuhua.gateways.gb28181.session import (
    Alarmed,
    Alive,
    Catalogued,
    Dropped,
    Event,
    Gone,
    Peer,
    Registered,
    Registrar,
    Rules,
    Send,
    TurnedAway,
    Where,
    Who,
)
from xiuhua.gateways.gb28181.session.asking import OURS
from xiuhua.gateways.gb28181.sink import Sink, row_of
from xiuhua.gateways.roll import kept_of
from xiuhua.gateways.writer import Writer
from xiuhua.kernel import clock
from xiuhua.observations import actions
from xiuhua.observations.rules import on_duty

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
RECEIVE_BYTES = 4 << 20
ODD_BYTES = 2048
OURS_BYTES = OURS.encode()
EVERYWHERE = {"", "0.0.0.0"}  # noqa: S104 - not bound here: what a bureau may have asked for
# Bytes that a peer may leave unread before it is let go.
UNSENT_BYTES = 1 << 20
# Whoever connects to TLS and says nothing is let go.
HANDSHAKE_SECONDS = 10


class Server:
    """The gateway. `counts` says what came."""

    def __init__(
        self,
        server_id: str,
        sink: Sink,
        open_store: Callable[[], actions.Store] = actions.open_store,
        thread: Executor | None = None,
    ) -> None:
        self.sink = sink
        self.counts: Counter[str] = Counter()
        self.registrar = Registrar(server_id, Rules(self._secret, self._followed, _token))
        self._open_store = open_store
        self._writer: Writer | None = None
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._tls: asyncio.Server | None = None
        self._streams: dict[Peer, asyncio.Transport] = {}
        # Where we listen; of each transport its port.
        self._host, self._ports = "", dict.fromkeys(("UDP", "TCP", "TLS"), 0)
        # Host of a peer → our address on the way to it; peers have proved who they are, so there are few.
        self._own: dict[str, str] = {}
        self._ticking: asyncio.Task[None] | None = None
        # One thread: what a camera says of itself is written in the order in which it came.
        self._thread = thread or ThreadPoolExecutor(1, thread_name_prefix="gb28181")

    async def start(
        self, host: str, port: int, secure: ssl.SSLContext | None = None, tls_port: int = 0
    ) -> int:
        """Listen for UDP and TCP, and with `secure` for TLS on a port of its own (RFC 3261 §26.2.1); returns the port
        of the first two, `tls_port` is the other one's.
        """
        loop = asyncio.get_running_loop()
        self._writer = Writer(self._open_store, self._durable, loop)
        self._writer.start()
        self._udp, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), (host, port))
        sock = self._udp.get_extra_info("socket")
        # A registry that comes back after a pause is asked by all cameras at once.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        port = int(sock.getsockname()[1])
        self._tcp = await loop.create_server(lambda: _Streamed(self, "TCP"), host, port)
        self._host = host
        self._ports |= {"UDP": port, "TCP": port}
        if secure is not None:
            self._tls = await loop.create_server(
                lambda: _Streamed(self, "TLS"),
                host,
                tls_port,
                ssl=secure,
                ssl_handshake_timeout=HANDSHAKE_SECONDS,
            )
            self._ports["TLS"] = int(self._tls.sockets[0].getsockname()[1])
        self._ticking = loop.create_task(self._tick())
        return port

    @property
    def tls_port(self) -> int:
        """Where TLS is spoken; 0 where it is not."""
        return self._ports["TLS"]

    async def stop(self) -> None:
        """No more messages; what waits is written; cameras send again what was not answered."""
        if self._ticking is not None:
            self._ticking.cancel()
        for listening in (self._tcp, self._tls, self._udp):
            if listening is not None:
                listening.close()
        for stream in list(self._streams.values()):
            stream.close()
        if self._writer is not None:
            await asyncio.to_thread(self._writer.stop)
        self._thread.shutdown()

    # What the registrar asks of the registry

    def _secret(self, device_id: str) -> str | None:
        known = self.sink.roll.known.get(device_id)
        return known.code_hash or None if known else None

    def _followed(self, device_id: str) -> bool:
        """Whether its positions may be kept at this moment: outside duty hours nothing is even asked."""
        known = self.sink.roll.known.get(device_id)
        return known is not None and on_duty(clock.milliseconds(), known.hours)

    # In

    def received(self, data: bytes, peer: Peer) -> None:
        # Keep-alives of the connection itself (RFC 5626 §4.4.1).
        if not data.strip(b"\r\n"):
            return
        try:
            self._happened(self.registrar.receive(data, peer, clock.now()))
        except Exception:
            # One camera's fault is nobody else's.
            self.counts["failed"] += 1
            log.exception("a message from %s failed", peer.host)

    def _happened(self, events: Iterable[Event]) -> None:
        for event in events:
            if type(event) is Send:
                self.send(event)
            else:
                self._other(event)

    def _other(self, event: Event) -> None:
        self.counts[type(event).__name__.lower()] += 1
        if isinstance(event, Where):
            self._where(event)
        elif isinstance(event, (Registered, Alive, Alarmed)):
            self._alive(event.device_id)
        elif isinstance(event, Who):
            self._apart(lambda at: self.sink.told(event.device_id, event.info, at))
        elif isinstance(event, Catalogued):
            self._apart(lambda at: self.sink.catalogue(event.device_id, event.catalogue, at))
        elif isinstance(event, Dropped):
            self._dropped(event)
        elif isinstance(event, TurnedAway):
            self.counts[f"turned away: {event.why}"] += 1
        elif isinstance(event, Gone):
            self.counts[f"gone: {event.why}"] += 1

    @property
    def writer(self) -> Writer:
        assert self._writer is not None, "the server was not started"
        return self._writer

    def _where(self, event: Where) -> None:
        known = self.sink.roll.known.get(event.device_id)
        if known is None or self.writer.full:
            # Not answered: a camera sends again what nobody took.
            self.registrar.not_taken(event)
            self.counts["not taken"] += 1
            return
        now = clock.milliseconds()
        row = row_of(known, event.position, now)
        self.writer.heard(actions.Heard(known.pk, now, row, frames=1, off_duty=int(row is None)))
        self.writer.put([row] if row else [], event)

    def _durable(self, tickets: list[Where]) -> None:
        now = clock.now().timestamp()
        for where in tickets:
            self.send(self.registrar.answered(where, now))

    def _alive(self, device_id: str) -> None:
        known = self.sink.roll.known.get(device_id)
        if known is not None:
            self.writer.heard(actions.Heard(known.pk, clock.milliseconds(), frames=1))

    def _dropped(self, event: Dropped) -> None:
        now = clock.milliseconds()
        known = self.sink.roll.known.get(event.device_id)
        raw = kept_of(event.raw[:ODD_BYTES], known, now)
        self.writer.put_odd(
            actions.Odd(now, "gb28181", event.peer.host, event.device_id, event.fault.value, raw)
        )
        if known is not None:
            self.writer.heard(actions.Heard(known.pk, now, frames=1, bad=1))

    def _apart(self, act: Callable[[datetime], None]) -> None:
        def run() -> None:
            close_old_connections()
            try:
                act(clock.now())
            except Exception:
                self.counts["failed"] += 1
                log.exception("what a camera told of itself was not kept")
            finally:
                close_old_connections()

        self._thread.submit(run)

    # Out

    def send(self, one: Send) -> None:
        data = one.data
        if OURS_BYTES in data:
            try:
                data = data.replace(OURS_BYTES, self._reached_at(one.peer), 2)
            except OSError:
                # No way leads to this camera now. It is asked again, and the others meanwhile.
                self.counts["unreachable"] += 1
                return
        if one.peer.transport != "UDP":
            stream = self._streams.get(one.peer)
            if stream is not None:
                stream.write(data)
        elif self._udp is not None:
            self._udp.sendto(data, (one.peer.host, one.peer.port))

    def _reached_at(self, peer: Peer) -> bytes:
        """Our address as `peer` sees it: a camera sends its notifications there."""
        port = self._ports[peer.transport]
        if self._host not in EVERYWHERE:
            return f"{self._host}:{port}".encode()
        if peer.host not in self._own:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                # Nothing is sent: the system only chooses by which of its addresses it would be.
                probe.connect((peer.host, port))
                self._own[peer.host] = str(probe.getsockname()[0])
        return f"{self._own[peer.host]}:{port}".encode()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            try:
                self._happened(self.registrar.tick(clock.now()))
            except Exception:
                self.counts["failed"] += 1
                log.exception("a second failed")

    def opened(self, peer: Peer, transport: asyncio.Transport) -> None:
        self._streams[peer] = transport

    def closed(self, peer: Peer) -> None:
        self._streams.pop(peer, None)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: Server) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._server.received(data, Peer("UDP", addr[0], addr[1]))


class _Streamed(asyncio.Protocol):
    """One connection of TCP or TLS; what can be read no further ends it."""

    def __init__(self, server: Server, kind: str) -> None:
        self._server, self._stream = server, Stream()
        self._transport: asyncio.Transport | None = None
        self._peer = Peer(kind, "", 0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        host, port = transport.get_extra_info("peername")[:2]
        self._transport, self._peer = transport, Peer(self._peer.transport, host, port)
        transport.set_write_buffer_limits(high=UNSENT_BYTES)
        self._server.opened(self._peer, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.closed(self._peer)

    def pause_writing(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        try:
            for message in self._stream.feed(data):
                self._server.received(message, self._peer)
        except Malformed as error:
            self._server.counts[f"stream: {error.fault}"] += 1
            if self._transport is not None:
                self._transport.close()


def _token() -> str:
    return secrets.token_hex(12)
