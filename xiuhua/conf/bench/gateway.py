"""A gateway in a process of its own, for benches that speak to it over its sockets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Gateway:
    """The real command in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def cpu(self) -> float:
        """Seconds of CPU so far, all threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident kilobytes."""
        return (
            int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
            * os.sysconf("SC_PAGE_SIZE")
            / 1024
        )


@contextmanager
def gateway_of(protocol: str) -> Iterator[Gateway]:
    """`xiuhua gateways` for one protocol on a free port, until the block ends."""
    command = [
        str(Path(sys.executable).with_name("xiuhua")),
        "gateways",
        "--only",
        protocol,
        f"--{protocol}-port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        yield Gateway(process, int(said.rpartition(":")[2]))
    finally:
        process.terminate()
        process.communicate(timeout=30)
