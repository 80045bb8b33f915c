"""Over TLS: a camera registers, is asked on its own line, tells where it is; in the clear the port says nothing."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from xiuhua.gateways.gb28181.codec import Message, Stream, parse
from xiuhua.gateways.gb28181.server import Server
from xiuhua.gateways.gb28181.sink import Sink
from xiuhua.gateways.gb28181.tests.camera import SERVER_ID, Camera, position
from xiuhua.gateways.gb28181.tests.test_server import NOW, POSITIONS, acting_thread, camera, on_shift, store
from xiuhua.gateways.roll import Roll
from xiuhua.gateways.tests.certificate import certificate
from xiuhua.observations.models import Device
from xiuhua.observations.tests.stored import Stored
from xiuhua.registers.tests.bureau import Bureau

__all__ = ["camera", "store"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Walk = Callable[[Server], Awaitable[None]]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost and its key."""
    return certificate(tmp_path_factory.mktemp("tls"))


def served(store: Stored, pair: tuple[Path, Path], walk: Walk) -> Server:
    roll = Roll("gb28181")
    roll.read()
    server = Server(SERVER_ID, Sink(roll), store.open, acting_thread())
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(*pair)

    async def run() -> None:
        await server.start("127.0.0.1", 0, secure)
        try:
            await walk(server)
        finally:
            await server.stop()

    asyncio.run(run())
    return server


class Line:
    """A camera's end of TLS, which trusts this one certificate."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.stream, self.came = Stream(), list[bytes]()

    @classmethod
    async def open(cls, port: int, pair: tuple[Path, Path]) -> Line:
        trusting = ssl.create_default_context(cafile=str(pair[0]))
        return cls(
            *await asyncio.open_connection("127.0.0.1", port, ssl=trusting, server_hostname="localhost")
        )

    async def answer(self, method: str = "") -> Message:
        """The next answer; with `method`, the next request of that kind."""
        while True:
            while not self.came:
                self.came.extend(self.stream.feed(await asyncio.wait_for(self.reader.read(65536), 60)))
            message = parse(self.came.pop(0))
            if message.method == method:
                return message

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


def test_a_camera_registers_is_asked_and_tells_where_it_is_on_one_line(
    bureau: Bureau, store: Stored, camera: Device, pair: tuple[Path, Path]
) -> None:
    on_shift(bureau)

    async def walk(server: Server) -> None:
        line, speaker = await Line.open(server.tls_port, pair), Camera(transport="TLS")
        line.writer.write(speaker.register())
        line.writer.write(speaker.register(await line.answer()))
        assert (await line.answer()).status == 200
        asked = await line.answer("SUBSCRIBE")
        assert asked["via"].startswith(f"SIP/2.0/TLS 127.0.0.1:{server.tls_port};")
        assert f"@127.0.0.1:{server.tls_port};transport=tls>" in asked["contact"]
        line.writer.write(speaker.tell(position(NOW), "NOTIFY"))
        assert (await line.answer()).status == 200
        await line.close()

    server = served(store, pair, walk)
    assert server.counts["registered"] == 1
    ((device, _, lon, lat, _speed, _course),) = store.rows(POSITIONS)
    assert (device, lon, lat) == (camera.pk, 121.505, 31.205)


def test_in_the_clear_the_port_of_tls_says_nothing(
    store: Stored, camera: Device, pair: tuple[Path, Path]
) -> None:
    async def walk(server: Server) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.tls_port)
        writer.write(Camera(transport="TCP").register())
        said = await asyncio.wait_for(reader.read(65536), 60)
        assert b"SIP/2.0" not in said
        writer.close()

    assert served(store, pair, walk).counts["registered"] == 0


def test_a_foreign_client_of_tls_is_challenged(
    store: Stored, camera: Device, pair: tuple[Path, Path]
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")

    async def walk(server: Server) -> None:
        client = await asyncio.create_subprocess_exec(
            openssl,
            *("s_client", "-quiet", "-verify_return_error", "-verify_hostname", "localhost"),
            *("-CAfile", str(pair[0]), "-connect", f"127.0.0.1:{server.tls_port}"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert client.stdin is not None
        assert client.stdout is not None
        client.stdin.write(Camera(transport="TLS").register())
        await client.stdin.drain()
        answer = parse(await asyncio.wait_for(client.stdout.readuntil(b"\r\n\r\n"), 60))
        assert answer.status == 401
        assert answer["via"].startswith("SIP/2.0/TLS")
        client.terminate()
        await client.wait()

    served(store, pair, walk)


def test_without_a_certificate_there_is_no_port_of_tls() -> None:
    assert Server(SERVER_ID, Sink(Roll("gb28181"))).tls_port == 0
