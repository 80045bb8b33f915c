"""Who a camera is, is proved by digest: as published, and by nothing else."""

from __future__ import annotations

import pytest

from xiuhua.gateways.gb28181 import digest
from xiuhua.gateways.gb28181.digest import Credentials
from xiuhua.gateways.gb28181.tests.camera import CAMERA, REALM, SECRET, SERVER_ID
from xiuhua.gateways.tests.published import here
from xiuhua.observations.rules import digest_code

URI = f"sip:{SERVER_ID}@{REALM}"
NONCE = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
PLAIN = Credentials(CAMERA, REALM, NONCE, URI, "cd6dae8575c94823df67595680706ea2", "MD5", None, None, None)
AUTH = PLAIN._replace(
    response="014203144fd7c42d92aa711411f62ee3", qop="auth", nc="00000001", cnonce="0a4f113b"
)


def test_every_published_answer_is_computed_as_published() -> None:
    for vector in (v for v in here("gb28181") if v["id"].startswith("digest-")):
        given, expected = vector["input"], vector["expected"]
        kept = digest_code(given["username"], given["realm"], given["password"])
        said = Credentials(
            given["username"], given["realm"], given["nonce"], given["uri"], "", "MD5", given["qop"],
            given["nc"], given["cnonce"],
        )  # fmt: skip
        assert kept == expected["ha1"]
        assert digest.ha2(given["method"], given["uri"]) == expected["ha2"]
        assert digest.response(kept, given["method"], said) == expected["response"]


def test_the_header_of_a_real_camera_is_taken_apart() -> None:
    (vector,) = (v for v in here("gb28181") if v["id"] == "dahua-register-2")
    line = next(x for x in vector["input"]["sip"].split("\r\n") if x.startswith("Authorization:"))
    said = digest.credentials(line.partition(":")[2])
    assert said is not None
    expected = vector["expected"]["auth"]
    assert {name: getattr(said, name) for name in expected} == expected


@pytest.mark.parametrize(
    "header",
    ["", "Basic abc", 'Digest username="a"', 'Digest username="",realm="r",nonce="n",uri="u",response="x"'],
)
def test_a_header_that_proves_nothing_is_no_proof(header: str) -> None:
    assert digest.credentials(header) is None


@pytest.mark.parametrize(
    ("said", "good"),
    [
        (PLAIN, True),
        (AUTH, True),
        (PLAIN._replace(response="0" * 32), False),
        (PLAIN._replace(response="ü"), False),
        (PLAIN._replace(nonce="other"), False),
        (PLAIN._replace(algorithm="SHA-256"), False),
        (AUTH._replace(qop="auth-int"), False),
        (AUTH._replace(cnonce=None), False),
    ],
)
def test_only_the_right_answer_proves(said: Credentials, good: bool) -> None:
    assert digest.proves(said, SECRET, "REGISTER") is good
    assert not digest.proves(said, digest_code(CAMERA, REALM, "other"), "REGISTER")
