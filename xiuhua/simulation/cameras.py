"""A media server for the demo: one short test film, played over and over as live HLS on every channel.

1. `film` draws and encodes the film once: H.264 in fragmented MP4, cut into segments of equal length.
2. `playlist` tells which segments are live at a moment; at the end of the film it begins anew (RFC 8216 §4.3).
3. `server` answers over HTTP: any address that ends in `.m3u8` is a channel, all channels show the same film.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import numpy as np

from xiuhua.kernel import clock

WIDTH, HEIGHT, RATE = 640, 360, 10
SEGMENT_SECONDS, SEGMENTS, LIVE = 2, 6, 3
# The colours of a test card (ITU-R BT.471: 75 %), left to right.
BARS = (
    (191, 191, 191),
    (191, 191, 0),
    (0, 191, 191),
    (0, 191, 0),
    (191, 0, 191),
    (191, 0, 0),
    (0, 0, 191),
)
LIST_TYPE, FILM_TYPE = "application/vnd.apple.mpegurl", "video/mp4"
SEGMENT = re.compile(r"/film/(\d+)\.m4s")


@dataclass(frozen=True, slots=True)
class Film:
    """What every player reads first, and the segments of SEGMENT_SECONDS each."""

    opening: bytes
    segments: tuple[bytes, ...]


def _picture(number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for n, bar in enumerate(BARS):
        picture[: HEIGHT * 3 // 4, WIDTH * n // len(BARS) : WIDTH * (n + 1) // len(BARS)] = bar
    picture[HEIGHT * 3 // 4 :] = (24, 28, 30)
    # A mark that moves shows that the picture is alive.
    left = WIDTH * number // (RATE * SEGMENT_SECONDS * SEGMENTS)
    picture[HEIGHT * 13 // 16 : HEIGHT * 15 // 16, left : left + WIDTH // 12] = (240, 240, 240)
    return picture


def film() -> Film:
    """Drawn and encoded anew; a second of work."""
    options = {
        "hls_time": str(SEGMENT_SECONDS),
        "hls_list_size": "0",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": "opening.mp4",
    }
    with tempfile.TemporaryDirectory() as folder:
        options["hls_segment_filename"] = str(Path(folder) / "%d.m4s")
        with av.open(str(Path(folder) / "film.m3u8"), "w", format="hls", options=options) as made:
            each = str(RATE * SEGMENT_SECONDS)
            # A player begins with any segment: each begins with a whole picture.
            stream = made.add_stream("libx264", rate=RATE, options={"g": each, "keyint_min": each, "bf": "0"})
            stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            for number in range(RATE * SEGMENT_SECONDS * SEGMENTS):
                made.mux(stream.encode(av.VideoFrame.from_ndarray(_picture(number), format="rgb24")))
            made.mux(stream.encode(None))
        segments = tuple((Path(folder) / f"{n}.m4s").read_bytes() for n in range(SEGMENTS))
        return Film((Path(folder) / "opening.mp4").read_bytes(), segments)


def playlist(seconds: float) -> str:
    """The last LIVE whole segments `seconds` after the film began first."""
    last = max(int(seconds // SEGMENT_SECONDS), LIVE)
    first = last - LIVE
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{SEGMENT_SECONDS}",
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        # How often the film had begun anew before the first segment below.
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{max(first - 1, 0) // SEGMENTS}",
        '#EXT-X-MAP:URI="/film/opening.mp4"',
    ]
    for number in range(first, last):
        if number and number % SEGMENTS == 0:
            lines.append("#EXT-X-DISCONTINUITY")
        lines += [f"#EXTINF:{SEGMENT_SECONDS:.3f},", f"/film/{number % SEGMENTS}.m4s"]
    return "\n".join([*lines, ""])


def server(host: str, port: int, shown: Film) -> ThreadingHTTPServer:
    """A server that listens already; whoever holds it lets it serve and closes it."""
    began = clock.now()

    def answer(path: str) -> tuple[bytes, str] | None:
        if path.endswith(".m3u8"):
            lasted = (clock.now() - began).total_seconds() + SEGMENT_SECONDS * LIVE
            return playlist(lasted).encode(), LIST_TYPE
        if path == "/film/opening.mp4":
            return shown.opening, FILM_TYPE
        found = SEGMENT.fullmatch(path)
        if found and int(found[1]) < len(shown.segments):
            return shown.segments[int(found[1])], FILM_TYPE
        return None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = answer(self.path.partition("?")[0])
            body, kind = found or (b"", "text/plain")
            self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store" if kind == LIST_TYPE else "max-age=3600")
            # The page that plays it comes from another port.
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a wall of nine asks several times a second."""

    return ThreadingHTTPServer((host, port), Handler)
