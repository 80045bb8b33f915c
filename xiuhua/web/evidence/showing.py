"""The bytes of an exhibit: shown for a while to who has said why, in ranges, so that a film can be wound.

What was asked for is kept in the session: a page reloads its film many times, and each load is the same use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Exhibit
from xiuhua.kernel import files
from xiuhua.kernel.authz import Refusal, Refused
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request

LASTS = timedelta(minutes=30)
BLOCK = 1 << 18
PIECE = 4 * 1024 * 1024
SHOWN = ("video/", "audio/", "image/")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")
WHY_FIRST = Refusal("reason_first", "请先写明事由再播放", meaning="say why before you play it")


def _key(pk: int) -> str:
    return f"exhibit-shown-{pk}"


def open_for(request: Request, exhibit: Exhibit) -> None:
    """From now on, for a while, this browser is shown the file."""
    request.session[_key(exhibit.pk)] = request.at.isoformat()


def is_open(request: Request, exhibit: Exhibit) -> bool:
    said = request.session.get(_key(exhibit.pk))
    return said is not None and request.at - datetime.fromisoformat(said) < LASTS


@in_room("evidence", "evidence.see")
def file(request: Request, pk: int) -> HttpResponseBase:
    exhibit = get_object_or_404(queries.exhibits(request.actor), pk=pk)
    if exhibit.file is None or not exhibit.file.media_type.startswith(SHOWN):
        raise Http404
    if not is_open(request, exhibit):
        raise Refused(WHY_FIRST)
    return guarded(ranged(request, files.path_of(exhibit.file.sha256), exhibit.file.media_type))


@in_room("evidence", "evidence.see")
def picture(request: Request, pk: int) -> HttpResponseBase:
    """The small picture. It belongs to a look at the page, and is one where it is asked for alone."""
    exhibit = get_object_or_404(queries.exhibits(request.actor), pk=pk)
    media = queries.media_of(exhibit)
    if media is None or media.thumbnail is None or not files.kept(media.thumbnail.sha256):
        raise Http404
    actions.use(exhibit=exhibit, how="view", by=request.actor, at=request.at)
    return guarded(FileResponse(files.open_(media.thumbnail.sha256), content_type="image/jpeg"))


def guarded(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def ranged(request: Request, path: Path, media_type: str) -> HttpResponseBase:
    """The file, or the part of it that `Range` asks for (RFC 9110 §14): one range, as players ask.

    A player that asks for all the rest gets a piece and asks on: it reads as slowly as it plays, and whoever answers it
    would wait with it.
    """
    if not path.is_file():
        raise Http404
    size = path.stat().st_size
    found = _RANGE.match(request.headers.get("Range", ""))
    span = _span(found.group(1), found.group(2), size) if found else (0, size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, end = span
    if found:
        end = min(end, first + PIECE)
    response = StreamingHttpResponse(_part(path, first, end - first), content_type=media_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - first)
    if found:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return response


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for what the file does not have."""
    if not first:
        start, end = max(size - int(last), 0) if last else size, size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None


def _part(path: Path, first: int, count: int) -> Iterator[bytes]:
    with path.open("rb") as source:
        source.seek(first)
        while count > 0 and (block := source.read(min(BLOCK, count))):
            count -= len(block)
            yield block
