"""A terminal for tests: writes frames to a real socket and reads what is answered."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.codec import V2013, Frame, Splitter, decode, encode
from xiuhua.gateways.jt808.messages import Answer, Msg

PHONE = bytes.fromhex("013800000001")
PATIENCE = 60


def body(at: int, lon: float = 121.505, lat: float = 31.205, status: int = 3, alarm: int = 0) -> bytes:
    """The body of a 0x0200 at `at` (seconds since 1970)."""
    numbers = (alarm, status, round(lat * 1e6), round(lon * 1e6))
    return (
        b"".join(n.to_bytes(4, "big") for n in numbers)
        + bytes.fromhex("000a014a0059")
        + messages.bcd_time(at)
    )


def registration(plate: str = "沪A1E001", colour: int = 1) -> bytes:
    texts = b"70111" + b"BSJ-GF-06".ljust(20, b"\0") + b"0000001"
    return bytes.fromhex("001f0073") + texts + bytes((colour,)) + plate.encode("gbk")


@dataclass
class Terminal:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    phone: bytes = PHONE
    version: int = V2013
    serial: int = 0

    def __post_init__(self) -> None:
        self.splitter = Splitter()
        self.came: list[Frame] = []

    def write(self, msg_id: int, content: bytes = b"") -> int:
        serial = self.serial
        self.serial += 1
        self.writer.write(encode(Frame(msg_id, self.version, self.phone, serial, content)))
        return serial

    async def read(self) -> Frame:
        """The next frame of the platform. Raises EOFError if it closed."""
        while not self.came:
            data = await asyncio.wait_for(self.reader.read(65536), PATIENCE)
            if not data:
                raise EOFError
            self.came += [decode(raw) for raw in self.splitter.feed(data)]
        return self.came.pop(0)

    async def answer(self) -> Answer:
        frame = await self.read()
        assert frame.msg_id == Msg.PLATFORM_ANSWER, hex(frame.msg_id)
        return messages.answer(frame.body)

    async def signed_on(self) -> str:
        """Register and authenticate; the code."""
        self.write(Msg.REGISTER, registration())
        frame = await self.read()
        assert (frame.msg_id, frame.body[2]) == (Msg.REGISTERED, 0), frame.body.hex()
        code = frame.body[3:].decode()
        self.write(Msg.AUTHENTICATE, code.encode())
        assert (await self.answer()).result == 0
        return code


@dataclass
class Street:
    """Terminals on the port of a gateway; all are closed at the end."""

    port: int
    terminals: list[Terminal] = field(default_factory=list)

    async def terminal(self, phone: bytes = PHONE) -> Terminal:
        self.terminals.append(Terminal(*await asyncio.open_connection("127.0.0.1", self.port), phone))
        return self.terminals[-1]

    async def close(self) -> None:
        for each in self.terminals:
            each.writer.close()
            with suppress(ConnectionError):
                await each.writer.wait_closed()
