"""Signatures of Standard Webhooks: v1 (HMAC-SHA256) and v1a (Ed25519) over `id.timestamp.body`. Pure.

What is signed are the bytes that are sent, never an object that is written anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

TOLERANCE_SECONDS = 300
SECRET, PRIVATE, PUBLIC = "whsec_", "whsk_", "whpk_"
SEED_BYTES = 32
# A moment in seconds has no more.
MOST_DIGITS = 12
# What the standard asks of a secret.
LEAST_BYTES, MOST_BYTES = 24, 64


class Scheme(StrEnum):
    """How a subscription is signed: with a secret that both hold, or with a key of ours that they only verify."""

    SHARED = "v1"
    KEY = "v1a"


SCHEME_LABELS = {Scheme.SHARED: "共享密钥（HMAC-SHA256）", Scheme.KEY: "非对称密钥（Ed25519）"}


class BadSecret(ValueError):
    """A secret that is none."""


def _bytes_of(secret: str, prefix: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(prefix), validate=True)
    except binascii.Error as error:
        raise BadSecret("not base64") from error


def shared_key(secret: str) -> bytes:
    """The bytes of a `whsec_` secret. Raises BadSecret for one of another length than the standard asks."""
    found = _bytes_of(secret, SECRET)
    if not LEAST_BYTES <= len(found) <= MOST_BYTES:
        raise BadSecret(f"{len(found)} bytes")
    return found


def private_key(secret: str) -> Ed25519PrivateKey:
    """The key of a `whsk_` secret: a seed of 32 bytes, or seed and public key. Raises BadSecret."""
    found = _bytes_of(secret, PRIVATE)
    if len(found) not in (SEED_BYTES, 2 * SEED_BYTES):
        raise BadSecret(f"{len(found)} bytes")
    return Ed25519PrivateKey.from_private_bytes(found[:SEED_BYTES])


def made(scheme: Scheme, random: bytes) -> str:
    """A secret from 32 random bytes."""
    return (SECRET if scheme is Scheme.SHARED else PRIVATE) + base64.b64encode(random).decode()


def public_of(secret: str) -> str:
    """What a receiver verifies v1a by: `whpk_`."""
    return PUBLIC + base64.b64encode(private_key(secret).public_key().public_bytes_raw()).decode()


def signed(id: str, timestamp: int, body: bytes) -> bytes:
    """The bytes that a signature is over."""
    return f"{id}.{timestamp}.".encode() + body


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """One signature, `v1,…` or `v1a,…` as the secret says. Raises BadSecret."""
    content = signed(id, timestamp, body)
    if secret.startswith(PRIVATE):
        return f"{Scheme.KEY},{base64.b64encode(private_key(secret).sign(content)).decode()}"
    digest = hmac.new(shared_key(secret), content, hashlib.sha256).digest()
    return f"{Scheme.SHARED},{base64.b64encode(digest).decode()}"


def headers(secrets: Iterable[str], id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers. While a secret is changed there are two signatures, the newer first."""
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(s, id, timestamp, body) for s in secrets),
    }


def _is_good(key: str, given: str, content: bytes) -> bool:
    scheme, _, text = given.partition(",")
    if scheme != (Scheme.KEY if key.startswith(PUBLIC) else Scheme.SHARED):
        return False
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    if scheme == Scheme.SHARED:
        return hmac.compare_digest(found, hmac.new(shared_key(key), content, hashlib.sha256).digest())
    try:
        Ed25519PublicKey.from_public_bytes(_bytes_of(key, PUBLIC)).verify(found, content)
    except InvalidSignature:
        return False
    return True


def verifies(key: str, headers: Mapping[str, str], body: bytes, now: int) -> bool:
    """Whether one of the signatures is by `key` (`whsec_` or `whpk_`), and the moment is no more than five minutes away
    from `now` (seconds), either way. `headers` with names in lower case.
    """
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (id and timestamp.isascii() and timestamp.isdecimal()) or len(timestamp) > MOST_DIGITS:
        return False
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    content = signed(id, int(timestamp), body)
    return any(_is_good(key, one, content) for one in headers.get("webhook-signature", "").split())
