"""`xiuhua gateways`: the doors for devices. JT/T 808 on a socket of its own, OsmAnd over HTTP; one process each."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import resource
import signal
import ssl
import sys
from pathlib import Path

from xiuhua.conf.cli.serve import supervise
from xiuhua.gateways.jt808.server import Server
from xiuhua.gateways.jt808.sink import Sink
from xiuhua.gateways.roll import Roll
from xiuhua.kernel.authz import Invalid


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument(
        "--jt808-port", type=int, default=8808, help="port of JT/T 808 (default 8808; 0: any)"
    )
    parser.add_argument("--osmand-port", type=int, default=5055, help="port of OsmAnd (default 5055)")
    parser.add_argument("--only", choices=("jt808", "osmand"), help="one of them, in this process")
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE", help="TLS for JT/T 808: chain in PEM, with --key"
    )
    parser.add_argument("--key", type=Path, metavar="FILE", help="private key in PEM")


def run(args: argparse.Namespace) -> int:
    if args.only == "jt808":
        asyncio.run(jt808(args.host, args.jt808_port, tls(args.certificate, args.key)))
        return 0
    if args.only == "osmand":
        command = osmand(args.host, args.osmand_port)
        os.execv(command[0], command)  # noqa: S606 - our own server
    own = [str(Path(sys.executable).with_name("xiuhua")), "gateways", "--host", args.host, "--only", "jt808"]
    own += ["--jt808-port", str(args.jt808_port)]
    if args.certificate:
        own += ["--certificate", str(args.certificate), "--key", str(args.key)]
    return supervise([own, osmand(args.host, args.osmand_port)])


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
    """Serve until we are told to stop; what was received by then is written."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    roll = Roll("jt808")
    await asyncio.to_thread(roll.start)
    server = Server(Sink(roll))
    port = await server.start(host, port, secure)
    # What is loaded by now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    print(f"JT/T 808 on {host}:{port}", flush=True)
    await told.wait()
    await server.stop()
    await asyncio.to_thread(roll.stop)
    print(f"JT/T 808: {dict(server.counts)}, {server.writer.commits} commits", flush=True)


def osmand(host: str, port: int) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "asgi", "--host", host, "--port", str(port), "--workers", "1"),
        *("--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"),
        "xiuhua.conf.osmand:application",
    ]
