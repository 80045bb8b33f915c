"""Signed notes and checkpoints as C2SP writes them (signed-note, tlog-checkpoint), with Ed25519. Pure.

A note is text, an empty line, and signature lines: em dash, key name, base64 of four bytes of key number and
the signature. A checkpoint is a note of three lines: the log's name, its size, its root in base64.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"


class Unsigned(ValueError):
    """A note that is not what the holder of the key signed, or a key that cannot be read."""


def _key_number(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unsigned(f"this is not base64: {text[:40]}") from error


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name."""

    name: str
    public: bytes

    def __str__(self) -> str:
        """The verifier key as text: name, key number in hexadecimal, key in base64."""
        number = _key_number(self.name, self.public).hex()
        return f"{self.name}+{number}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read a verifier key. Raises Unsigned if it is none, or not of Ed25519."""
        name, _, rest = text.strip().partition("+")
        number, _, key = rest.partition("+")
        data = _decode(key)
        if not name or data[:1] != ED25519 or len(data) != 33 or number != _key_number(name, data[1:]).hex():
            raise Unsigned("this is not the verifier key of an Ed25519 signature")
        return cls(name, data[1:])

    def open(self, note: str) -> str:
        """The text of `note`, if this key signed it. Raises Unsigned."""
        text, separator, signatures = note.rpartition("\n\n")
        for line in signatures.splitlines() if separator else ():
            dash, _, rest = line.partition(" ")
            name, _, signature = rest.partition(" ")
            data = _decode(signature) if dash == "—" and name == self.name else b""
            if data[:4] == _key_number(self.name, self.public):
                return self._checked(text + "\n", data[4:])
        raise Unsigned(f"there is no signature of {self.name} under this note")

    def _checked(self, text: str, signature: bytes) -> str:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature as error:
            raise Unsigned(f"the signature of {self.name} does not fit this note") from error
        return text


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name. Raises ValueError for a name that the format forbids."""

    name: str
    key: Ed25519PrivateKey

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() for c in self.name):
            raise ValueError("a key name is not empty and has no spaces and no plus")

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note with our signature; `text` ends with a line feed."""
        signature = _key_number(self.name, self.verifier.public) + self.key.sign(text.encode())
        return f"{text}\n— {self.name} {base64.b64encode(signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: the log `origin` had `size` leaves and this root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read the text of a checkpoint; lines after the third are ignored. Raises Unsigned."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
            raise Unsigned("this is not the text of a checkpoint")
        root = _decode(lines[2])
        if len(root) != 32 or lines[1] != str(int(lines[1])):
            raise Unsigned("this is not the text of a checkpoint")
        return cls(lines[0], int(lines[1]), root)
