"""What is inside a file of pictures or sound: read once, with PyAV and Pillow, which bring their codecs. No database.

EXIF keeps what it says as text: a moment of a camera has no zone, and a wrong clock stays as it stood.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

THUMBNAIL = (480, 480)
MOST_FRAMES = 600
# A photo of more is no photo but a trap for memory.
MOST_PIXELS = 200_000_000
EXIF = {
    "Make": "camera_make",
    "Model": "camera_model",
    "BodySerialNumber": "camera_serial",
    "DateTimeOriginal": "taken",
    "OffsetTimeOriginal": "taken_offset",
    "Orientation": "orientation",
}


class Unreadable(ValueError):
    """The file is not what its type says, or is broken."""


def facts_of(path: Path, media_type: str) -> dict[str, Any]:
    """Sizes, seconds, codecs, and for photos EXIF. Raises Unreadable."""
    return _photo(path) if media_type.startswith("image/") else _film(path)


def thumbnail(path: Path, media_type: str) -> bytes | None:
    """A small JPEG of a photo, or of a film a little after its beginning; None for sound. Raises Unreadable."""
    picture = _upright(path) if media_type.startswith("image/") else _frame(path)
    if picture is None:
        return None
    picture.thumbnail(THUMBNAIL)
    held = io.BytesIO()
    picture.convert("RGB").save(held, "JPEG", quality=80)
    return held.getvalue()


def seconds_of(path: Path) -> float | None:
    """How long a recording lasts; None if it does not say. Raises Unreadable."""
    found: float | None = _film(path).get("seconds")
    return found


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(str(path))
    except (av.FFmpegError, OSError) as error:
        raise Unreadable(str(error)) from error


def _film(path: Path) -> dict[str, Any]:
    with _opened(path) as film:
        found: dict[str, Any] = {"container": film.format.name}
        if film.duration is not None:
            found["seconds"] = round(film.duration / av.time_base, 3)
        if film.metadata.get("creation_time"):
            found["made"] = film.metadata["creation_time"]
        for stream in film.streams.video[:1]:
            found |= {"video": stream.codec_context.name, "width": stream.width, "height": stream.height}
            if stream.average_rate:
                found["frames_a_second"] = round(float(stream.average_rate), 3)
        for sound in film.streams.audio[:1]:
            found |= {"audio": sound.codec_context.name, "hertz": sound.sample_rate}
    return found


def _frame(path: Path) -> Image.Image | None:
    with _opened(path) as film:
        if not film.streams.video:
            return None
        try:
            if film.duration is not None and film.duration > 4 * av.time_base:
                film.seek(2 * av.time_base)
            frame = _after(film, 2.0)
        except av.FFmpegError as error:
            raise Unreadable(str(error)) from error
        return Image.fromarray(frame.to_ndarray(format="rgb24")) if frame is not None else None


def picture_at(path: Path, media_type: str, second: float) -> Image.Image:
    """A photo as it stands upright, or a film's frame at a second, else its last. Raises Unreadable."""
    if media_type.startswith("image/"):
        return _upright(path)
    with _opened(path) as film:
        if not film.streams.video:
            raise Unreadable("no picture")
        try:
            stream = film.streams.video[0]
            begun = float((stream.start_time or 0) * (stream.time_base or 0))
            film.seek(max(int((begun + second) * av.time_base), 0), backward=True)
            frame = _after(film, begun + second)
        except av.FFmpegError as error:
            raise Unreadable(str(error)) from error
        if frame is None:
            raise Unreadable("no picture")
        return Image.fromarray(frame.to_ndarray(format="rgb24"))


def _after(film: InputContainer, seconds: float) -> av.VideoFrame | None:
    """The first picture of a moment, decoding on from the key frame before it; the last one of a shorter film."""
    frame = None
    for frame in islice(film.decode(video=0), MOST_FRAMES):
        if frame.time is not None and frame.time >= seconds:
            break
    return frame


def _upright(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("too many pixels")
            return ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error


def _photo(path: Path) -> dict[str, Any]:
    try:
        with Image.open(path) as picture:
            exif = picture.getexif()
            found: dict[str, Any] = {
                "width": picture.width,
                "height": picture.height,
                "format": picture.format,
            }
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error
    told = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    for tag, value in told.items():
        if (name := EXIF.get(ExifTags.TAGS.get(tag, ""))) is not None:
            found[name] = str(value).strip("\x00 ")[:100]
    return found | _place(exif.get_ifd(ExifTags.IFD.GPSInfo))


def _place(gps: Mapping[int, Any]) -> dict[str, float]:
    """Longitude and latitude in degrees, where the photo tells them."""
    try:
        lat, lon = (
            _degrees(gps[value]) * (-1 if str(gps[sign]).startswith(back) else 1)
            for sign, value, back in ((1, 2, "S"), (3, 4, "W"))
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return {}
    return {"lat": round(lat, 7), "lon": round(lon, 7)} if abs(lat) <= 90 and abs(lon) <= 180 else {}


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (Fraction(part) for part in parts)
    return float(degrees + minutes / 60 + seconds / 3600)
