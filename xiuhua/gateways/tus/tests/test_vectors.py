"""Every published vector of tus 1.0, asked of the whole server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xiuhua.gateways.tus.tests.line import Answer, Line

VECTORS = Path(__file__).resolve().parents[5] / "shared" / "vectors" / "given" / "tus.json"


def vectors() -> list[dict[str, Any]]:
    """Nothing where the folder is absent; the tests then say so."""
    return json.loads(VECTORS.read_text("utf-8")) if VECTORS.exists() else []


def prepared(line: Line, condition: str | None) -> str:
    """Bring the server where the vector wants it; the path to ask."""
    if condition in (None, "created with Upload-Metadata"):
        return line.create(11, Upload_Metadata="filename YS50eHQ=")
    length, _, received = (condition or "").partition(" bytes, ")
    length = length.removeprefix("upload of ")
    path = line.create(int(length))
    if count := int(received.split()[0]):
        assert line.patch(path, 0, b"hello world"[:count]).status == 204
    return path


def asked(line: Line, vector: dict[str, Any]) -> Answer:
    told = vector["input"]
    headers, method = dict(told["headers"]), told["method"]
    if vector["id"] == "concat-final":
        parts = [line.create(3, Upload_Concat="partial") for _ in range(2)]
        assert all(line.patch(part, 0, b"abc").status == 204 for part in parts)
        headers["Upload-Concat"] = f"final;{' '.join(parts)}"
    body = [told["body"].encode()] if told["body"] is not None else []
    if method in ("OPTIONS", "POST"):
        return line.ask(method, headers=headers, body=body)
    known = vector["id"] != "patch-unknown"
    path = prepared(line, told["precondition"]) if known else f"/files/{'0' * 32}"
    return line.ask(method, path, headers, body)


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in vectors()])
def test_the_vector_is_answered_as_the_protocol_says(line: Line, vector: dict[str, Any]) -> None:
    answer = asked(line, vector)
    assert answer.status in vector["expected"]["status"], answer
    for name, value in vector["expected"].get("headers", {}).items():
        found = answer.headers.get(name.lower())
        if value == "as given at creation":
            assert found == "filename YS50eHQ="
        elif value not in ("list", "optional"):
            assert found == value


def test_the_vectors_are_here() -> None:
    if not VECTORS.exists():
        pytest.skip(f"the published vectors are not beside the repository ({VECTORS})")
    assert vectors()
