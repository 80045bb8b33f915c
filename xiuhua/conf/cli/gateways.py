"""`xiuhua gateways`: the doors for devices. JT/T 808 and GB/T 28181 on sockets, OsmAnd over HTTP; one process each."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import resource
import signal
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from django.conf import settings

from xiuhua.conf.cli.serve import supervise
from xiuhua.conf.routing import is_behind
from xiuhua.gateways.gb28181 import server as cameras
from xiuhua.gateways.gb28181 import sink as camera_sink
from xiuhua.gateways.jt808 import server as vehicles
from xiuhua.gateways.jt808 import sink as vehicle_sink
from xiuhua.gateways.roll import Roll
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.observations import jobs


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument(
        "--jt808-port", type=int, default=8808, help="port of JT/T 808 (default 8808; 0: any)"
    )
    parser.add_argument("--osmand-port", type=int, default=5055, help="port of OsmAnd (default 5055)")
    parser.add_argument(
        "--gb28181-port", type=int, default=5060, help="UDP and TCP port of GB/T 28181 (default 5060; 0: any)"
    )
    parser.add_argument(
        "--gb28181-tls-port",
        type=int,
        default=5061,
        help="TLS port of GB/T 28181, with --certificate (default 5061; 0: any)",
    )
    parser.add_argument("--only", choices=("jt808", "osmand", "gb28181"), help="one of them, in this process")
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help="TLS for JT/T 808 and GB/T 28181: chain in PEM, with --key",
    )
    parser.add_argument("--key", type=Path, metavar="FILE", help="private key in PEM")


def run(args: argparse.Namespace) -> int:
    if is_behind():
        raise Invalid({"database": "库表还没有建好，或者属于旧版本：请先运行 xiuhua serve"})
    if args.only == "jt808":
        asyncio.run(jt808(args.host, args.jt808_port, tls(args.certificate, args.key)))
        return 0
    if args.only == "gb28181":
        secure = tls(args.certificate, args.key)
        asyncio.run(gb28181(args.host, args.gb28181_port, secure, args.gb28181_tls_port))
        return 0
    if args.only == "osmand":
        command = osmand(args.host, args.osmand_port)
        os.execv(command[0], command)  # noqa: S606 - our own server
    own = [str(Path(sys.executable).with_name("xiuhua")), "gateways", "--host", args.host, "--only"]
    cars = [*own, "jt808", "--jt808-port", str(args.jt808_port)]
    recorders = [*own, "gb28181", "--gb28181-port", str(args.gb28181_port)]
    if args.certificate:
        chain = ["--certificate", str(args.certificate), "--key", str(args.key)]
        cars += chain
        recorders += ["--gb28181-tls-port", str(args.gb28181_tls_port), *chain]
    return supervise([cars, recorders, osmand(args.host, args.osmand_port)])


def tls(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """The context for a chain and its key; none where neither is said. Raises Invalid."""
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise Invalid({"certificate": "证书和私钥应一并写明"})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise Invalid({"certificate": f"证书或私钥不可读（{error}）"}) from error
    return context


async def jt808(host: str, port: int, secure: ssl.SSLContext | None) -> None:
    roll = Roll("jt808")
    server = vehicles.Server(vehicle_sink.Sink(roll))
    await _serve("JT/T 808", roll, server, lambda: server.start(host, port, secure), host)


async def gb28181(host: str, port: int, secure: ssl.SSLContext | None, tls_port: int) -> None:
    roll = Roll("gb28181")
    server = cameras.Server(settings.GB28181_ID, camera_sink.Sink(roll))
    await _serve("GB/T 28181", roll, server, lambda: server.start(host, port, secure, tls_port), host)


async def _serve(
    name: str,
    roll: Roll,
    server: vehicles.Server | cameras.Server,
    start: Callable[[], Awaitable[int]],
    host: str,
) -> None:
    """Serve until we are told to stop; what was received by then is written."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    await asyncio.to_thread(roll.start)
    await asyncio.to_thread(jobs.begin, clock.now())
    port = await start()
    # What is loaded by now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    print(f"{name} on {host}:{port}", flush=True)
    await told.wait()
    await server.stop()
    await asyncio.to_thread(roll.stop)
    print(f"{name}: {dict(server.counts)}, {server.writer.commits} commits", flush=True)


def osmand(host: str, port: int) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "asgi", "--host", host, "--port", str(port), "--workers", "1"),
        *("--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"),
        "xiuhua.conf.osmand:application",
    ]
