"""Foreign clients: SIPp as two hundred cameras and as one that is subscribed to, sipsak as one that comes and goes.

Their scenarios lie beside the repository. A call that does not end as its scenario says ends the program with a fault.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from xiuhua.gateways.gb28181.messages import CHINA
from xiuhua.gateways.gb28181.server import Server
from xiuhua.gateways.gb28181.sink import Sink
from xiuhua.gateways.gb28181.tests.camera import PASSWORD, REALM, SERVER_ID
from xiuhua.gateways.gb28181.tests.test_server import acting_thread
from xiuhua.gateways.roll import Roll
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.tests.stored import Stored, stored
from xiuhua.observations.tests.street import HOUR, on_duty
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CLIENTS = Path(__file__).resolve().parents[5] / "shared" / "clients"
CAMERAS = 200
# The moment of the first positions in the scenarios, up to the minute.
SAID_AT = "2026-11-22T09:30"
Run = Callable[[Server, int], Awaitable[None]]


def id_of(n: int) -> str:
    return f"{REALM}132{n:07d}"


def program(name: str) -> str:
    """Its path; skips where it is not installed, or its scenarios are not beside the repository."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    if not CLIENTS.exists():
        pytest.skip(f"the scenarios are not beside the repository ({CLIENTS})")
    return found


@pytest.fixture
def cameras(bureau: Bureau, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GB28181_ID = SERVER_ID
    monkeypatch.setattr("secrets.token_urlsafe", lambda n: PASSWORD)
    for n in range(1, CAMERAS + 1):
        device = actions.register(
            kind="body_camera",
            protocol="gb28181",
            identity=id_of(n),
            name=f"示例记录仪{n}",
            unit=bureau.east,
            officer=bureau.officer(),
            by=SYSTEM,
            at=AT,
        )
        actions.issue_code(device=device, by=SYSTEM, at=AT)
    on_duty(officer=bureau.officer(), at=clock.now() - HOUR, hours=2)


def served(tmp_path: Path, run: Run) -> tuple[Server, Stored]:
    with stored(tmp_path) as store:
        roll = Roll("gb28181")
        roll.read()
        server = Server(SERVER_ID, Sink(roll), store.open, acting_thread())

        async def serve() -> None:
            port = await server.start("127.0.0.1", 0)
            try:
                await run(server, port)
            finally:
                await server.stop()

        asyncio.run(serve())
        server.counts["rows"] = store.rows("SELECT COUNT(*) FROM observations_position")[0][0]
        return server, store


async def ended(folder: Path, *command: str) -> None:
    """Raises with what the program said where it does not end well."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), 90)
    except TimeoutError:
        process.kill()
        said, _ = await process.communicate()
        raise AssertionError(f"{command[0]} did not end: {said.decode()[-2000:]}") from None
    assert process.returncode == 0, said.decode()[-2000:]


def scenario(tmp_path: Path, name: str) -> str:
    """The scenario with positions of this minute: of an old moment nothing would be kept."""
    text = (CLIENTS / name).read_text()
    assert SAID_AT in text
    path = tmp_path / name
    path.write_text(text.replace(SAID_AT, f"{clock.now().astimezone(CHINA):%Y-%m-%dT%H:%M}"))
    return str(path)


def free_port() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def sheet(tmp_path: Path, n: int) -> str:
    """The ids and passwords of the first `n` cameras, as SIPp reads them."""
    rows = [f"{id_of(i)};[authentication username={id_of(i)} password={PASSWORD}]" for i in range(1, n + 1)]
    path = tmp_path / "cameras.csv"
    path.write_text("\n".join(["SEQUENTIAL", *rows, ""]))
    return str(path)


@pytest.mark.usefixtures("cameras")
@pytest.mark.parametrize("transport", ["u1", "t1"])
def test_two_hundred_cameras_register_keep_alive_and_say_where_they_are(
    tmp_path: Path, transport: str
) -> None:
    sipp = program("sipp")

    async def run(server: Server, port: int) -> None:
        common = ["-i", "127.0.0.1", "-p", free_port(), "-nostdin", "-t", transport, "-timeout", "60"]
        told = ["-sf", scenario(tmp_path, "gb_reg.xml"), "-inf", sheet(tmp_path, CAMERAS)]
        await ended(tmp_path, sipp, f"127.0.0.1:{port}", *told, "-m", str(CAMERAS), "-r", "100", *common)

    server, _ = served(tmp_path, run)
    assert server.counts["registered"] == CAMERAS
    assert server.counts["where"] == CAMERAS
    assert server.counts["rows"] == CAMERAS
    assert not server.counts["failed"] + server.counts["dropped"] + server.counts["turnedaway"]


@pytest.mark.usefixtures("cameras")
def test_a_camera_that_is_subscribed_to_notifies_in_the_dialog(tmp_path: Path) -> None:
    sipp = program("sipp")

    async def run(server: Server, port: int) -> None:
        common = ["-i", "127.0.0.1", "-p", free_port(), "-m", "1", "-nostdin", "-timeout", "60"]
        told = ["-sf", scenario(tmp_path, "gb_reg.xml"), "-inf", sheet(tmp_path, 1)]
        await ended(tmp_path, sipp, f"127.0.0.1:{port}", *told, *common)
        await ended(tmp_path, sipp, "-sf", scenario(tmp_path, "gb_sub.xml"), *common)

    server, _ = served(tmp_path, run)
    assert server.counts["where"] == 3
    # The first of the two notifications is of the moment that was told already, unless a minute has passed.
    assert server.counts["rows"] >= 2


@pytest.mark.usefixtures("cameras")
def test_a_client_that_registers_and_leaves_is_let_in_and_out(tmp_path: Path) -> None:
    sipsak = program("sipsak")

    async def run(server: Server, port: int) -> None:
        at = f"127.0.0.1:{free_port()}"
        who = [
            "-C",
            f"sip:{id_of(1)}@{at}",
            "-a",
            PASSWORD,
            "-u",
            id_of(1),
            "-s",
            f"sip:{id_of(1)}@127.0.0.1:{port}",
        ]
        await ended(tmp_path, sipsak, "-U", "-x", "3600", *who)
        assert id_of(1) in server.registrar.bindings
        await ended(tmp_path, sipsak, "-U", "-x", "0", *who)
        assert id_of(1) not in server.registrar.bindings

    served(tmp_path, run)
