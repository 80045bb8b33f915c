"""What is said in tus 1.0: requests, uploads as they stand, answers, and what the server is told to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

VERSION = "1.0.0"
EXTENSIONS = (
    "creation",
    "creation-with-upload",
    "creation-defer-length",
    "checksum",
    "termination",
    "expiration",
    "concatenation",
)
ALGORITHMS = ("sha1", "md5", "sha256", "sm3")
BYTES = "application/offset+octet-stream"


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request. `upload_id` is empty on the collection; names of headers are in small letters."""

    method: str
    upload_id: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it stands. `length` is None while it is deferred; `parts` are the partial uploads of a final one."""

    id: str
    owner: str
    length: int | None
    offset: int = 0
    metadata: str = ""
    partial: bool = False
    parts: tuple[str, ...] = ()
    expires_at: datetime | None = None

    @property
    def whole(self) -> bool:
        return self.length is not None and self.offset == self.length


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `text` says for people why something was refused."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request must digest to."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Create:
    """Make an upload; `carries` tells that the request brings bytes of it already."""

    length: int | None
    metadata: str
    partial: bool = False
    parts: tuple[str, ...] = ()
    carries: bool = False
    checksum: Checksum | None = None


@dataclass(frozen=True, slots=True)
class Append:
    """Take the bytes of the request at the end of the upload. `length`: what a deferred length turned out to be."""

    length: int | None
    checksum: Checksum | None = None


@dataclass(frozen=True, slots=True)
class Terminate:
    """Let the upload go."""


Step = Reply | Create | Append | Terminate
