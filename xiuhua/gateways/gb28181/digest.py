"""Digest access authentication as cameras do it (RFC 2617 §3.2.2; RFC 3261 §22.4): MD5, with qop=auth or without. Pure.

MD5 is what the devices of GB/T 28181 can do. Whoever listens on the network can try passwords against what they hear:
the codes that are issued here are long and random.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import NamedTuple

_PAIR = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


class Credentials(NamedTuple):
    """What an Authorization header says."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: str
    qop: str | None
    nc: str | None
    cnonce: str | None


def credentials(header: str) -> Credentials | None:
    """None for another scheme, or where something is missing without which nothing can be checked."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() != "digest":
        return None
    said = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PAIR.finditer(rest)}
    if not all(said.get(name) for name in ("username", "realm", "nonce", "uri", "response")):
        return None
    return Credentials(
        said["username"],
        said["realm"],
        said["nonce"],
        said["uri"],
        said["response"].lower(),
        said.get("algorithm", "MD5"),
        said.get("qop"),
        said.get("nc"),
        said.get("cnonce"),
    )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def ha2(method: str, uri: str) -> str:
    return _md5(f"{method}:{uri}")


def response(kept: str, method: str, said: Credentials) -> str:
    """The answer that the credentials should hold; `kept` is `observations.rules.digest_code`, kept in place of the
    password.
    """
    if said.qop:
        middle = f"{said.nonce}:{said.nc or ''}:{said.cnonce or ''}:{said.qop}"
        return _md5(f"{kept}:{middle}:{ha2(method, said.uri)}")
    return _md5(f"{kept}:{said.nonce}:{ha2(method, said.uri)}")


def proves(said: Credentials, kept: str, method: str) -> bool:
    """Whether the response can only come from somebody who knows the password."""
    if said.algorithm.upper() != "MD5" or said.qop not in {None, "auth"}:
        return False
    wanted = response(kept, method, said)
    return hmac.compare_digest(wanted.encode(), said.response.encode())
