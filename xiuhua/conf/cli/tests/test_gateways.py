"""`xiuhua gateways`: what it starts, its TLS, and a real terminal over a real, secure socket."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sqlite3
import ssl
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from xiuhua.conf.cli import gateways
from xiuhua.gateways.jt808.messages import Msg
from xiuhua.gateways.jt808.tests.terminal import Terminal, body
from xiuhua.gateways.tests.certificate import certificate
from xiuhua.kernel.authz import Invalid

XIUHUA = str(Path(sys.executable).with_name("xiuhua"))


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    gateways.arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost and its key."""
    return certificate(tmp_path)


def test_all_gateways_are_started_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def supervise(commands: list[list[str]]) -> int:
        started.extend(commands)
        return 3

    monkeypatch.setattr(gateways, "is_behind", lambda: False)
    monkeypatch.setattr(gateways, "supervise", supervise)
    args = parsed(
        "--host", "::1", "--jt808-port", "1", "--osmand-port", "2", "--certificate", "c", "--key", "k"
    )
    assert gateways.run(args) == 3
    cars = next(command for command in started if "jt808" in command)
    assert cars[1:] == [
        "gateways", "--host", "::1", "--only", "jt808", "--jt808-port", "1", "--certificate", "c", "--key", "k",
    ]  # fmt: skip
    recorders = next(command for command in started if "gb28181" in command)
    assert recorders[-6:] == ["--gb28181-tls-port", "5061", "--certificate", "c", "--key", "k"]
    assert any("xiuhua.conf.osmand:application" in command for command in started)


def test_phones_are_served_by_the_server_in_place_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    class Replaced(Exception):
        """Where a real process would be another program now."""

    def execv(path: str, command: list[str]) -> None:
        assert path == command[0]
        assert "5055" in command
        raise Replaced

    monkeypatch.setattr(gateways, "is_behind", lambda: False)
    monkeypatch.setattr(os, "execv", execv)
    with pytest.raises(Replaced):
        gateways.run(parsed("--only", "osmand"))


def test_a_certificate_needs_its_key_and_both_are_read(pair: tuple[Path, Path]) -> None:
    chain, key = pair
    assert gateways.tls(None, None) is None
    assert isinstance(gateways.tls(chain, key), ssl.SSLContext)
    for wrong in ((chain, None), (None, key), (chain, chain), (Path("/no/such/file"), key)):
        with pytest.raises(Invalid):
            gateways.tls(*wrong)


SCRIPT = """
import django
django.setup()
from datetime import timedelta
from xiuhua.conf.routing import migrate
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.org.actions import add_unit
migrate()
now = clock.now()
unit = add_unit(code="T1", name="示例中队", short_name="示例", kind="street_squad", by=SYSTEM, at=now)
said = dict(kind="vehicle_terminal", protocol="jt808", identity="13800000001", name="示例车", plate="沪A1E001")
actions.register(**said, unit=unit, by=SYSTEM, at=now)
stretch = actions.Stretch(now - timedelta(hours=1), now + timedelta(hours=1), unit=unit)
actions.put_hours(source="test", stretches=[stretch], by=SYSTEM, at=now)
"""


@pytest.mark.slow
def test_a_terminal_is_served_over_tls_and_what_it_sent_is_in_the_file_of_positions(
    tmp_path: Path, pair: tuple[Path, Path]
) -> None:
    chain, key = pair
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA_")}
    environment: dict[str, Any] = {
        **kept,
        "XIUHUA_VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "xiuhua.conf.settings",
    }
    subprocess.run([sys.executable, "-c", SCRIPT], env=environment, check=True)
    command = [XIUHUA, "gateways", "--only", "jt808", "--jt808-port", "0"]
    gateway = subprocess.Popen(
        [*command, "--certificate", str(chain), "--key", str(key)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert gateway.stdout is not None
    port = int(gateway.stdout.readline().rpartition(":")[2])

    async def walk() -> None:
        context = ssl.create_default_context(cafile=str(chain))
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=context, server_hostname="localhost"
        )
        terminal = Terminal(reader, writer)
        await terminal.signed_on()
        terminal.write(Msg.POSITION, body(int(datetime.now(UTC).timestamp())))
        assert (await terminal.answer()).result == 0
        writer.close()
        await writer.wait_closed()

    try:
        asyncio.run(walk())
    finally:
        gateway.send_signal(signal.SIGTERM)
        said, _ = gateway.communicate(timeout=120)
    assert "'positions': 1" in said
    file = sqlite3.connect(tmp_path / "positions.sqlite3")
    assert file.execute("SELECT lon, lat FROM observations_position").fetchall() == [(121.505, 31.205)]
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "observations_device" not in tables
    file.close()


@pytest.mark.slow
def test_no_door_opens_before_there_are_tables(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("XIUHUA_", "SUITE_"))}
    told = subprocess.run(
        [XIUHUA, "gateways", "--only", "jt808", "--jt808-port", "0"],
        env={**own, "DJANGO_SETTINGS_MODULE": "xiuhua.conf.settings", "XIUHUA_VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 1
    assert "xiuhua serve" in told.stderr
