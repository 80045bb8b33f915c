"""Three foreign clients against a real server: tuspy, aiotus and tus-js-client; whole, in chunks, parallel, killed."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiotus
import pytest
from django.conf import settings
from tusclient.client import TusClient

pytestmark = pytest.mark.slow

SIZE = 12_345_678
MIB = 1 << 20
NODE_MODULES = Path(settings.BASE_DIR) / "var" / "node" / "node_modules"
CLIENT = Path(__file__).with_name("client.mjs")


class Server:
    """The server of `plain`, in a process group of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = int(door.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/files/"
        granian = str(Path(sys.executable).with_name("granian"))
        told = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        self.process = subprocess.Popen(
            [granian, *told, "--no-ws", "xiuhua.gateways.tus.tests.plain:application"],
            env={**os.environ, "TUS_HOME": str(home)},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def has(self, file: Path) -> bool:
        """Whether exactly this file arrived, with its true SM3 beside."""
        data = file.read_bytes()
        kept = self.home / "whole" / hashlib.sha256(data).hexdigest()
        true = hashlib.new("sm3", data).hexdigest()
        return kept.exists() and kept.read_bytes() == data and kept.with_suffix(".sm3").read_text() == true


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("tus"))
    yield made
    os.killpg(made.process.pid, 9)
    made.process.wait()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "big.bin"
    made.write_bytes(os.urandom(SIZE))
    return made


@pytest.mark.parametrize("chunk", [MIB, 20 * MIB])
def test_tuspy_sends_a_file(server: Server, file: Path, chunk: int) -> None:
    tuspy(server, file, chunk_size=chunk, metadata={"filename": "big.bin"})
    assert server.has(file)


def test_tuspy_sends_a_file_with_checksums(server: Server, file: Path) -> None:
    tuspy(server, file, chunk_size=MIB, upload_checksum=True)
    assert server.has(file)


def tuspy(server: Server, file: Path, **told: Any) -> None:
    with file.open("rb") as data:
        TusClient(server.url).uploader(file_stream=data, **told).upload()


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
@pytest.mark.parametrize("chunk", [MIB, 20 * MIB])
def test_aiotus_sends_a_file_and_reads_its_metadata(server: Server, file: Path, chunk: int) -> None:
    async def send() -> object:
        with file.open("rb") as data:
            location = await aiotus.upload(server.url, data, {"filename": b"big.bin"}, chunksize=chunk)
        assert location is not None
        return await aiotus.metadata(str(location))

    assert asyncio.run(send()) == {"filename": b"big.bin"}
    assert server.has(file)


def javascript(tmp_path: Path, *told: object) -> subprocess.CompletedProcess[str]:
    """Run tus-js-client; where it is not installed, say so."""
    if shutil.which("node") is None or not (NODE_MODULES / "tus-js-client").exists():
        pytest.skip("tus-js-client is not here: npm install --prefix var/node tus-js-client@4.3.1")
    if not (tmp_path / "node_modules").exists():
        (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    shutil.copy(CLIENT, tmp_path)
    command = ["node", "client.mjs", *map(str, told)]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(("chunk", "parallel"), [("inf", 1), (MIB, 1), (MIB, 3)])
def test_tus_js_client_sends_a_file(
    server: Server, file: Path, tmp_path: Path, chunk: object, parallel: int
) -> None:
    done = javascript(tmp_path, server.url, file, chunk, parallel)
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.has(file)


def test_tus_js_client_resumes_after_it_was_killed(server: Server, file: Path, tmp_path: Path) -> None:
    died = javascript(tmp_path, server.url, file, MIB, 1, "-", 5 * MIB)
    assert died.returncode == 9
    address = next(line.split()[1] for line in died.stdout.splitlines() if line.startswith("URL"))
    assert not server.has(file)
    done = javascript(tmp_path, server.url, file, MIB, 1, address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.has(file)
