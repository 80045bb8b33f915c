"""The wire: a request to the receiver at an address that was looked up once and is one where events may go.

The name is resolved here and the connection goes to what was found, so that a name cannot point elsewhere a moment
later; certificate and Host are still those of the name. Redirections are not followed, proxies not asked. A receiver
that answers by one byte after another is no more waited for than one that is silent: the time is that of the whole.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
from django.conf import settings

from xiuhua.exchange import rules

MOST_ANSWER = 2000
KEPT_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `status` None where nothing did, then `text` says why. Headers with names in lower case."""

    status: int | None
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Forbidden(Exception):
    """The receiver lies where events may not go."""


def address_of(host: str, port: int) -> str:
    """The address to connect to. Raises OSError for an unknown name, Forbidden if one of its addresses may not be
    reached.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if wrong := [a for a in addresses if not rules.may_reach(a, settings.EXCHANGE_NETWORKS)]:
        raise Forbidden(f"不得向 {wrong[0]} 发送")
    return addresses[0]


def ask(
    method: str, url: str, headers: Mapping[str, str], *, seconds: float, body: bytes | None = None
) -> Answer:
    """Send a request. Every failure of the wire is an answer without a status."""
    if found := rules.fault(url, settings.EXCHANGE_NETWORKS):
        return Answer(None, found)
    try:
        there = httpx.URL(url)
        port = there.port or (443 if there.scheme == "https" else 80)
        pinned = there.copy_with(host=address_of(there.host, port))
        told = {**headers, "Host": there.netloc.decode()}
        asking = _asked(method, pinned, headers=told, body=body, name=there.host, seconds=seconds)
        return asyncio.run(asking)
    except (httpx.HTTPError, httpx.InvalidURL, Forbidden, OSError, UnicodeError) as error:
        return Answer(None, f"{type(error).__name__}: {error}".rstrip(": ")[:KEPT_ANSWER])


async def _asked(
    method: str,
    pinned: httpx.URL,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    name: str,
    seconds: float,
) -> Answer:
    """Raises TimeoutError where the whole answer is not there in time."""
    seen = {"sni_hostname": name}
    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(trust_env=False, timeout=seconds) as client,
        client.stream(method, pinned, headers=headers, content=body, extensions=seen) as answer,
    ):
        said = b""
        async for piece in answer.aiter_raw():
            said += piece
            if len(said) >= MOST_ANSWER:
                break
        return Answer(answer.status_code, _words(said), {k.lower(): v for k, v in answer.headers.items()})


def _words(said: bytes) -> str:
    text = said[:MOST_ANSWER].decode("utf-8", "replace")
    return "".join(c for c in text if c.isprintable())[:KEPT_ANSWER]
