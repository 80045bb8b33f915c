"""Small films and photos made on the spot."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

RATE, WIDTH, HEIGHT = 10, 64, 48


def film(place: Path, seconds: int = 6, *, sound: bool = True) -> bytes:
    """An MP4 whose brightness tells the second, with a tone."""
    with av.open(str(place), "w", format="mp4") as made:
        picture = made.add_stream("libx264", rate=RATE)
        picture.width, picture.height, picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        tone = made.add_stream("aac", rate=8000) if sound else None
        for number in range(seconds * RATE):
            pixels = np.full((HEIGHT, WIDTH, 3), 20 + 30 * (number // RATE), np.uint8)
            pixels[::2, : WIDTH // 2] = 255
            made.mux(picture.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        made.mux(picture.encode(None))
        if tone is not None:
            wave = np.sin(np.arange(8000 * seconds) / 4).astype(np.float32)
            for at in range(0, len(wave), 1024):
                block = av.AudioFrame.from_ndarray(wave[None, at : at + 1024], format="fltp", layout="mono")
                block.sample_rate, block.pts, block.time_base = 8000, at, Fraction(1, 8000)
                made.mux(tone.encode(block))
            made.mux(tone.encode(None))
    return place.read_bytes()


def jpeg(*, exif: bool = True) -> bytes:
    """A photo that lies on its side, with the time and place of its camera."""
    picture = Image.new("RGB", (80, 40), (10, 120, 200))
    picture.paste((250, 0, 0), (0, 0, 20, 20))
    held, told = io.BytesIO(), Image.Exif()
    if exif:
        told[0x0112] = 6
        told[0x010F] = "示例相机".encode().decode("latin-1")
        told.get_ifd(0x8769)[0x9003] = "2026:05:13 08:15:00"
        told.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 48.0), 3: "E", 4: (121.0, 30.0, 0.0)})
    picture.save(held, "JPEG", exif=told)
    return held.getvalue()
