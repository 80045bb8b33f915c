"""Whatever a request says in its head, it comes to one of the steps; nothing of it ends the process."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from xiuhua.gateways.tus import session
from xiuhua.gateways.tus.messages import BYTES, Append, Create, Reply, Request, Terminate, Upload
from xiuhua.gateways.tus.tests.test_session import FINAL, HALF, ID, LIMITS, NOW, OPEN, SHA1

TEXT = some.text(max_size=40)
HEADERS = {
    "tus-resumable": some.one_of(some.just("1.0.0"), some.just("1.0.0"), TEXT),
    "upload-length": some.one_of(some.integers(-3, 10**20).map(str), TEXT),
    "upload-defer-length": some.one_of(some.just("1"), TEXT),
    "upload-offset": some.one_of(some.just("5"), some.integers(-3, 10**20).map(str), TEXT),
    "upload-metadata": some.one_of(TEXT, some.just("filename YS5tcDQ=,a"), some.just("a YQ==," * 2000)),
    "upload-checksum": some.one_of(some.just(SHA1), TEXT),
    "upload-concat": some.one_of(some.just("partial"), TEXT, some.just(f"final;/files/{ID} /files/../x")),
    "content-type": some.one_of(some.just(BYTES), TEXT),
    "content-length": some.one_of(some.just("0"), TEXT),
    "x-http-method-override": some.one_of(some.sampled_from(["PATCH", "DELETE"]), TEXT),
}
METHODS = some.one_of(some.sampled_from(["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"]), TEXT)
UPLOADS = some.sampled_from([None, HALF, OPEN, FINAL])


@settings(max_examples=60)
@given(METHODS, UPLOADS, some.fixed_dictionaries({}, optional=HEADERS), some.booleans())
def test_no_head_of_a_request_breaks_the_session(
    method: str, upload: Upload | None, headers: dict[str, str], named: bool
) -> None:
    request = Request(method, ID if named else "", headers)
    step = session.open_(request, upload, LIMITS, NOW)
    assert isinstance(step, Reply | Create | Append | Terminate)
    if isinstance(step, Create):
        assert step.length is None or 0 <= step.length <= LIMITS.max_size
    if isinstance(step, Append):
        assert upload is not None
        assert step.length is None or upload.offset <= step.length <= LIMITS.max_size
    if isinstance(step, Reply):
        assert 200 <= step.status < 500
