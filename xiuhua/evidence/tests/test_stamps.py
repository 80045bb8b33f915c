"""Time stamps: requests that openssl answers, answers of the published vectors, and what is no true answer."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from xiuhua.evidence import actions
from xiuhua.evidence.models import TimeStamp
from xiuhua.evidence.rules import stamps
from xiuhua.evidence.tests.test_actions import PHOTO, photo
from xiuhua.kernel import files
from xiuhua.kernel.authz import NOBODY, Invalid, Refused
from xiuhua.registers.tests.bureau import AT, Bureau

CLIENTS = settings.BASE_DIR.parent / "shared" / "clients"
VECTORS = settings.BASE_DIR.parent / "shared" / "vectors" / "given" / "rfc3161.json"
DIGEST = hashlib.sha256(PHOTO).digest()


def test_a_request_is_the_same_as_others_make_it() -> None:
    found = stamps.request(DIGEST, 0x7FFF)
    head = "303d0201013031300d060960864801650304020105000420"
    assert found.hex() == f"{head}{DIGEST.hex()}02027fff0101ff"
    assert stamps.request(b"x" * 200, 1)[:3].hex() == "3081e6"


def test_the_published_tokens_are_read() -> None:
    if not VECTORS.exists():
        pytest.skip("the published vectors are not beside the repository")
    for row in json.loads(VECTORS.read_text()):
        told = row["input"]
        found = stamps.answer(base64.b64decode(told["tsr_b64"]))
        digest = hashlib.new("sm3", told["message_utf8"].encode()).digest()
        assert (found.digest == digest) is row["expected"]["verify"]
        if "tsq_b64" in told:
            assert found.nonce is not None
            assert stamps.request(digest, found.nonce, "sm3") == base64.b64decode(told["tsq_b64"])


@given(some.binary(max_size=80))
def test_no_bytes_do_anything_but_be_refused(data: bytes) -> None:
    with suppress(ValueError):
        stamps.answer(data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "30",
        "3000",
        "300730030201003000",
        "3080",
        "30820000000000",
        "3003020102",
        "30053003020102",
        "300a3003020100300302012a",
    ],
)
def test_what_is_no_answer_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match=r"answer|authority|token|length|lacks|DER"):
        stamps.answer(bytes.fromhex(data))


@pytest.mark.parametrize(
    ("old", "new"), [(stamps.TST_INFO, stamps.TST_INFO[:-1] + b"\x05"), (b"\x18\x0f20", b"\x17\x0f20")]
)
def test_a_token_that_holds_no_time_is_refused(old: bytes, new: bytes) -> None:
    if not VECTORS.exists():
        pytest.skip("the published vectors are not beside the repository")
    token = base64.b64decode(json.loads(VECTORS.read_text())[0]["input"]["tsr_b64"])
    assert old in token
    with pytest.raises(ValueError, match="holds no time"):
        stamps.answer(token.replace(old, new))


def test_an_answer_must_be_to_our_question() -> None:
    told = stamps.Told("sha256", DIGEST, datetime(2026, 5, 13, tzinfo=UTC), 5)
    stamps.must_answer(told, DIGEST, 5)
    with pytest.raises(ValueError, match="other bytes"):
        stamps.must_answer(told, b"x", 5)
    with pytest.raises(ValueError, match="another question"):
        stamps.must_answer(told, DIGEST, 6)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A throw-away authority: openssl behind a few lines of HTTP; the folder of its certificates."""
    if not (CLIENTS / "tsa.sh").exists() or shutil.which("openssl") is None:
        pytest.skip("the test authority (openssl and its script) is not here")
    for name in ("tsa.sh", "tsa.cnf"):
        shutil.copy(CLIENTS / name, tmp_path)
    run = ["sh", str(tmp_path / "tsa.sh")]
    subprocess.run([*run, "init"], check=True, capture_output=True)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (tmp_path / "q").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            subprocess.run([*run, "reply", "q", "r"], check=True, capture_output=True)
            self.send_response(200)
            self.end_headers()
            self.wfile.write((tmp_path / "r").read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(settings, "TIME_STAMP_URL", f"http://127.0.0.1:{server.server_port}/")
    yield tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_stamp_of_a_real_authority_is_kept_and_verified_by_openssl(bureau: Bureau, authority: Path) -> None:
    exhibit = photo(bureau.actor("officer"))
    row = actions.stamp(exhibit=exhibit, by=bureau.actor("officer"), at=AT)
    (authority / "token").write_bytes(bytes(row.token))
    assert exhibit.file is not None
    done = subprocess.run(
        ["sh", "tsa.sh", "verify", str(files.path_of(exhibit.file.sha256)), "token"],
        cwd=authority,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Verification: OK" in done.stdout + done.stderr


@pytest.mark.django_db
def test_no_stamp_is_kept_without_authority_file_or_true_answer(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = bureau.actor("officer")
    exhibit = photo(officer)
    monkeypatch.setattr(settings, "TIME_STAMP_URL", "")
    with pytest.raises(Invalid, match="尚未设置"):
        actions.stamp(exhibit=exhibit, by=officer, at=AT)
    monkeypatch.setattr(settings, "TIME_STAMP_URL", "http://tsa.test/")
    thing = actions.add(kind="physical", name="示例秤", by=officer, at=AT)
    with pytest.raises(Invalid, match="没有文件"):
        actions.stamp(exhibit=thing, by=officer, at=AT)
    with pytest.raises(Refused):
        actions.stamp(exhibit=exhibit, by=NOBODY, at=AT)
    for answer, says in ((httpx.Response(200, content=b"0"), "不可用"), (httpx.Response(500), "没有答复")):
        answer.request = httpx.Request("POST", settings.TIME_STAMP_URL)
        monkeypatch.setattr("httpx.post", lambda *_, answer=answer, **__: answer)
        with pytest.raises(Invalid, match=says):
            actions.stamp(exhibit=exhibit, by=officer, at=AT)
    assert not TimeStamp.objects.exists()
