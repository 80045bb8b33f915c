"""SIP messages as bytes and back (RFC 3261 §7), as far as GB/T 28181 uses them. Pure.

Cameras are read leniently: any case and order of headers, short names, blanks, bodies with bare line feeds. What cannot
be a message is `Malformed` with its fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# RFC 3261 §18.1.1 allows any; a camera's catalogue of a few channels is 4 KB.
MOST_BYTES = 65_536
MOST_HEADERS = 100
VERSION = "SIP/2.0"
_SHORT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "l": "content-length",
    "c": "content-type",
    "o": "event",
}
_NAMES = {
    "via": "Via",
    "from": "From",
    "to": "To",
    "call-id": "Call-ID",
    "cseq": "CSeq",
    "www-authenticate": "WWW-Authenticate",
}
_START = re.compile(r"([A-Z]{3,20}) (\S{1,300}) SIP/2\.0")
_STATUS = re.compile(r"SIP/2\.0 (\d{3}) ?(.*)")
_END = b"\r\n\r\n"


class Fault(StrEnum):
    """What was wrong with bytes that came."""

    TOO_LONG = "too_long"
    NO_END = "no_end_of_headers"
    START = "start_line"
    HEADERS = "headers"
    LENGTH = "content_length"
    BODY = "body"
    LACKS = "lacks_a_header"


class Malformed(ValueError):
    """Bytes that are no message of this profile; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Message:
    """A request (with `method` and `uri`) or an answer (with `status` and `reason`).

    `headers` holds the first value of each by its name in small letters; `via` every Via, the topmost first.
    """

    method: str = ""
    uri: str = ""
    status: int = 0
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    via: Sequence[str] = ()
    body: bytes = b""

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name, "")

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method of CSeq; (0, "") where it cannot be read."""
        number, _, method = self["cseq"].partition(" ")
        return (int(number), method.strip()) if number.isascii() and number.isdigit() else (0, "")

    @property
    def branch(self) -> str:
        """The branch of the topmost Via, by which a message that comes again is known."""
        return parameter(self.via[0], "branch") if self.via else ""


def parse(data: bytes) -> Message:
    """One whole message. Raises Malformed."""
    if len(data) > MOST_BYTES:
        raise Malformed(Fault.TOO_LONG)
    head, end, body = data.lstrip(b"\r\n").partition(_END)
    if not end:
        raise Malformed(Fault.NO_END)
    start, _, rest = head.decode("utf-8", "replace").partition("\r\n")
    headers, via = _headers(rest)
    length = headers.get("content-length", "").strip()
    if length:
        if not (length.isascii() and length.isdigit() and len(length) < 7) or int(length) > len(body):
            raise Malformed(Fault.LENGTH)
        body = body[: int(length)]
    if request := _START.fullmatch(start):
        return Message(method=request[1], uri=request[2], headers=headers, via=via, body=body)
    if answer := _STATUS.fullmatch(start):
        return Message(status=int(answer[1]), reason=answer[2], headers=headers, via=via, body=body)
    raise Malformed(Fault.START)


def _headers(text: str) -> tuple[dict[str, str], list[str]]:
    lines = text.split("\r\n") if text else []
    if len(lines) > MOST_HEADERS:
        raise Malformed(Fault.HEADERS)
    found: dict[str, str] = {}
    via: list[str] = []
    last = ""
    for line in lines:
        if line[:1] in {" ", "\t"} and last:
            # A folded line goes on with the value before (RFC 3261 §7.3.1).
            found[last] = f"{found[last]} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower()
        if not colon or not last:
            raise Malformed(Fault.HEADERS)
        last = _SHORT.get(last, last)
        found.setdefault(last, value.strip())
        if last == "via":
            via += [one.strip() for one in value.split(",")]
    return found, via


def parameter(value: str, name: str) -> str:
    """A `;name=value` of a header, without quotes; empty where there is none."""
    for part in value.split(";")[1:]:
        key, _, said = part.partition("=")
        if key.strip().lower() == name:
            return said.strip().strip('"')
    return ""


_USER = re.compile(r"sips?:([^@;>\s]{1,64})@")


def user_of(value: str) -> str:
    """The user part of the address in From, To or Contact; empty where there is none."""
    found = _USER.search(value)
    return found[1] if found else ""


def address_of(value: str) -> str:
    """The address itself, `sip:user@host:port`, without brackets and what follows."""
    inside = value.partition("<")[2].partition(">")[0] or value.partition(";")[0]
    return inside.strip()


def request(method: str, uri: str, headers: Sequence[tuple[str, str]], body: bytes = b"") -> bytes:
    """A request as bytes; Content-Length is added."""
    return _written(f"{method} {uri} {VERSION}", headers, body)


def reply(
    to: Message,
    status: int,
    reason: str,
    *,
    source: tuple[str, int],
    tag: str,
    more: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
) -> bytes:
    """The answer to a request: its own Via (with where it came from, RFC 3581), From, Call-ID, CSeq; To with `tag`."""
    top, *others = to.via or [""]
    headers = [("Via", _received(top, source)), *(("Via", one) for one in others)]
    asked = to["to"]
    headers += [
        ("From", to["from"]),
        ("To", asked if parameter(asked, "tag") else f"{asked};tag={tag}"),
        ("Call-ID", to["call-id"]),
        ("CSeq", to["cseq"]),
        *more,
    ]
    return _written(f"{VERSION} {status} {reason}", headers, body)


def _received(via: str, source: tuple[str, int]) -> str:
    parts = [
        p
        for p in via.split(";")
        if p.strip() and p.strip().split("=")[0].lower() not in {"rport", "received"}
    ]
    return ";".join([*parts, f"received={source[0]}", f"rport={source[1]}"])


def _written(start: str, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    lines = [start, *(f"{name}: {value}" for name, value in headers), f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


class Stream:
    """Messages cut out of a TCP stream by their Content-Length (RFC 3261 §18.3)."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The whole messages that `data` completes. Raises Malformed where the stream can be read no further."""
        self._kept += data
        while True:
            while self._kept[:2] == b"\r\n":
                del self._kept[:2]
            end = self._kept.find(_END)
            if end < 0:
                if len(self._kept) > MOST_BYTES:
                    raise Malformed(Fault.TOO_LONG)
                return
            whole = end + len(_END) + self._length(end)
            if len(self._kept) < whole:
                return
            message = bytes(self._kept[:whole])
            del self._kept[:whole]
            yield message

    def _length(self, end: int) -> int:
        headers, _ = _headers(self._kept[:end].decode("utf-8", "replace").partition("\r\n")[2])
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 7) or int(length) > MOST_BYTES:
            raise Malformed(Fault.LENGTH)
        return int(length)
