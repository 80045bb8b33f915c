"""A tus client that resumes: asks where the upload stands, sends the rest, and believes the server's offset alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx

from xiuhua.gateways.tus import codec
from xiuhua.gateways.tus.messages import BYTES, VERSION

BLOCK = 1 << 20
# One request carries so much: what a broken line costs, and how often the server flushes.
CHUNK = 256 << 20
_HERE = {"Tus-Resumable": VERSION}


class Lost(Exception):
    """The server knows nothing of this upload any more: begin anew."""


class Unwanted(Exception):
    """The server refuses this upload."""


def create(line: httpx.Client, url: str, size: int, metadata: Mapping[str, str]) -> str:
    """A new upload; its address. Raises Unwanted, and httpx.HTTPError if the line breaks."""
    headers = {**_HERE, "Upload-Length": str(size), "Upload-Metadata": codec.said(metadata)}
    answer = line.post(url, headers=headers)
    if answer.status_code != httpx.codes.CREATED:
        raise Unwanted(f"{answer.status_code} {answer.text.strip()}")
    return str(httpx.URL(url).join(answer.headers["location"]))


def offset(line: httpx.Client, address: str) -> int:
    """How much the server has for sure. Raises Lost, and httpx.HTTPError if the line breaks."""
    answer = line.head(address, headers=_HERE)
    if answer.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.FORBIDDEN):
        raise Lost(address)
    return int(answer.raise_for_status().headers["upload-offset"])


def send(
    line: httpx.Client,
    address: str,
    path: Path,
    size: int,
    *,
    chunk: int = CHUNK,
    seen: Callable[[int], object] = bool,
) -> None:
    """Send what the server lacks, and tell `seen` each offset it confirms.

    Raises Lost, OSError if the file goes away, and httpx.HTTPError if the line breaks.
    """
    at = offset(line, address)
    while at < size:
        seen(at)
        count = min(chunk, size - at)
        headers = {**_HERE, "Upload-Offset": str(at), "Content-Type": BYTES, "Content-Length": str(count)}
        answer = line.patch(address, headers=headers, content=_blocks(path, at, count))
        # 409: an earlier request, thought dead, wrote on. Ask anew.
        known = answer.status_code == httpx.codes.NO_CONTENT
        at = int(answer.headers["upload-offset"]) if known else _again(line, address, answer)
    seen(at)


def _again(line: httpx.Client, address: str, answer: httpx.Response) -> int:
    if answer.status_code != httpx.codes.CONFLICT:
        answer.raise_for_status()
    return offset(line, address)


def _blocks(path: Path, at: int, count: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(at)
        while count:
            block = file.read(min(BLOCK, count))
            if not block:
                raise OSError(f"{path} became shorter while it was sent")
            count -= len(block)
            yield block
