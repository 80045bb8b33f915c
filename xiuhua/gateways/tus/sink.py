"""Whole files become what the evidence room makes of them: a recording that a station has docked."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

from xiuhua.evidence import actions, queries
from xiuhua.evidence.queries import Recording
from xiuhua.gateways.tus import codec
from xiuhua.gateways.tus.messages import Upload
from xiuhua.kernel import clock, files

P = ParamSpec("P")
R = TypeVar("R")


def _fresh(work: Callable[P, R]) -> Callable[P, R]:
    """The server's threads live long; a connection that died must not be used again."""

    @wraps(work)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        try:
            return work(*args, **kwargs)
        finally:
            close_old_connections()

    return call


class StationSink:
    """Takes uploads of stations for recordings that they have docked; `sha256` of the metadata names which."""

    @_fresh
    def admit(self, headers: Mapping[str, str]) -> str | None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        station = queries.station_of(token.strip()) if scheme.lower() == "bearer" else None
        return str(station.pk) if station else None

    @_fresh
    def refuses(self, owner: str, metadata: Mapping[str, bytes], length: int | None) -> str:
        recording = _recording(owner, metadata)
        if recording is None:
            return "metadata names no recording that this station has docked (sha256)"
        return ""

    @_fresh
    def arrived(self, upload: Upload, data: Path, hashes: files.Hashes) -> None:
        recording = _recording(upload.owner, codec.metadata(upload.metadata))
        if recording is None:
            return
        draft = data.with_name("arrived")
        draft.unlink(missing_ok=True)
        # A second name, so that a crash between here and the entry leaves the upload as it was.
        os.link(data, draft)
        received = files.adopt(draft, hashes, recording.media_type)
        draft.unlink(missing_ok=True)
        by = queries.station_actor(recording.station)
        actions.arrive(recording=recording, received=received, by=by, at=clock.now())


def _recording(owner: str, metadata: Mapping[str, bytes]) -> Recording | None:
    return queries.docked_at(int(owner), metadata.get("sha256", b"").decode("ascii", "replace"))
