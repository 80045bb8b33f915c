"""GB/T 28181 against its figure: registrations, keep-alives and durable positions a second, client included.

The server runs in a process of its own, the cameras in this one: 2,000 of them over one UDP socket with a window of
requests under way. A registration is two requests: the challenge and its proof. The medians of five rounds.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from itertools import count
from statistics import median

from django.conf import settings
from django.db import connections

from xiuhua.conf.bench.gateway import gateway_of
from xiuhua.conf.bench.measure import Measure
from xiuhua.conf.cli import reference
from xiuhua.gateways.gb28181 import codec, digest
from xiuhua.gateways.gb28181.digest import Credentials
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.rules import digest_code
from xiuhua.org import queries

CAMERAS, WINDOW, ROUNDS = 2000, 200, 5
AT_LEAST = 3000
# A datagram that is lost is sent again after this many seconds, as cameras do.
AGAIN_SECONDS = 0.5
REALM = settings.GB28181_ID[:10]
KEEPALIVE = "<CmdType>Keepalive</CmdType><SN>{n}</SN><DeviceID>{id}</DeviceID><Status>OK</Status>"
WHERE = (
    "<CmdType>MobilePosition</CmdType><SN>{n}</SN><DeviceID>{id}</DeviceID><Time>{time}</Time>"
    "<Longitude>121.505</Longitude><Latitude>31.205</Latitude><Speed>5.5</Speed><Direction>120</Direction>"
)


def measure() -> Iterator[Measure]:
    passwords = _registered()
    connections.close_all()
    with gateway_of("gb28181") as gateway:
        loop = asyncio.new_event_loop()
        fleet = loop.run_until_complete(Fleet.at(gateway.port, passwords))
        found: dict[str, list[float]] = {"register": [], "keepalive": [], "position": []}
        for number in range(ROUNDS):
            for kind, taken in found.items():
                began = time.perf_counter()
                loop.run_until_complete(fleet.act(kind, number))
                taken.append(CAMERAS / (time.perf_counter() - began))
        fleet.transport.close()
        loop.close()
    note = f"{CAMERAS} cameras, {WINDOW} requests under way, load {os.getloadavg()[0]:.1f}"
    for kind, rates in found.items():
        limit = AT_LEAST if kind != "position" else None
        yield Measure(
            f"sip.{kind}", round(median(rates)), "a second", CAMERAS * ROUNDS, limit, "higher", note
        )
    yield Measure("sip.sent_again", fleet.again, "datagrams", CAMERAS * ROUNDS * 4)


def _registered() -> dict[str, str]:
    """Cameras on duty; identity → password."""
    now = clock.now()
    reference.load_all(by=SYSTEM, at=now)
    unit = queries.units(SYSTEM).order_by("pk")[0]
    stretch = actions.Stretch(now - timedelta(hours=4), now + timedelta(hours=8), unit=unit)
    actions.put_hours(source="bench", stretches=[stretch], by=SYSTEM, at=now)
    found = {}
    with record.act("bench.register", by=SYSTEM, at=now) as act:
        for n in range(CAMERAS):
            device = actions.register(
                kind="body_camera",
                protocol="gb28181",
                identity=f"{REALM}132{n:07d}",
                name=str(n),
                unit=unit,
                by=SYSTEM,
                at=now,
            )
            found[device.identity] = actions.issue_code(device=device, by=SYSTEM, at=now)
        act.entry(on=unit, facts={"registered": CAMERAS})
    return found


class Fleet(asyncio.DatagramProtocol):
    """Cameras over one socket; an answer is given to whoever waits for its Call-ID and number."""

    transport: asyncio.DatagramTransport

    def __init__(self, passwords: dict[str, str]) -> None:
        self._secrets = {id_: digest_code(id_, REALM, code) for id_, code in passwords.items()}
        self._waiting: dict[bytes, tuple[asyncio.Future[bytes], bytes, float]] = {}
        self._serial = count(1)
        self.again = 0

    @classmethod
    async def at(cls, port: int, passwords: dict[str, str]) -> Fleet:
        loop = asyncio.get_running_loop()
        transport, fleet = await loop.create_datagram_endpoint(
            lambda: cls(passwords), remote_addr=("127.0.0.1", port)
        )
        fleet.transport = transport
        return fleet

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        key = data.partition(b"Call-ID: ")[2].partition(b"\r\n")[0]
        waiting = self._waiting.pop(key, None)
        if waiting is not None:
            waiting[0].set_result(data)

    async def _asked(
        self, method: str, id_: str, more: Sequence[tuple[str, str]], body: bytes = b""
    ) -> bytes:
        number = next(self._serial)
        address, key = f"<sip:{id_}@{REALM}>", f"k{number}"
        headers = [
            ("Via", f"SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK{number}"),
            ("From", f"{address};tag=1"),
            ("To", address if method == "REGISTER" else f"<sip:{settings.GB28181_ID}@{REALM}>"),
            ("Call-ID", key),
            ("CSeq", f"{number} {method}"),
            *more,
        ]
        data = codec.request(method, f"sip:{settings.GB28181_ID}@{REALM}", headers, body)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[key.encode()] = (answer, data, time.monotonic())
        self.transport.sendto(data)
        return await answer

    async def _late(self) -> None:
        """What was not answered in time, sent again."""
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            now = time.monotonic()
            for _, data, sent in list(self._waiting.values()):
                if now - sent > AGAIN_SECONDS:
                    self.again += 1
                    self.transport.sendto(data)

    async def _all(self, one: Callable[[str], Awaitable[None]]) -> None:
        """`one` for each camera, so many at a time."""
        ids = iter(self._secrets)

        async def some() -> None:
            for id_ in ids:
                await one(id_)

        late = asyncio.create_task(self._late())
        await asyncio.gather(*(some() for _ in range(WINDOW)))
        late.cancel()

    async def register(self) -> None:
        async def one(id_: str) -> None:
            more = [("Contact", f"<sip:{id_}@127.0.0.1:5060>"), ("Expires", "3600")]
            challenge = await self._asked("REGISTER", id_, more)
            nonce = challenge.partition(b'nonce="')[2].partition(b'"')[0].decode()
            uri = f"sip:{settings.GB28181_ID}@{REALM}"
            said = Credentials(id_, REALM, nonce, uri, "", "MD5", None, None, None)
            answer = digest.response(self._secrets[id_], "REGISTER", said)
            proof = f'username="{id_}",realm="{REALM}",nonce="{nonce}",uri="{uri}",response="{answer}"'
            welcome = await self._asked("REGISTER", id_, [*more, ("Authorization", f"Digest {proof}")])
            assert welcome.startswith(b"SIP/2.0 200"), welcome

        await self._all(one)

    async def act(self, kind: str, number: int) -> None:
        if kind == "register":
            await self.register()
        else:
            await self.tell(KEEPALIVE if kind == "keepalive" else WHERE, number)

    async def tell(self, inner: str, number: int) -> None:
        # Each round a second of its own: the same moment of the same camera is kept once.
        moment = f"{clock.now().astimezone(clock.SHANGHAI) - timedelta(seconds=number):%Y-%m-%dT%H:%M:%S}"

        async def one(id_: str) -> None:
            body = f"<Notify>{inner.format(n=number, id=id_, time=moment)}</Notify>".encode()
            welcome = await self._asked("MESSAGE", id_, [("Content-Type", "Application/MANSCDP+xml")], body)
            assert welcome.startswith(b"SIP/2.0 200"), welcome

        await self._all(one)
