"""The signature in the program that outsiders run: its own Ed25519 against the vectors of RFC 8032 §7.1 and against
the library with which the record is signed."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as some

from xiuhua.kernel.check_proof import FIELD, ORDER, NotSigned, plus, point, verify

VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


def holds(public: bytes, signature: bytes, text: bytes) -> bool:
    try:
        verify(public, signature, text)
    except NotSigned:
        return False
    return True


def library_says(public: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("public", "text", "signature"), VECTORS)
def test_the_published_vectors_hold_and_no_other_text_does(public: str, text: str, signature: str) -> None:
    key, said, signed = (bytes.fromhex(each) for each in (public, text, signature))
    assert holds(key, signed, said)
    assert not holds(key, signed, said + b"x")


@settings(max_examples=8, deadline=None)
@given(some.binary(min_size=32, max_size=32), some.binary(max_size=80), some.integers(0, 511))
def test_what_the_library_signed_holds_and_one_bit_makes_both_refuse(
    seed: bytes, text: bytes, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(text)
    assert holds(public, signature, text)
    wrong = (int.from_bytes(signature, "little") ^ (1 << bit)).to_bytes(64, "little")
    assert holds(public, wrong, text) is library_says(public, wrong, text) is False


def test_a_scalar_beyond_the_order_is_no_signature() -> None:
    key, text, signature = (bytes.fromhex(each) for each in VECTORS[1])
    larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not holds(key, signature[:32] + larger.to_bytes(32, "little"), text)


@pytest.mark.parametrize("length", [0, 31, 63, 65])
def test_what_is_too_short_or_too_long_is_no_signature(length: int) -> None:
    key, text, signature = (bytes.fromhex(each) for each in VECTORS[1])
    assert not holds(key, (signature * 2)[:length], text)
    assert not holds((key * 3)[:length], signature, text)


@pytest.mark.parametrize(
    "raw",
    [FIELD + 1, FIELD, 1 << 255 | 1, 2],
    ids=["one too large", "zero too large", "minus zero", "off the curve"],
)
def test_bytes_that_tell_no_point_are_no_key(raw: int) -> None:
    key, text, signature = (bytes.fromhex(each) for each in VECTORS[1])
    assert not holds(raw.to_bytes(32, "little"), signature, text)
    assert holds(key, signature, text)


# The eight points of small order (RFC 7748 §7 warns of such): the doubles of one of order eight, there and back.
EIGHTH = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"


def small() -> list[bytes]:
    first, found, told = point(bytes.fromhex(EIGHTH)), (0, 1, 1, 0), []
    for _ in range(8):
        x, y = (found[i] * pow(found[2], -1, FIELD) % FIELD for i in (0, 1))
        told.append((y | (x & 1) << 255).to_bytes(32, "little"))
        found = plus(found, first)
    return told


def test_a_key_of_small_order_signs_nothing() -> None:
    keys = small()
    assert len(set(keys)) == 8
    one = (1).to_bytes(32, "little")
    # For the key of order one the library takes this for a signature of whatever text.
    assert library_says(keys[0], one + bytes(32), b"anything")
    for key in keys:
        for nonce in keys:
            assert not holds(key, nonce + bytes(32), b"anything")
