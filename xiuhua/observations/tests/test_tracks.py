"""Stops, trips, time in an area, and GPX: tables, and tracks of any shape. No database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.observations import rules
from xiuhua.observations.rules import BadGpx, Fix
from xiuhua.observations.rules.tracks import GAP_SECONDS, STOP_SECONDS

START = 1_790_000_000_000
# A degree of latitude in metres: tracks here run to the north.
DEGREE = 111_195.08


def run(*steps: tuple[int, float]) -> list[Fix]:
    """A track from (seconds, metres to the north) of each fix."""
    return [Fix(START + seconds * 1000, 121.5, 31.2 + north / DEGREE) for seconds, north in steps]


def still(seconds: int, north: float, start: int = 0) -> list[tuple[int, float]]:
    return [(start + s, north) for s in range(0, seconds + 1, 30)]


TRACKS = st.lists(
    st.builds(
        Fix,
        st.integers(START, START + 86_400_000),
        st.floats(121.4, 121.6),
        st.floats(31.1, 31.3),
    ),
    max_size=12,
).map(lambda found: sorted(found, key=lambda fix: fix.at))


def test_distance_is_that_on_the_sphere() -> None:
    assert rules.metres((121.5, 31.2), (121.5, 32.2)) == pytest.approx(DEGREE, abs=1)
    assert rules.metres((0, 0), (180, 0)) == pytest.approx(20_015_115, abs=10)


@pytest.mark.parametrize(
    ("track", "found"),
    [
        ([], 0),
        (run((0, 0)), 0),
        (run(*still(STOP_SECONDS, 0)), 1),
        (run(*still(STOP_SECONDS - 30, 0)), 0),
        (run((0, 0), (STOP_SECONDS, 59)), 1),
        (run((0, 0), (STOP_SECONDS, 61)), 0),
        (run((0, 0), (GAP_SECONDS + 1, 0)), 0),
        (run(*still(300, 0), *still(300, 500, 400)), 2),
        (run((0, 0), (30, 300), *still(300, 600, 60), (400, 900)), 1),
    ],
)
def test_a_stop_is_staying_near_for_long_enough(track: list[Fix], found: int) -> None:
    stops = rules.stops(track)
    assert len(stops) == found
    assert all(s.seconds >= STOP_SECONDS for s in stops)


@pytest.mark.parametrize(
    ("track", "lengths"),
    [
        ([], []),
        (run((0, 0)), []),
        (run((0, 0), (30, 300), (60, 600)), [600]),
        (run((0, 0), (30, 0)), []),
        (run(*still(300, 0), (330, 300), (360, 600), *still(300, 900, 390), (720, 1200)), [900, 300]),
        (run((0, 0), (30, 300), (30 + GAP_SECONDS + 1, 5000), (700, 5300)), [300, 300]),
        (run(*still(300, 0)), []),
    ],
)
def test_trips_lie_between_stops_and_gaps(track: list[Fix], lengths: list[float]) -> None:
    assert [round(t.metres) for t in rules.trips(track)] == lengths


@given(TRACKS)
def test_trips_are_never_longer_than_the_track_and_stand_in_their_order(track: list[Fix]) -> None:
    trips = rules.trips(track)
    assert sum(t.metres for t in trips) <= rules.track_metres(track) + 1e-6
    assert all(t.starts <= t.ends for t in trips)
    assert [t.starts for t in trips] == sorted(t.starts for t in trips)
    ends = [s.ends for s in rules.stops(track)]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("track", "seconds"),
    [
        ([], 0),
        (run((0, 0), (60, 10)), 60),
        (run((0, 0), (60, 2000)), 30),
        (run((0, 2000), (60, 2100)), 0),
        (run((0, 0), (GAP_SECONDS + 1, 10)), 0),
        (run((0, 2000), (60, 0), (120, 0), (180, 2000)), 120),
    ],
)
def test_time_inside_is_whole_between_inside_and_half_across_the_border(
    track: list[Fix], seconds: float
) -> None:
    assert rules.seconds_inside(track, lambda lon, lat: lat < 31.2 + 1000 / DEGREE) == seconds


@given(TRACKS, st.integers(2, 9))
def test_a_thinned_track_keeps_its_ends_and_its_order(track: list[Fix], most: int) -> None:
    thin = rules.thinned(track, most)
    assert len(thin) == min(len(track), most)
    assert thin[:1] == track[:1]
    assert thin[-1:] == track[-1:]
    assert [f.at for f in thin] == sorted(f.at for f in thin)


# GPX ------------------------------------------------------------------------------------------------------------------


@given(TRACKS.filter(bool))
def test_a_track_comes_back_from_its_gpx(track: list[Fix]) -> None:
    told = rules.read_gpx(rules.write_gpx("示例 <&> 轨迹", track))
    assert [f.at for f in told] == [f.at for f in track]
    assert all(a.lon == pytest.approx(b.lon, abs=1e-7) for a, b in zip(told, track, strict=True))


def test_heights_and_times_without_a_zone_are_read() -> None:
    (fix,) = rules.read_gpx(
        '<gpx><trk><trkseg><trkpt lat="31.2" lon="121.5"><ele>4.5</ele><time>2026-05-20T01:00:00</time></trkpt>'
        '<trkpt lat="31.2" lon="121.5"/></trkseg></trk></gpx>'
    )
    assert (fix.at, fix.altitude) == (1_779_238_800_000, 4.5)
    assert "<ele>4.5</ele>" in rules.write_gpx("示例", [fix])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<gpx>",
        "<kml/>",
        "<gpx/>",
        '<!DOCTYPE gpx [<!ENTITY a "aa">]><gpx/>',
        '<gpx><trkpt lat="31.2" lon="121.5"/></gpx>',
        '<gpx><trkpt lat="x" lon="121.5"><time>2026-05-20T01:00:00Z</time></trkpt></gpx>',
        '<gpx><trkpt lat="31" lon="121.5"><time>yesterday</time></trkpt></gpx>',
        '<gpx><trkpt lat="91" lon="121.5"><time>2026-05-20T01:00:00Z</time></trkpt></gpx>',
        '<gpx><trkpt lat="nan" lon="121.5"><time>2026-05-20T01:00:00Z</time></trkpt></gpx>',
        '<gpx><trkpt lat="0" lon="0"><time>2026-05-20T01:00:00Z</time></trkpt></gpx>',
    ],
)
def test_a_file_that_is_no_track_is_refused(text: str) -> None:
    with pytest.raises(BadGpx):
        rules.read_gpx(text)


def test_a_file_with_too_many_points_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.observations.rules.gpx.MOST_POINTS", 1)
    with pytest.raises(BadGpx, match="多于1个"):
        rules.read_gpx(rules.write_gpx("示例", run((0, 0), (30, 300))))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_of_gpx(text: str) -> None:
    for tried in (text, f"<gpx>{text}</gpx>"):
        with pytest.raises(BadGpx):
            rules.read_gpx(tried)
