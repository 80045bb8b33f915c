"""The media server of the demo: live playlists that players accept, and a film with whole pictures."""

from __future__ import annotations

import io
import threading
from itertools import pairwise

import av
import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.simulation import cameras
from xiuhua.simulation.cameras import LIVE, SEGMENT_SECONDS, SEGMENTS, Film


def numbers(text: str) -> tuple[int, int, list[str], list[int]]:
    """Media sequence, discontinuity sequence, segments, and which of them begin the film anew."""
    lines = text.splitlines()
    told = dict(line.split(":", 1) for line in lines if line.startswith("#") and ":" in line)
    segments = [line for line in lines if line.startswith("/film/")]
    anew = [
        sum(seen.startswith("/film/") for seen in lines[:n])
        for n, line in enumerate(lines)
        if line == "#EXT-X-DISCONTINUITY"
    ]
    return int(told["#EXT-X-MEDIA-SEQUENCE"]), int(told["#EXT-X-DISCONTINUITY-SEQUENCE"]), segments, anew


@settings(max_examples=40)
@given(st.floats(0, 10_000))
def test_a_playlist_lists_the_last_segments_and_counts_every_new_beginning(seconds: float) -> None:
    sequence, beginnings, segments, anew = numbers(cameras.playlist(seconds))
    assert segments == [f"/film/{n % SEGMENTS}.m4s" for n in range(sequence, sequence + LIVE)]
    assert anew == [n - sequence for n in range(sequence, sequence + LIVE) if n and n % SEGMENTS == 0]
    # RFC 8216 §6.2.2: the count grows by one when a segment that began anew has left the list.
    assert beginnings == sum(n % SEGMENTS == 0 for n in range(1, sequence))


def test_the_list_moves_on_one_segment_at_a_time() -> None:
    found = [numbers(cameras.playlist(s / 2))[0] for s in range(200)]
    assert {b - a for a, b in pairwise(found)} == {0, 1}


@pytest.mark.slow
def test_each_segment_begins_with_a_whole_picture_that_is_not_grey() -> None:
    made = cameras.film()
    assert len(made.segments) == SEGMENTS
    for segment in made.segments:
        with av.open(io.BytesIO(made.opening + segment), "r") as film:
            pictures = list(film.decode(video=0))
        assert pictures[0].key_frame
        assert len(pictures) == SEGMENT_SECONDS * cameras.RATE
        colours = pictures[0].to_ndarray(format="rgb24").reshape(-1, 3).astype(int)
        assert np.ptp(colours, axis=1).max() > 100


def test_every_channel_is_answered_and_nothing_else() -> None:
    server = cameras.server("127.0.0.1", 0, Film(b"opening", (b"a", b"b")))
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}", trust_env=False) as client:
            listed = client.get("/34020000001320000001/34020000001310000001/live.m3u8")
            assert listed.headers["Content-Type"] == cameras.LIST_TYPE
            assert listed.headers["Access-Control-Allow-Origin"] == "*"
            assert listed.text.startswith("#EXTM3U")
            assert client.get("/film/opening.mp4").content == b"opening"
            assert client.get("/film/1.m4s").content == b"b"
            for absent in ("/film/2.m4s", "/film/x.m4s", "/", "/etc/passwd"):
                assert client.get(absent).status_code == 404
    finally:
        server.shutdown()
        server.server_close()
