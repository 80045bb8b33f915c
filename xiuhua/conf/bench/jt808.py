"""JT/T 808 against its figures: durable positions a second with their latency, the codec alone, memory a connection.

The server runs in a process of its own, the terminals in this one: 1,000 connections that send windows of positions,
each fresh, and wait for every answer. The frames are made before the clock starts; what is measured is sockets,
session, store and answers. The peer is a bare executemany (SQLite) or COPY (PostgreSQL) of the same rows into a table
of the same shape, durable like ours, in turns with us: five rounds, medians.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection, connections

from xiuhua.conf.bench.gateway import Gateway, gateway_of
from xiuhua.conf.bench.measure import Measure, at_percent
from xiuhua.conf.cli import reference
from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.codec import V2013, Frame, encode
from xiuhua.gateways.jt808.messages import Msg
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.org import queries
from xiuhua.org.queries import Unit

CONNECTIONS = 1000
WINDOW = 3
WINDOWS = 50
ROUNDS = 5
IDLE = 10_000
AT_LEAST, AT_MOST_MS, AT_MOST_KB = 25_000, 250, 20
CODE = "bench"


def measure() -> Iterator[Measure]:
    phones = _registered(IDLE)
    with gateway_of("jt808") as gateway:
        ours, peers, spans, spent = [], [], [], []
        loop = asyncio.new_event_loop()
        fleet = Fleet(gateway.port, phones[:CONNECTIONS])
        loop.run_until_complete(fleet.sign_on())
        for number in range(ROUNDS):
            fleet.load(number)
            before, cpu = gateway.cpu(), time.process_time()
            took, found = loop.run_until_complete(fleet.drive())
            ours.append(fleet.sent / took)
            spans += found
            spent.append((gateway.cpu() - before, time.process_time() - cpu))
            peers.append(_bare(fleet.rows(number)))
        loop.run_until_complete(fleet.close())
        sent = fleet.sent
    # Memory is told by a gateway that did nothing else before.
    with gateway_of("jt808") as gateway:
        kilobytes = loop.run_until_complete(_idle(gateway, phones))
    loop.close()
    note = f"{CONNECTIONS} connections, windows of {WINDOW}, load {os.getloadavg()[0]:.1f}"
    rate, peer = median(ours), median(peers)
    server, client = (median(each[i] for each in spent) / sent * 1e6 for i in (0, 1))
    yield Measure("jt808.durable", round(rate), "positions/s", sent * ROUNDS, AT_LEAST, "higher", note)
    yield Measure("jt808.ack.p50", at_percent(spans, 50), "ms", len(spans))
    yield Measure("jt808.ack.p99", at_percent(spans, 99), "ms", len(spans), AT_MOST_MS)
    yield Measure(
        "jt808.bare", round(peer), "rows/s", sent * ROUNDS, note="the database alone, one transaction"
    )
    yield Measure("jt808.of_bare", round(rate / peer, 3), "×", sent * ROUNDS, note="durable / bare, medians")
    yield Measure("jt808.server_cpu", round(server, 1), "µs/position", sent * ROUNDS)
    yield Measure("jt808.client_cpu", round(client, 1), "µs/position", sent * ROUNDS)
    yield Measure("jt808.memory", round(kilobytes, 1), "KB/connection", IDLE, AT_MOST_KB)


def _registered(many: int) -> list[bytes]:
    """So many vehicles on duty, each with the same code; their phones."""
    now = clock.now()
    unit = _unit()
    stretch = actions.Stretch(now - timedelta(hours=4), now + timedelta(hours=8), unit=unit)
    actions.put_hours(source="bench", stretches=[stretch], by=SYSTEM, at=now)
    phones = [f"{13_900_000_000 + n:012d}" for n in range(many)]
    for start in range(0, many, 1000):
        with record.act("bench.register", by=SYSTEM, at=now) as act:
            for phone in phones[start : start + 1000]:
                device = actions.register(
                    kind="vehicle_terminal",
                    protocol="jt808",
                    identity=phone,
                    name=phone,
                    unit=unit,
                    plate="沪A00001",
                    by=SYSTEM,
                    at=now,
                )
                actions.sign_on(device_id=device.pk, told={}, code=CODE, at=now)
            act.entry(on=unit, facts={"registered": start})
    return [bytes.fromhex(phone) for phone in phones]


def _unit() -> Unit:
    reference.load_all(by=SYSTEM, at=clock.now())
    return queries.units(SYSTEM).order_by("pk")[0]


class Line(asyncio.Protocol):
    """One terminal of the load: writes a window, waits for all of its answers, writes the next."""

    def __init__(self, phone: bytes) -> None:
        self.phone = phone
        self.windows: list[bytes] = []
        self.spans: list[float] = []
        self._next = self._marks = 0
        self._wrote = 0.0
        self._done: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_exception(ConnectionError("the gateway closed"))

    def go(self, done: asyncio.Future[None], windows: list[bytes], answers: int) -> None:
        self.windows, self._done, self._answers, self._next = windows, done, answers, 0
        self._write()

    def _write(self) -> None:
        self._marks = 2 * self._answers
        self._wrote = time.perf_counter()
        self.transport.write(self.windows[self._next])
        self._next += 1

    def data_received(self, data: bytes) -> None:
        self._marks -= data.count(b"\x7e")
        if self._marks > 0:
            return
        self.spans.append((time.perf_counter() - self._wrote) * 1000)
        if self._next < len(self.windows):
            self._write()
        elif self._done is not None and not self._done.done():
            self._done.set_result(None)


def _same(line: Line) -> Line:
    return line


@dataclass
class Fleet:
    port: int
    phones: Sequence[bytes]
    lines: list[Line] = field(default_factory=list)
    loaded: list[list[bytes]] = field(default_factory=list)
    began: int = field(default_factory=lambda: clock.milliseconds() // 1000 - 3600)
    sent: int = CONNECTIONS * WINDOW * WINDOWS

    async def sign_on(self) -> None:
        loop = asyncio.get_running_loop()
        for phone in self.phones:
            line = Line(phone)
            await loop.create_connection(partial(_same, line), "127.0.0.1", self.port)
            self.lines.append(line)
        await self._all(
            [[encode(Frame(Msg.AUTHENTICATE, V2013, phone, 0, CODE.encode()))] for phone in self.phones], 1
        )

    def load(self, number: int) -> None:
        """Make the frames of a round: fresh positions, one each second."""
        self.loaded = [
            [
                b"".join(
                    encode(Frame(Msg.POSITION, V2013, phone, each & 0xFFFF, _body(self.began + each, k)))
                    for each in range(first, first + WINDOW)
                )
                for first in range(number * WINDOW * WINDOWS, (number + 1) * WINDOW * WINDOWS, WINDOW)
            ]
            for k, phone in enumerate(self.phones)
        ]

    async def drive(self) -> tuple[float, list[float]]:
        """Seconds that the round took, and the spans from writing a window to its last answer."""
        for line in self.lines:
            line.spans = []
        began = time.perf_counter()
        await self._all(self.loaded, WINDOW)
        took = time.perf_counter() - began
        return took, [span for line in self.lines for span in line.spans]

    async def _all(self, windows: list[list[bytes]], answers: int) -> None:
        loop = asyncio.get_running_loop()
        done = [loop.create_future() for _ in self.lines]
        for line, future, each in zip(self.lines, done, windows, strict=True):
            line.go(future, each, answers)
        await asyncio.gather(*done)

    def rows(self, number: int) -> list[actions.Row]:
        """The rows that a round became."""
        now = clock.milliseconds()
        first = number * WINDOW * WINDOWS
        return [
            actions.Row(
                k, (self.began + each) * 1000, now, 121.5 + k / 1e5, 31.2 + each / 1e5, None, None, 1, 33.0, 89, 10,
                None, 0, 3, ITEMS,
            )
            for each in range(first, first + WINDOW * WINDOWS)
            for k in range(len(self.phones))
        ]  # fmt: skip

    async def close(self) -> None:
        for line in self.lines:
            line.transport.close()
        await asyncio.sleep(0.2)


ITEMS = bytes.fromhex("0104000003e830011f310112")


def _body(at: int, k: int) -> bytes:
    numbers = (0, 3, 31_200_000 + at % 100_000, 121_500_000 + k * 10)
    return (
        b"".join(n.to_bytes(4, "big") for n in numbers)
        + bytes.fromhex("000a014a0059")
        + messages.bcd_time(at)
        + ITEMS
    )


def _bare(rows: list[actions.Row]) -> float:
    """Rows a second that the database alone writes, durable, in one transaction, into a table of the same shape."""
    if connection.vendor == "postgresql":
        return len(rows) / _copied(rows)
    path = Path(settings.VAR_DIR) / "bare.sqlite3"
    path.unlink(missing_ok=True)
    with connections["positions"].cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'observations_position' AND sql <> ''")
        statements = [statement for (statement,) in cursor.fetchall()]
    peer = sqlite3.connect(path, isolation_level=None)
    peer.execute("PRAGMA journal_mode = WAL")
    peer.execute("PRAGMA synchronous = FULL")
    for statement in statements:
        peer.execute(statement)
    columns, marks = ", ".join(actions.Row._fields), ", ".join("?" * len(actions.Row._fields))
    began = time.perf_counter()
    peer.execute("BEGIN")
    peer.executemany(f"INSERT INTO observations_position ({columns}) VALUES ({marks})", rows)  # noqa: S608 - our own table
    peer.execute("COMMIT")
    took = time.perf_counter() - began
    peer.close()
    return len(rows) / took


def _copied(rows: list[actions.Row]) -> float:
    columns = ", ".join(actions.Row._fields)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_position (LIKE observations_position INCLUDING ALL)")
        began = time.perf_counter()
        with cursor.copy(f"COPY bare_position ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bare_position")
    return took


async def _idle(gateway: Gateway, phones: Sequence[bytes]) -> float:
    """Kilobytes that a signed-on connection costs the gateway, of 10,000 of them."""
    before = gateway.memory()
    fleet = Fleet(gateway.port, phones)
    await fleet.sign_on()
    await asyncio.sleep(1)
    after = gateway.memory()
    await fleet.close()
    return (after - before) / len(phones)
