"""Frames of a film and pixels of a photo, read, cut and covered with PyAV and Pillow. No database.

A clip is coded anew, so that it begins and ends where it was asked for and not at some key frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from xiuhua.evidence.queries.covering import cover
from xiuhua.evidence.queries.media import Unreadable
from xiuhua.evidence.rules.regions import Region
from xiuhua.evidence.rules.regions import at as at_second

CLOCK = Fraction(1, 90000)


def blurred_photo(source: Path, made: Path, regions: Sequence[Region]) -> str:
    """A JPEG without the regions and without EXIF. Raises Unreadable."""
    try:
        picture = np.array(ImageOps.exif_transpose(Image.open(source)).convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error
    cover(picture, regions)
    Image.fromarray(picture).save(made, "JPEG", quality=90)
    return "image/jpeg"


def film(source: Path, made: Path, span: tuple[float, float] | None, regions: Sequence[Region]) -> str:
    """An MP4 of the seconds of `span` (or all of it) with the regions covered. Raises Unreadable.

    Its sound goes with it, unless regions are covered: a voice is known as well as a face.
    """
    try:
        with av.open(str(source)) as film, av.open(str(made), "w", format="mp4") as copy:
            if _pictures(film, copy, span, regions) == 0:
                raise Unreadable("the span holds no picture")
    except (av.FFmpegError, OSError) as error:
        raise Unreadable(str(error)) from error
    return "video/mp4"


def _pictures(film: Any, copy: Any, span: tuple[float, float] | None, regions: Sequence[Region]) -> int:
    if not film.streams.video:
        return 0
    source = film.streams.video[0]
    rate = source.average_rate or Fraction(25)
    target = copy.add_stream("libx264", rate=rate)
    target.width, target.height = source.width // 2 * 2, source.height // 2 * 2
    target.pix_fmt = "yuv420p"
    target.codec_context.time_base = CLOCK
    sound = _sound(film, copy, regions)
    start, end = span or (0.0, float("inf"))
    origin = float((source.start_time or 0) * source.time_base)
    count = 0
    for frame in film.decode([source, *([sound[0]] if sound else [])]):
        at = (frame.time or 0.0) - origin
        if not start <= at < end:
            continue
        if sound and isinstance(frame, av.AudioFrame):
            frame.pts = None
            copy.mux(sound[1].encode(frame))
            continue
        pixels = frame.to_ndarray(format="rgb24")[: target.height, : target.width].copy()
        cover(pixels, at_second(regions, at))
        fresh = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        fresh.pts, fresh.time_base = int((at - start) / CLOCK), CLOCK
        copy.mux(target.encode(fresh))
        count += 1
    copy.mux(target.encode(None))
    if sound:
        copy.mux(sound[1].encode(None))
    return count


def _sound(film: Any, copy: Any, regions: Sequence[Region]) -> tuple[Any, Any] | None:
    if regions or not film.streams.audio:
        return None
    source = film.streams.audio[0]
    return source, copy.add_stream("aac", rate=source.rate)
