"""Signatures: every published vector, the stock Python library, and bodies that somebody altered."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from xiuhua.exchange import rules
from xiuhua.exchange.rules import signing

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "given" / "webhooks.json"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
# The worked example of Standard Webhooks' own suites.
UPSTREAM = ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
UPSTREAM_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
SCHEMES = st.sampled_from(list(rules.Scheme))
SEEDS = st.binary(min_size=32, max_size=32)


def vectors() -> list[dict[str, Any]]:
    if not VECTORS.exists():
        pytest.skip("the folder of vectors is not beside the repository")
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text())
    return found


def verified_by(secret: str) -> str:
    return rules.public_of(secret) if secret.startswith("whsk_") else secret


def told(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        "webhook-id": said["webhook_id"],
        "webhook-timestamp": str(said["webhook_timestamp"]),
        "webhook-signature": said["webhook_signature"],
    }


def test_every_vector_of_signing_gives_its_signature() -> None:
    found = [v for v in vectors() if "webhook_signature" in v["expected"]]
    assert len(found) >= 2
    for vector in found:
        said = vector["input"]
        made = rules.signature(
            said["secret"], said["webhook_id"], said["webhook_timestamp"], said["body"].encode()
        )
        assert made == vector["expected"]["webhook_signature"], vector["id"]


def test_every_vector_of_verifying_is_taken_or_refused_as_it_says() -> None:
    found = [v for v in vectors() if "accept" in v["expected"]]
    assert {v["expected"]["accept"] for v in found} == {True, False}
    for vector in found:
        said = vector["input"]
        taken = rules.verifies(said["secret"], told(said), said["body"].encode(), said["now"])
        assert taken is vector["expected"]["accept"], vector["id"]


def test_every_vector_of_events_is_read() -> None:
    found = [v for v in vectors() if v["input"].get("mode") == "structured"]
    assert found
    for vector in found:
        event = vector["input"]["body"]
        assert event["id"] == vector["expected"]["id"]
        assert rules.data_of(event).hex() == vector["expected"]["data_hex"]


def test_the_handshake_of_the_vectors_gives_leave_and_its_note_forbids() -> None:
    for vector in [v for v in vectors() if v["input"].get("method") == "OPTIONS"]:
        origin = vector["input"]["headers"]["WebHook-Request-Origin"]
        allowed = {"webhook-allowed-origin": origin, "webhook-allowed-rate": "7"}
        assert rules.permission(origin, 200, allowed, 120) == rules.Permission(7)
        assert rules.permission(origin, 200, {}, 120) is None


ACTIONS = {
    "done": {rules.Verdict.DELIVERED},
    "done, may carry body": {rules.Verdict.DELIVERED},
    "accepted, processing unknown": {rules.Verdict.ACCEPTED},
    "retry only after Retry-After": {rules.Verdict.AGAIN},
    "retry with back-off": {rules.Verdict.AGAIN},
}


def test_every_status_of_the_vectors_is_answered_as_they_say() -> None:
    found = [v for v in vectors() if "status" in v["input"]]
    assert len(found) >= 5
    for vector in found:
        assert rules.verdict(vector["input"]["status"]) in ACTIONS[vector["expected"]["sender_action"]]


def test_every_kind_of_vector_has_its_test() -> None:
    for vector in vectors():
        said, expected = vector["input"], vector["expected"]
        kinds = {"webhook_signature", "accept", "sender_action", "data_hex"} & set(expected)
        assert kinds or said.get("method") == "OPTIONS", vector["id"]


def test_the_worked_example_of_the_standard_is_met() -> None:
    assert rules.signature(SECRET, *UPSTREAM) == UPSTREAM_SIGNATURE


@settings(max_examples=40)
@given(SEEDS, st.uuids(), st.integers(0, 4_000_000_000), st.text(max_size=60))
def test_the_stock_library_signs_the_same(seed: bytes, id: object, timestamp: int, body: str) -> None:
    secret = rules.made(rules.Scheme.SHARED, seed)
    stock = Webhook(secret).sign(str(id), datetime.fromtimestamp(timestamp, UTC), body)
    assert rules.signature(secret, str(id), timestamp, body.encode()) == stock


@settings(max_examples=40)
@given(SCHEMES, SEEDS, st.binary(max_size=80), st.integers(-300, 300))
def test_what_is_signed_verifies_for_five_minutes_either_way(
    scheme: rules.Scheme, seed: bytes, body: bytes, apart: int
) -> None:
    secret = rules.made(scheme, seed)
    headers = rules.headers([secret], "evt-1", 1000, body)
    assert rules.verifies(verified_by(secret), headers, body, 1000 + apart)


@settings(max_examples=40)
@given(SCHEMES, SEEDS, st.integers().filter(lambda n: abs(n) > 300))
def test_nothing_verifies_that_is_older_or_newer(scheme: rules.Scheme, seed: bytes, apart: int) -> None:
    secret = rules.made(scheme, seed)
    headers = rules.headers([secret], "evt-1", 1000, b"{}")
    assert not rules.verifies(verified_by(secret), headers, b"{}", 1000 + apart)


@settings(max_examples=40)
@given(SCHEMES, SEEDS, st.binary(min_size=1, max_size=60), st.data())
def test_a_body_of_which_one_byte_is_another_is_refused(
    scheme: rules.Scheme, seed: bytes, body: bytes, data: st.DataObject
) -> None:
    secret = rules.made(scheme, seed)
    headers = rules.headers([secret], "evt-1", 1000, body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != body[place]))
    altered = body[:place] + bytes([other]) + body[place + 1 :]
    assert not rules.verifies(verified_by(secret), headers, altered, 1000)


@settings(max_examples=40)
@given(SCHEMES, SEEDS, st.binary(max_size=40), st.binary(max_size=40))
def test_a_body_that_is_longer_shorter_or_another_is_refused(
    scheme: rules.Scheme, seed: bytes, body: bytes, other: bytes
) -> None:
    assume(body != other)
    secret = rules.made(scheme, seed)
    headers = rules.headers([secret], "evt-1", 1000, body)
    assert not rules.verifies(verified_by(secret), headers, other, 1000)


@settings(max_examples=40)
@given(SCHEMES, SEEDS, SEEDS)
def test_the_key_of_another_agency_verifies_nothing(scheme: rules.Scheme, seed: bytes, other: bytes) -> None:
    assume(seed != other)
    headers = rules.headers([rules.made(scheme, seed)], "evt-1", 1000, b"{}")
    assert not rules.verifies(verified_by(rules.made(scheme, other)), headers, b"{}", 1000)


@pytest.mark.parametrize("scheme", rules.Scheme)
def test_while_a_secret_is_changed_the_old_and_the_new_one_verify(scheme: rules.Scheme) -> None:
    old, new, third = (rules.made(scheme, bytes([n]) * 32) for n in range(3))
    headers = rules.headers([new, old], "evt-1", 1000, b"{}")
    assert len(headers["webhook-signature"].split()) == 2
    assert rules.verifies(verified_by(old), headers, b"{}", 1000)
    assert rules.verifies(verified_by(new), headers, b"{}", 1000)
    assert not rules.verifies(verified_by(third), headers, b"{}", 1000)


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": ""},
        {"webhook-id": "evt-2"},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "1001"},
        {"webhook-timestamp": "-1000"},
        {"webhook-timestamp": "1000.5"},
        {"webhook-timestamp": "１０００"},
        {"webhook-timestamp": "1" * 5000},
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,not base64!"},
        {"webhook-signature": "v2,AAAA"},
    ],
)
@pytest.mark.parametrize("scheme", rules.Scheme)
def test_headers_that_lack_or_change_something_are_refused(
    scheme: rules.Scheme, changed: dict[str, str]
) -> None:
    secret = rules.made(scheme, b"1" * 32)
    headers = rules.headers([secret], "evt-1", 1000, b"{}")
    assert not rules.verifies(verified_by(secret), headers | changed, b"{}", 1000)


def test_a_signature_of_one_scheme_is_none_of_the_other() -> None:
    shared, key = rules.made(rules.Scheme.SHARED, b"1" * 32), rules.made(rules.Scheme.KEY, b"1" * 32)
    headers = rules.headers([shared], "evt-1", 1000, b"{}")
    text = headers["webhook-signature"].removeprefix("v1,")
    assert not rules.verifies(
        rules.public_of(key), headers | {"webhook-signature": f"v1a,{text}"}, b"{}", 1000
    )
    assert not rules.verifies(rules.public_of(key), headers, b"{}", 1000)


@pytest.mark.parametrize("length", [0, 23, 65])
def test_a_shared_secret_has_24_to_64_bytes(length: int) -> None:
    with pytest.raises(rules.BadSecret):
        signing.shared_key("whsec_" + base64.b64encode(b"1" * length).decode())
    assert len(signing.shared_key("whsec_" + base64.b64encode(b"1" * 24).decode())) == 24


def test_a_key_is_a_seed_with_or_without_its_public_half() -> None:
    seed = b"7" * 32
    public = signing.private_key("whsk_" + base64.b64encode(seed).decode()).public_key().public_bytes_raw()
    longer = "whsk_" + base64.b64encode(seed + public).decode()
    assert rules.public_of(longer) == rules.public_of(rules.made(rules.Scheme.KEY, seed))
    for wrong in ("whsk_" + base64.b64encode(b"1" * 31).decode(), "whsk_!"):
        with pytest.raises(rules.BadSecret):
            signing.private_key(wrong)
