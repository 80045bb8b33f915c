"""`xiuhua live`: the stream of positions for the map; one process, because all viewers share one reading."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8002, help="port (default 8002)")


def run(args: argparse.Namespace) -> int:
    command = server(args.host, args.port)
    os.execv(command[0], list(command))  # noqa: S606 - our own program beside this one


def server(host: str, port: int) -> Sequence[str]:
    """The command that streams; `serve` starts it beside the pages."""
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "asgi", "--host", host, "--port", str(port), "--workers", "1"),
        *("--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"),
        "xiuhua.conf.live:application",
    ]
