"""A body camera's own side of GB/T 28181: what it writes and how it reads an answer. Pure.

It shares no code with the gateway: what both have wrong in the same way would not be seen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_WORD = re.compile(r'(\w+)="([^"]*)"')
EXPIRES = 3600


@dataclass(frozen=True, slots=True)
class Heard:
    """A message: `status` is 0 for a request; names of headers are in small letters, the first of a name counts."""

    status: int
    method: str
    headers: Mapping[str, str]
    body: str

    @property
    def number(self) -> int:
        return int(self.headers.get("cseq", "0").split()[0])


def read(data: bytes) -> Heard | None:
    """What came; None for what is no message, such as the two bytes that keep a way open."""
    head, _, body = data.decode("gb18030", "replace").partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    words = first.split(" ")
    if len(words) < 3:
        return None
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    status = int(words[1]) if words[0] == "SIP/2.0" and words[1].isdigit() else 0
    return Heard(status, "" if status else words[0], headers, body)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a camera is, what proves it, and the server that it speaks to. `here` is its own host:port."""

    id: str
    code: str
    server: str
    here: str

    @property
    def realm(self) -> str:
        return self.server[:10]

    @property
    def uri(self) -> str:
        return f"sip:{self.server}@{self.realm}"


def request(who: Identity, method: str, number: int, more: Mapping[str, str], body: str = "") -> bytes:
    own = f"<sip:{who.id}@{who.realm}>"
    coded = body.encode("gb18030")
    headers = {
        "Via": f"SIP/2.0/UDP {who.here};rport;branch=z9hG4bK-{who.id}-{number}",
        "From": f"{own};tag={who.id[-6:]}",
        "To": own if method == "REGISTER" else f"<{who.uri}>",
        "Call-ID": f"{who.id}-{method.lower()}",
        "CSeq": f"{number} {method}",
        "Max-Forwards": "70",
        **more,
        "Content-Length": str(len(coded)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {who.uri} SIP/2.0\r\n{head}\r\n".encode() + coded


def registration(who: Identity, number: int, challenge: str = "") -> bytes:
    """The first one is challenged; the second answers the challenge (RFC 2617, MD5 as the standard asks)."""
    more = {"Contact": f"<sip:{who.id}@{who.here}>", "Expires": str(EXPIRES)}
    if challenge:
        more["Authorization"] = proof(who, challenge)
    return request(who, "REGISTER", number, more)


def proof(who: Identity, challenge: str) -> str:
    said = dict(_WORD.findall(challenge))
    secret, what = _md5(f"{who.id}:{said['realm']}:{who.code}"), _md5(f"REGISTER:{who.uri}")
    answer = _md5(f"{secret}:{said['nonce']}:{what}")
    return (
        f'Digest username="{who.id}", realm="{said["realm"]}", nonce="{said["nonce"]}", uri="{who.uri}", '
        f'response="{answer}", algorithm=MD5'
    )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def message(who: Identity, number: int, body: str) -> bytes:
    return request(who, "MESSAGE", number, {"Content-Type": "Application/MANSCDP+xml"}, body)


def _xml(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="GB2312"?>\r\n<{root}>{inner}</{root}>\r\n'


def keep_alive(who: Identity, number: int) -> str:
    told = f"<CmdType>Keepalive</CmdType><SN>{number}</SN><DeviceID>{who.id}</DeviceID><Status>OK</Status>"
    return _xml("Notify", told)


def position(who: Identity, number: int, at: datetime, *, lon: float, lat: float, speed: float) -> str:
    """`at` is a moment of GMT+8; `speed` in km/h."""
    told = (
        f"<CmdType>MobilePosition</CmdType><SN>{number}</SN><DeviceID>{who.id}</DeviceID>"
        f"<Time>{at:%Y-%m-%dT%H:%M:%S}</Time><Longitude>{lon:.6f}</Longitude><Latitude>{lat:.6f}</Latitude>"
        f"<Speed>{speed:.1f}</Speed>"
    )
    return _xml("Notify", told)


def answer(heard: Heard) -> bytes:
    """200 to whatever is asked; a subscription is told that it holds."""
    kept = [
        (name, heard.headers[name]) for name in ("via", "from", "call-id", "cseq") if name in heard.headers
    ]
    to = heard.headers.get("to", "")
    kept.append(("to", to if "tag=" in to else f"{to};tag=1"))
    if heard.method == "SUBSCRIBE":
        kept.append(("expires", heard.headers.get("expires", str(EXPIRES))))
    head = "".join(f"{name.title()}: {value}\r\n" for name, value in kept)
    return f"SIP/2.0 200 OK\r\n{head}Content-Length: 0\r\n\r\n".encode()
