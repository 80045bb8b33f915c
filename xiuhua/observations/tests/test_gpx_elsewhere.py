"""A reader that is not ours reads the tracks we export: gpsbabel of Debian."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from xiuhua.observations import rules


@pytest.fixture
def gpsbabel() -> str:
    found = shutil.which("gpsbabel")
    if found is None:
        pytest.skip("gpsbabel is not installed here (Debian: gpsbabel)")
    return found


def converted(gpsbabel: str, text: str, into: str) -> str:
    command = [gpsbabel, "-t", "-i", "gpx", "-f", "-", "-o", into, "-F", "-"]
    return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout


def test_our_tracks_are_read_point_by_point(gpsbabel: str) -> None:
    track = [rules.Fix(1_790_000_000_000 + n * 5000, 121.5 + n / 1000, 31.2, altitude=4.5) for n in range(20)]
    told = json.loads(converted(gpsbabel, rules.write_gpx("示例 <轨迹>", track), "geojson"))
    (line,) = (f["geometry"] for f in told["features"] if f["geometry"]["type"] == "LineString")
    assert [(round(lon, 6), round(lat, 6)) for lon, lat, *_ in line["coordinates"]] == [
        (round(f.lon, 6), f.lat) for f in track
    ]


def test_its_own_tracks_are_read_by_us_with_their_times(gpsbabel: str) -> None:
    track = [rules.Fix(1_790_000_000_000 + n * 5000, 121.5, 31.2 + n / 1000) for n in range(5)]
    again = converted(gpsbabel, rules.write_gpx("示例", track), "gpx,gpxver=1.1")
    assert [f.at for f in rules.read_gpx(again)] == [f.at for f in track]
