"""One request of tus 1.0, decided: the head of a request and the upload as it stands in, a step out. Pure.

step = open_(request, upload, limits, now)     # a Reply, or what to do: Create, Append, Terminate
body = Body(upload, checksum, limits)          # for bytes: body.take(data) is what may be written
body.verdict()                                 # what it was worth, when the bytes have ended
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from xiuhua.gateways.tus import codec
from xiuhua.gateways.tus.messages import (
    ALGORITHMS,
    BYTES,
    EXTENSIONS,
    VERSION,
    Append,
    Checksum,
    Create,
    Reply,
    Request,
    Step,
    Terminate,
    Upload,
)

MAX_METADATA = 8192
MAX_PARTS = 1000
COLLECTION, ONE = "OPTIONS, POST", "OPTIONS, HEAD, PATCH, DELETE"


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_size`: bytes of the largest upload."""

    max_size: int


class _No(Exception):
    """A reply that ends the request."""

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.reply = Reply(status, dict(headers or {}), text)


def open_(request: Request, upload: Upload | None, limits: Limits, now: datetime) -> Step:
    """What a request comes to before its bytes are read. `upload` is the one its address names, if there is one."""
    method = request.headers.get("x-http-method-override", request.method).upper()
    if method == "OPTIONS":
        return _options(limits)
    try:
        if request.headers.get("tus-resumable") != VERSION:
            raise _No(412, "this server speaks tus 1.0.0", {"Tus-Version": VERSION})
        return _decide(method, request, upload, limits, now)
    except _No as no:
        return no.reply
    except ValueError as error:
        return Reply(400, text=str(error))


def _options(limits: Limits) -> Reply:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": ",".join(EXTENSIONS),
        "Tus-Max-Size": str(limits.max_size),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }
    return Reply(204, headers)


def _decide(method: str, request: Request, upload: Upload | None, limits: Limits, now: datetime) -> Step:
    if not request.upload_id:
        if method != "POST":
            raise _No(405, "uploads are created by POST", {"Allow": COLLECTION})
        return _create(request.headers, limits)
    if method not in ("HEAD", "PATCH", "DELETE"):
        raise _No(405, "an upload knows HEAD, PATCH and DELETE", {"Allow": ONE})
    if method == "PATCH" and request.headers.get("content-type") != BYTES:
        raise _No(415, f"bytes come as {BYTES}")
    if upload is None:
        raise _No(404, "there is no such upload")
    if upload.expires_at is not None and upload.expires_at <= now:
        raise _No(410, "this upload has expired")
    if method == "HEAD":
        return standing(upload)
    return Terminate() if method == "DELETE" else _append(request.headers, upload, limits)


def _create(headers: Mapping[str, str], limits: Limits) -> Create:
    metadata = headers.get("upload-metadata", "")
    if len(metadata) > MAX_METADATA:
        raise _No(431, "Upload-Metadata is too long")
    codec.metadata(metadata)
    partial, parts = codec.parts(headers["upload-concat"]) if "upload-concat" in headers else (False, ())
    if parts:
        if "upload-length" in headers or "upload-defer-length" in headers or len(parts) > MAX_PARTS:
            raise ValueError("a final upload has the length of its parts, and at most a thousand of them")
        return Create(None, metadata, parts=parts)
    length = _length(headers, limits)
    carries = headers.get("content-type") == BYTES and headers.get("content-length") != "0"
    return Create(length, metadata, partial, carries=carries, checksum=_checksum(headers))


def _length(headers: Mapping[str, str], limits: Limits) -> int | None:
    """The length a creation names, or None where it is deferred."""
    deferred = headers.get("upload-defer-length")
    if ("upload-length" in headers) == (deferred is not None) or deferred not in (None, "1"):
        raise ValueError("a creation names Upload-Length, or Upload-Defer-Length: 1")
    if deferred:
        return None
    return _small_enough(codec.number(headers["upload-length"], "Upload-Length"), limits)


def _small_enough(length: int, limits: Limits) -> int:
    if length > limits.max_size:
        raise _No(413, f"an upload has at most {limits.max_size} bytes")
    return length


def _checksum(headers: Mapping[str, str]) -> Checksum | None:
    return codec.checksum(headers["upload-checksum"]) if "upload-checksum" in headers else None


def _append(headers: Mapping[str, str], upload: Upload, limits: Limits) -> Append:
    if upload.parts:
        raise _No(403, "a final upload takes no bytes")
    if codec.number(headers.get("upload-offset", ""), "Upload-Offset") != upload.offset:
        raise _No(409, "Upload-Offset is not where the upload stands")
    length = upload.length
    if "upload-length" in headers:
        told = _small_enough(codec.number(headers["upload-length"], "Upload-Length"), limits)
        if told < upload.offset or length not in (None, told):
            raise ValueError("Upload-Length is not that of this upload")
        length = told
    room = (limits.max_size if length is None else length) - upload.offset
    if codec.number(headers.get("content-length", "0"), "Content-Length") > room:
        raise _No(413, "these are more bytes than the upload has")
    return Append(length, _checksum(headers))


def standing(upload: Upload) -> Reply:
    """The answer to HEAD."""
    headers = {"Upload-Offset": str(upload.offset), "Cache-Control": "no-store"}
    if upload.length is None:
        headers["Upload-Defer-Length"] = "1"
    else:
        headers["Upload-Length"] = str(upload.length)
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    if upload.partial:
        headers["Upload-Concat"] = "partial"
    if upload.parts:
        headers["Upload-Concat"] = "final;" + " ".join(upload.parts)
    return Reply(200, headers | expiry(upload))


def expiry(upload: Upload) -> dict[str, str]:
    """When it goes if no more bytes come."""
    if upload.expires_at is None or upload.whole:
        return {}
    return {"Upload-Expires": codec.http_date(upload.expires_at)}


def created(upload: Upload, location: str, *, carried: bool) -> Reply:
    """The answer to POST when the upload is on the disk."""
    headers = {"Location": location, **expiry(upload)}
    return Reply(201, headers | ({"Upload-Offset": str(upload.offset)} if carried else {}))


def appended(upload: Upload) -> Reply:
    """The answer to PATCH when the bytes are on the disk."""
    return Reply(204, {"Upload-Offset": str(upload.offset), **expiry(upload)})


Verdict = Literal["kept", "mismatch", "overflow", "broken"]


class Body:
    """The bytes of one request on their way in.

    A request with a checksum is all or nothing; without one, what came before the line broke is kept.
    """

    def __init__(self, offset: int, length: int | None, checksum: Checksum | None, limits: Limits) -> None:
        self.offset, self.checksum = offset, checksum
        self._room = (limits.max_size if length is None else length) - offset
        self._digest = hashlib.new(checksum.algorithm) if checksum else None
        self._overflow = False

    def take(self, data: bytes | bytearray | memoryview) -> memoryview:
        """The part of `data` that belongs to the upload: never a byte beyond its length."""
        taken = memoryview(data)[: self._room]
        self._overflow |= len(taken) < len(data)
        self._room -= len(taken)
        self.offset += len(taken)
        if self._digest is not None:
            self._digest.update(taken)
        return taken

    def verdict(self, *, whole: bool) -> Verdict:
        """What came of it; `whole` tells that the line did not break."""
        if self._digest is not None and self.checksum is not None:
            if not whole:
                return "broken"
            if self._digest.digest() != self.checksum.digest:
                return "mismatch"
        return "overflow" if self._overflow else "kept"


DISCARDED = {
    "mismatch": Reply(460, text="the bytes do not have this checksum"),
    "broken": Reply(400, text="the line broke before the bytes with a checksum were whole"),
}
OVERFLOW = Reply(413, text="there were more bytes than the upload has")
