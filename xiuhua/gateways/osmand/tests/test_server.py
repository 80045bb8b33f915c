"""The application: who is known, what is durable before it is answered; and the real command asked by curl."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from xiuhua.gateways.osmand.server import Application, Receive, Send
from xiuhua.gateways.roll import Roll
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.tests.stored import Stored, stored
from xiuhua.observations.tests.street import HOUR, on_duty, phone
from xiuhua.registers.tests.bureau import Bureau

XIUHUA = str(Path(sys.executable).with_name("xiuhua"))
KEPT = "SELECT lon, lat, speed FROM observations_position"


class ReadBefore(Roll):
    """A registry that was read before the loop began: the suite's connection belongs to one thread."""

    def start(self) -> None:
        self._thread.run = lambda: None  # type: ignore[method-assign]
        self._thread.start()


@pytest.fixture
def store(tmp_path: Path, db: None) -> Iterator[Stored]:
    with stored(tmp_path) as made:
        yield made


def asked(store: Stored, walk: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    roll = ReadBefore("osmand")
    roll.read()
    application = Application(roll, store.open)

    async def run() -> None:
        await application.start()
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            await walk(client)
        await application.stop()

    asyncio.run(run())


@pytest.mark.django_db
@pytest.mark.slow
def test_a_known_phone_is_answered_when_its_position_is_durable(bureau: Bureau, store: Stored) -> None:
    officer = bureau.officer()
    code = actions.issue_code(device=phone(bureau.east, officer), by=SYSTEM, at=clock.now())
    on_duty(officer=officer, at=clock.now() - HOUR, hours=2)
    place = {"id": "phone-0001", "lat": "31.205", "lon": "121.505", "speed": "10"}

    async def walk(client: httpx.AsyncClient) -> None:
        assert (await client.get("/", params={**place, "key": code})).status_code == 200
        ((lon, lat, speed),) = store.rows(KEPT)
        assert (lon, lat, round(speed, 2)) == (121.505, 31.205, 18.52)
        bearer = {"authorization": f"Bearer {code}"}
        assert (await client.post("/", data=place, headers=bearer)).status_code == 200
        assert (await client.get("/", params={"id": "phone-0001", "key": code})).status_code == 200
        assert (await client.get("/", params={**place, "key": "wrong"})).status_code == 403
        assert (await client.get("/", params={**place, "id": "stranger"})).status_code == 403
        assert (await client.get("/", params={"lat": "1", "lon": "2"})).status_code == 400
        assert (await client.post("/", content=b"x" * 100_000)).status_code == 400
        assert (await client.put("/")).status_code == 405

    asked(store, walk)
    faults = dict(store.rows("SELECT fault, count(*) FROM observations_oddframe GROUP BY fault"))
    assert faults == {"unknown": 2, "no device": 1, "too long": 1}
    assert store.rows("SELECT frames FROM observations_current") == [(3,)]


@pytest.mark.django_db
@pytest.mark.slow
def test_of_what_was_not_taken_no_key_is_kept_and_off_duty_not_a_byte(bureau: Bureau, store: Stored) -> None:
    actions.issue_code(device=phone(bureau.east, bureau.officer()), by=SYSTEM, at=clock.now())
    place = {"lat": "31.205", "lon": "121.505", "key": "sesame", "monkey": "7"}

    async def walk(client: httpx.AsyncClient) -> None:
        assert (await client.get("/", params={"id": "stranger", **place})).status_code == 403
        assert (await client.post("/", data={"key": "sesame", "id": "stranger"})).status_code == 403
        assert (await client.get("/", params={"id": "phone-0001", **place})).status_code == 403

    asked(store, walk)
    raw = [bytes(r) for (r,) in store.rows("SELECT raw FROM observations_oddframe ORDER BY id")]
    assert raw == [b"id=stranger&lat=31.205&lon=121.505&key=&monkey=7\n", b"\nkey=&id=stranger", b""]


@pytest.mark.django_db
@pytest.mark.slow
def test_a_position_that_cannot_be_written_is_not_answered_as_kept(
    bureau: Bureau, store: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiuhua.gateways.osmand.server.PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr("xiuhua.gateways.writer.RETRY_SECONDS", 0.05)
    officer = bureau.officer()
    code = actions.issue_code(device=phone(bureau.east, officer), by=SYSTEM, at=clock.now())
    on_duty(officer=officer, at=clock.now() - HOUR, hours=2)

    def refuse(*_: object) -> None:
        raise OSError("示例：磁盘已满")

    monkeypatch.setattr("xiuhua.observations.actions.storing.SqliteStore.keep", refuse)
    monkeypatch.setattr("xiuhua.observations.actions.storing.PostgresStore.keep", refuse)

    async def walk(client: httpx.AsyncClient) -> None:
        place = {"id": "phone-0001", "lat": "31.205", "lon": "121.505", "key": code}
        assert (await client.get("/", params=place)).status_code == 503

    asked(store, walk)


@pytest.mark.django_db
@pytest.mark.slow
def test_the_server_starts_and_ends_it_by_its_lifespan(bureau: Bureau, store: Stored) -> None:
    roll = ReadBefore("osmand")
    application = Application(roll, store.open)
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent: list[str] = []

    async def receive() -> MutableMapping[str, Any]:
        return next(messages)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    asyncio.run(_called(application, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def _called(application: Application, receive: Receive, send: Send) -> None:
    await application({"type": "lifespan"}, receive, send)
    await application({"type": "websocket"}, receive, send)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


SCRIPT = """
import django
django.setup()
from datetime import timedelta
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.conf.routing import migrate
from xiuhua.org.actions import add_unit
migrate()
now = clock.now()
unit = add_unit(code="T1", name="示例中队", short_name="示例", kind="squad", by=SYSTEM, at=now)
said = dict(kind="phone", protocol="osmand", identity="phone-0001", name="示例终端", unit=unit)
device = actions.register(**said, by=SYSTEM, at=now)
stretch = actions.Stretch(now - timedelta(hours=1), now + timedelta(hours=1), device=device)
actions.put_hours(source="test", stretches=[stretch], by=SYSTEM, at=now)
print(actions.issue_code(device=device, by=SYSTEM, at=now))
"""


@pytest.mark.slow
def test_curl_is_answered_by_the_real_command(tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed here")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA_")}
    environment = {**kept, "XIUHUA_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "xiuhua.conf.settings"}
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, check=True, capture_output=True, text=True
    )
    code = made.stdout.strip()
    port = free_port()
    gateway = subprocess.Popen(
        [XIUHUA, "gateways", "--only", "osmand", "--osmand-port", str(port)], env=environment
    )
    url = f"http://127.0.0.1:{port}/"

    def ask(*more: str) -> str:
        command = [curl, "-s", "-o", "/dev/null", "-w", "%{http_code}", *more]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    try:
        deadline = time.monotonic() + 120
        while ask(url) == "000" and time.monotonic() < deadline:
            time.sleep(0.2)
        place = f"id=phone-0001&lat=31.205&lon=121.505&speed=10&key={code}"
        assert ask(f"{url}?{place}") == "200"
        body = {
            "device_id": "phone-0001",
            "location": {
                "timestamp": clock.now().isoformat(),
                "coords": {"latitude": 31.21, "longitude": 121.51},
            },
        }
        sent = (
            "-H",
            "Content-Type: application/json",
            "-H",
            f"Authorization: Bearer {code}",
            "-d",
            json.dumps(body),
        )
        assert ask(*sent, url) == "200"
        assert ask(f"{url}?lat=1&lon=2") == "400"
        assert ask(f"{url}?id=stranger") == "403"
    finally:
        gateway.terminate()
        gateway.wait(30)
    rows = sqlite3.connect(tmp_path / "positions.sqlite3")
    assert len(rows.execute(KEPT).fetchall()) == 2
    rows.close()
