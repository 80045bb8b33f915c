"""Datums, duty hours, health: tables and searched spaces. No database."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.observations import rules
from xiuhua.observations.rules import Datum, FaultKind, Health, Hours
from xiuhua.observations.rules.datum import _BD_TURN, _inverse, _to_gcj

GIVEN = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "given" / "gcj.json"
SHANGHAI = st.tuples(st.floats(120.8, 122.3), st.floats(30.6, 31.9))
WORLD = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def vectors() -> list[dict[str, Any]]:
    if not GIVEN.exists():
        pytest.skip(f"the published vectors are not beside the repository ({GIVEN})")
    found: list[dict[str, Any]] = json.loads(GIVEN.read_text())
    return found


def point(said: dict[str, float]) -> tuple[float, float]:
    return said["lon"], said["lat"]


def test_every_published_point_is_moved_as_published_and_comes_back() -> None:
    found = [v for v in vectors() if "wgs84" in v["input"]]
    assert len(found) > 10
    for vector in found:
        here, said = point(vector["input"]["wgs84"]), vector["expected"]
        for name, datum in (("gcj02", Datum.GCJ02), ("bd09", Datum.BD09)):
            if name not in said:
                continue
            moved = rules.from_wgs84(*here, datum)
            assert moved == pytest.approx(point(said[name]), abs=said["tolerance_deg"]), vector["id"]
            assert rules.metres(rules.to_wgs84(*moved, datum), here) < 0.01, vector["id"]


def test_the_one_published_point_of_a_library_that_turns_by_pi_differs_by_that_alone() -> None:
    """That library uses π where the others use π·3000/180, and one step back where we iterate: ten metres together."""
    (vector,) = (v for v in vectors() if "bd09" in v["input"])
    lon, lat = point(vector["input"]["bd09"])
    expected = point(vector["expected"]["wgs84"])

    def as_there(turn: float) -> tuple[float, float]:
        x, y = lon - 0.0065, lat - 0.006
        length = math.hypot(x, y) - 0.00002 * math.sin(y * turn)
        angle = math.atan2(y, x) - 0.000003 * math.cos(x * turn)
        shifted = length * math.cos(angle), length * math.sin(angle)
        moved = _to_gcj(*shifted)
        return 2 * shifted[0] - moved[0], 2 * shifted[1] - moved[1]

    assert as_there(math.pi) == pytest.approx(expected, abs=1e-9)
    ours = rules.to_wgs84(lon, lat, Datum.BD09)
    assert rules.metres(as_there(_BD_TURN), ours) < 5
    assert rules.from_wgs84(*ours, Datum.BD09) == pytest.approx((lon, lat), abs=1e-8)


@given(SHANGHAI, st.sampled_from(list(Datum)))
def test_a_point_comes_back_from_every_datum(here: tuple[float, float], datum: Datum) -> None:
    there = rules.from_wgs84(*here, datum)
    assert rules.metres(rules.to_wgs84(*there, datum), here) < 0.01


@given(WORLD, st.sampled_from(list(Datum)))
def test_the_inverse_ends_everywhere(here: tuple[float, float], datum: Datum) -> None:
    assert all(map(math.isfinite, rules.to_wgs84(*here, datum)))


@given(SHANGHAI)
def test_the_national_datum_of_2000_is_that_of_the_satellites_within_centimetres(
    here: tuple[float, float],
) -> None:
    assert rules.to_wgs84(*here, Datum.CGCS2000) == here


@given(SHANGHAI)
def test_the_shift_is_hundreds_of_metres_here_and_nothing_abroad(here: tuple[float, float]) -> None:
    assert 300 < rules.metres(rules.from_wgs84(*here, Datum.GCJ02), here) < 900
    assert rules.from_wgs84(2.35, 48.85, Datum.GCJ02) == (2.35, 48.85)


# Duty hours -----------------------------------------------------------------------------------------------------------

STRETCHES = st.lists(st.builds(Hours, st.integers(0, 100), st.integers(0, 100)), max_size=8)


@given(STRETCHES, st.integers(-5, 110))
def test_a_moment_is_on_duty_if_and_only_if_some_stretch_holds_it(hours: list[Hours], at: int) -> None:
    assert rules.on_duty(at, rules.merged(hours)) is any(h.starts <= at < h.ends for h in hours)


def test_nothing_is_on_duty_without_hours_and_the_last_moment_is_none_of_them() -> None:
    assert not rules.on_duty(5, ())
    assert rules.on_duty(0, (Hours(0, 10),))
    assert not rules.on_duty(10, (Hours(0, 10),))


def test_rules_of_keeping_are_read_from_their_rows() -> None:
    row = {"kind": "phone", "only_on_duty": "yes", "hot_days": "7", "file_days": "180", "basis": "PIPL §19"}
    told = rules.keeping_rules([row, {**row, "kind": "vehicle_terminal", "only_on_duty": "no"}])
    assert told["phone"] == ("phone", True, 7, 180, "PIPL §19")
    assert not told["vehicle_terminal"].only_on_duty


# Registration ---------------------------------------------------------------------------------------------------------

GOOD = {
    "kind": "vehicle_terminal",
    "protocol": "jt808",
    "identity": "13800000001",
    "officer": None,
    "plate": "沪A12345",
}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        (
            {"kind": "phone", "protocol": "osmand", "identity": "ab-12", "officer": object(), "plate": ""},
            set(),
        ),
        ({"kind": "body_camera", "protocol": "gb28181", "identity": "3" * 20, "plate": ""}, set()),
        ({"kind": "drone"}, {"kind", "plate"}),
        ({"protocol": "mqtt"}, {"protocol"}),
        ({"identity": "13A"}, {"identity"}),
        ({"identity": ""}, {"identity"}),
        ({"protocol": "osmand", "identity": "a b"}, {"identity"}),
        ({"protocol": "gb28181", "identity": "3" * 19}, {"identity"}),
        ({"officer": object()}, {"officer"}),
        ({"plate": ""}, {"plate"}),
        ({"kind": "phone"}, {"plate"}),
    ],
)
def test_a_registration_is_refused_field_by_field(changed: dict[str, Any], wrong: set[str]) -> None:
    assert set(rules.faults(GOOD | changed)) == wrong


@pytest.mark.parametrize(
    ("protocol", "typed", "kept"),
    [
        ("jt808", " 013800000001 ", "13800000001"),
        ("jt808", "000", "0"),
        ("jt808", "", ""),
        ("osmand", "007", "007"),
    ],
)
def test_identities_are_compared_as_their_protocol_does(protocol: str, typed: str, kept: str) -> None:
    assert rules.tidy_identity(protocol, typed) == kept


@pytest.mark.parametrize(
    ("lon", "lat", "good"),
    [(121.5, 31.2, True), (0, 0, False), (0, 31, True), (181, 0, False), (0, -91, False), (math.nan, 1, False),
     (1, math.inf, False)],
)  # fmt: skip
def test_what_is_no_place_is_told(lon: float, lat: float, good: bool) -> None:
    assert rules.plausible(lon, lat) is good


# Health ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("health", "found"),
    [
        (Health(None, None, None), set()),
        (Health(None, 900, 900), set()),
        (Health(5, None, None), set()),
        (Health(20, None, None), {FaultKind.SILENT}),
        (Health(20, 16, 16), {FaultKind.SILENT}),
        (Health(20, 1, None), {FaultKind.NO_FIX}),
        (Health(20, 1, 30), {FaultKind.NO_FIX}),
        (Health(5, 1, 30), set()),
        (Health(20, 1, 1), set()),
        (Health(20, 1, 1, alarm=1 << 5), {FaultKind.ANTENNA}),
        (Health(None, 1, 1, alarm=1 << 7 | 1 << 8), {FaultKind.LOW_POWER, FaultKind.POWER_CUT}),
        (Health(20, 1, 1, alarm=1 << 9 | 1 << 11), {FaultKind.DISPLAY, FaultKind.CAMERA}),
        (Health(20, 1, 1, alarm=1 << 0 | 1 << 1 | 1 << 29), set()),
        (Health(20, 1, 1, frames=99, bad=99), set()),
        (Health(20, 1, 1, frames=100, bad=5), set()),
        (Health(20, 1, 1, frames=100, bad=6), {FaultKind.BAD_FRAMES}),
    ],
)
def test_faults_are_told_from_their_signs(health: Health, found: set[FaultKind]) -> None:
    assert rules.found_faults(health) == found


def test_a_shift_that_nothing_undoes_is_given_up_after_some_rounds() -> None:
    asked = []

    def nowhere(lon: float, lat: float) -> tuple[float, float]:
        asked.append((lon, lat))
        return 0.0, 0.0

    _inverse(nowhere)(121.5, 31.2)
    assert 1 < len(asked) < 100
