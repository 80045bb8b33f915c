"""RFC 3161 in the few bytes that are needed: a request over SHA-256 or SM3 made, an answer read. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

INTEGER, BOOLEAN, OCTETS, NULL, OID, SEQUENCE, TIME = 0x02, 0x01, 0x04, 0x05, 0x06, 0x30, 0x18
ALGORITHMS = {
    "sha256": bytes.fromhex("608648016503040201"),
    "sm3": bytes.fromhex("2a811ccf55018311"),
}
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
GRANTED = {0, 1}


@dataclass(frozen=True, slots=True)
class Told:
    """What a token says: over which digest, when, and the nonce that it answers."""

    algorithm: str
    digest: bytes
    at: datetime
    nonce: int | None


def _der(tag: int, body: bytes) -> bytes:
    length = len(body)
    if length < 0x80:
        return bytes([tag, length]) + body
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def _number(value: int) -> bytes:
    return _der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def request(digest: bytes, nonce: int, algorithm: str = "sha256") -> bytes:
    """TimeStampReq, version 1, over a digest, asking for the certificate of the signer."""
    named = _der(SEQUENCE, _der(OID, ALGORITHMS[algorithm]) + _der(NULL, b""))
    imprint = _der(SEQUENCE, named + _der(OCTETS, digest))
    return _der(SEQUENCE, _number(1) + imprint + _number(nonce) + _der(BOOLEAN, b"\xff"))


def _read(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and body of each value in a row. Raises ValueError where a length is no length."""
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("the answer is cut short")
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + size], "big")
            if not 0 < size <= 4:
                raise ValueError("a length is not in DER")
            at += size
        if at + length > len(data):
            raise ValueError("the answer is cut short")
        yield tag, data[at : at + length]
        at += length


def _inside(data: bytes, *way: int) -> list[tuple[int, bytes]]:
    """The values inside, after going down by the places of `way`."""
    values = list(_read(data))
    for place in way:
        if place >= len(values):
            raise ValueError("the answer lacks a part")
        values = list(_read(values[place][1]))
    return values


def answer(data: bytes) -> Told:
    """What a TimeStampResp says. Raises ValueError for a refusal and for what is no such answer."""
    try:
        return _answer(data)
    except IndexError:
        raise ValueError("the answer lacks a part") from None


def _answer(data: bytes) -> Told:
    response = _inside(data, 0)
    status = _inside(response[0][1])
    if int.from_bytes(status[0][1], "big") not in GRANTED or len(response) < 2:
        raise ValueError("the authority refuses")
    content = list(_read(response[1][1]))
    if content[0] != (OID, SIGNED_DATA):
        raise ValueError("the token is not signed data")
    signed = _inside(content[1][1], 0)
    kind, *held = _read(signed[2][1])
    if kind != (OID, TST_INFO) or not held:
        raise ValueError("the token holds no time")
    return _info(_inside(held[0][1])[0][1])


def _info(octets: bytes) -> Told:
    fields = _inside(octets, 0)
    if len(fields) < 5 or fields[4][0] != TIME:
        raise ValueError("the token holds no time")
    imprint = _inside(fields[2][1])
    oid = _inside(imprint[0][1])[0][1]
    algorithm = next((name for name, known in ALGORITHMS.items() if known == oid), "")
    nonce = next((int.from_bytes(body, "big") for tag, body in fields[5:] if tag == INTEGER), None)
    return Told(algorithm, imprint[1][1], _moment(fields[4][1].decode("ascii")), nonce)


def _moment(text: str) -> datetime:
    """GeneralizedTime in UTC, with or without a fraction."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    moment = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return moment + timedelta(seconds=float(f"0.{fraction or 0}"))


def must_answer(told: Told, digest: bytes, nonce: int) -> None:
    """Raises ValueError for a token over other bytes or for another question."""
    if (told.algorithm, told.digest) != ("sha256", digest):
        raise ValueError("the token is over other bytes")
    if told.nonce != nonce:
        raise ValueError("the token answers another question")
