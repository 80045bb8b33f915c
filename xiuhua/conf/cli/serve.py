"""`xiuhua serve`: pages and API by granian, and the worker beside them; one command, one process each."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from xiuhua.conf.cli import live, tus
from xiuhua.conf.cli.messages import compile_catalogue
from xiuhua.conf.routing import migrate

# granian was seen once to keep its master alive without a listener after SIGTERM: after this long we end it.
PATIENCE_SECONDS = 8
# Requests that one process answers at a time. More only wait for one another, each on a connection to the database of
# its own: measured at a million cases, four take half as long again for a page.
THREADS = "2"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port (default 8000)"
    )
    parser.add_argument("--workers", type=int, default=2, help="page processes (default 2)")
    parser.add_argument("--tus", type=int, metavar="PORT", help="take uploads of stations there, too")
    parser.add_argument("--live", type=int, metavar="PORT", help="stream positions to the map there, too")


def run(args: argparse.Namespace) -> int:
    prepare()
    beside = []
    # Stations are told by the API where to send, browsers by the page where to look. Behind a proxy, or where we listen
    # on every address, others reach us elsewhere: then the environment says so.
    if args.tus:
        os.environ.setdefault("XIUHUA_TUS_URL", f"http://{args.host}:{args.tus}/files/")
        beside.append(tus.server(args.host, args.tus))
    if args.live:
        os.environ.setdefault("XIUHUA_LIVE_URL", f"http://{args.host}:{args.live}/")
        beside.append(live.server(args.host, args.live))
    return supervise([server(args.host, args.port, args.workers), worker(), *beside])


def prepare() -> None:
    """Database up to date, catalogue compiled: safe to repeat."""
    for folder in (settings.VAR_DIR, settings.STATIC_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    migrate()
    compile_catalogue()


def server(host: str, port: int, workers: int) -> Sequence[str]:
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", THREADS, "--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"),
        "xiuhua.conf.wsgi:application",
    ]


def worker() -> Sequence[str]:
    return [str(Path(sys.executable).with_name("xiuhua")), "worker"]


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def supervise(commands: Sequence[Sequence[str]]) -> int:
    """Run the commands until one ends or we are told to stop; then end them all. Returns the first exit code."""
    children = [subprocess.Popen(command) for command in commands]
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: told.append(signum))
    while not told and all(child.poll() is None for child in children):
        time.sleep(0.2)
    code = next((child.returncode for child in children if child.returncode), 0)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0 if told else code
