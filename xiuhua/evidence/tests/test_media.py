"""What films and photos hold is read, and what cannot be read is said."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from xiuhua.evidence.queries import media
from xiuhua.evidence.tests.films import HEIGHT, WIDTH, film, jpeg


def kept(folder: Path, data: bytes) -> Path:
    place = folder / "x"
    place.write_bytes(data)
    return place


def test_a_film_says_how_long_and_how_large_it_is(tmp_path: Path) -> None:
    place = tmp_path / "a.mp4"
    film(place)
    found = media.facts_of(place, "video/mp4")
    assert (found["video"], found["width"], found["height"], found["audio"]) == ("h264", WIDTH, HEIGHT, "aac")
    assert found["seconds"] == pytest.approx(6, abs=0.3)
    assert media.seconds_of(place) == found["seconds"]
    small = Image.open(io.BytesIO(media.thumbnail(place, "video/mp4") or b""))
    assert small.size == (WIDTH, HEIGHT)
    # The picture is not of the first second, which is often black.
    assert small.convert("L").getpixel((WIDTH - 2, 4)) > 60  # type: ignore[operator]


def test_a_photo_says_its_camera_time_and_place_as_they_stood(tmp_path: Path) -> None:
    found = media.facts_of(kept(tmp_path, jpeg()), "image/jpeg")
    assert (found["taken"], found["lat"], found["lon"]) == ("2026:05:13 08:15:00", 31.23, 121.5)
    assert Image.open(io.BytesIO(media.thumbnail(tmp_path / "x", "image/jpeg") or b"")).size == (40, 80)
    bare = media.facts_of(kept(tmp_path, jpeg(exif=False)), "image/jpeg")
    assert bare == {"width": 80, "height": 40, "format": "JPEG"}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", "image/jpeg"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"", "video/mp4"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, data: bytes, media_type: str) -> None:
    place = kept(tmp_path, data)
    with pytest.raises(media.Unreadable):
        media.facts_of(place, media_type)
    with pytest.raises(media.Unreadable):
        media.thumbnail(place, media_type)


def test_a_photo_that_would_fill_the_memory_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MOST_PIXELS", 10)
    with pytest.raises(media.Unreadable, match="pixels"):
        media.thumbnail(kept(tmp_path, jpeg()), "image/jpeg")


def test_a_short_film_shows_its_last_picture(tmp_path: Path) -> None:
    place = tmp_path / "a.mp4"
    film(place, 1, sound=False)
    assert media.thumbnail(place, "video/mp4")
    assert "audio" not in media.facts_of(place, "video/mp4")
