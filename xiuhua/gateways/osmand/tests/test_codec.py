"""Requests: the published ones, and any text at all. No database."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.gateways.osmand.codec import MOST_BYTES, read
from xiuhua.gateways.osmand.messages import BadReport, Report, moment, number
from xiuhua.gateways.osmand.sink import AHEAD_MS, MOCK, MOST_ATTRIBUTES, taken
from xiuhua.gateways.tests.published import here
from xiuhua.observations.queries import Known
from xiuhua.observations.rules import Datum, Hours, from_wgs84

NOW = 1_790_000_000_000
DUTY = (Hours(NOW - 3_600_000, NOW + 3_600_000),)
PLACE = (121.505, 31.205)


def asked(vector: dict[str, Any]) -> Report:
    said = vector["input"]
    if said["method"] == "GET":
        return read(urlsplit(said["url"]).query, "", b"")
    return read("", said["content_type"], json.dumps(said["body"]).encode())


def test_every_published_request_is_read_as_published() -> None:
    for vector in here("osmand"):
        said = vector["expected"]
        if said.get("accept") is False:
            with pytest.raises(BadReport):
                asked(vector)
            continue
        got = asked(vector)
        assert got.device == said["device_id"], vector["id"]
        assert (got.lat, got.lon) == (said.get("lat"), said.get("lon")), vector["id"]
        if "time" in said:
            assert got.at == round(datetime.fromisoformat(said["time"]).timestamp() * 1000)
        if "timestamp_raw" in said:
            assert got.at == moment(said["timestamp_raw"])
        if said["upstream_check"] == "verifyAttribute":
            assert f"{got.attributes[said['attribute']]}L" == said["value"]


def test_speeds_come_in_knots_by_address_and_in_metres_a_second_as_json() -> None:
    plain = read(
        "deviceid=a&location=31.2,121.5&speed=10&heading=90&batt=55&accuracy=3&key=k&x=1&valid=true", "", b""
    )
    assert (plain.lat, plain.lon, plain.course, plain.battery, plain.accuracy) == (31.2, 121.5, 90, 55, 3)
    assert plain.speed == pytest.approx(18.52)
    assert (plain.key, plain.attributes) == ("k", {"x": "1"})
    location = {
        "coords": {"latitude": 31.2, "longitude": 121.5, "speed": 10, "heading": -1, "accuracy": True},
        "battery": {"level": 0.5},
        "activity": {"type": "walking"},
        "mock": True,
        "event": "motionchange",
    }
    told = read(
        "key=k",
        "application/json; charset=utf-8",
        json.dumps({"device_id": 7, "location": location}).encode(),
    )
    assert (told.device, told.speed, told.course, told.battery, told.accuracy) == ("7", 36, None, 50, None)
    assert (told.key, told.mock, told.at) == ("k", True, None)
    assert told.attributes == {"event": "motionchange", "activity": "walking"}


def test_a_form_is_read_like_an_address_and_both_together() -> None:
    got = read("id=a", "application/x-www-form-urlencoded", b"lat=31.2&lon=121.5")
    assert (got.device, got.lat) == ("a", 31.2)
    assert read("", "", b"id=a").device == "a"


def test_a_position_that_the_phone_calls_invalid_is_none() -> None:
    assert read("id=a&lat=31.2&lon=121.5&valid=false", "", b"").lat is None


@pytest.mark.parametrize(
    ("query", "kind", "body"),
    [
        ("", "", b""),
        ("lat=1&lon=2", "", b""),
        ("id=", "", b""),
        ("id=a&lat=x", "", b""),
        ("id=a&speed=nan", "", b""),
        ("id=a&timestamp=yesterday", "", b""),
        ("&".join(f"a{n}=1" for n in range(200)), "", b""),
        ("id=a", "text/plain", b"\xff\xfe"),
        ("", "application/json", b"{"),
        ("", "application/json", b"[" * 30_000),
        ("", "application/json", b"[]"),
        ("", "application/json", b'{"location": {}}'),
        ("", "application/json", b'{"device_id": ""}'),
        ("", "application/json", b'{"device_id": [1]}'),
        ("id=a", "", b"x" * (MOST_BYTES + 1)),
    ],
)
def test_a_request_that_is_no_report_is_refused(query: str, kind: str, body: bytes) -> None:
    with pytest.raises(BadReport):
        read(query, kind, body)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", None),
        ("1377177267", 1_377_177_267_000),
        ("1377177267123", 1_377_177_267_123),
        ("2014-06-04 09:10:11", 1_401_873_011_000),
        ("2014-06-04T17:10:11+08:00", 1_401_873_011_000),
        ("2014-06-04T09:10:11.5Z", 1_401_873_011_500),
    ],
)
def test_moments_are_read_in_all_their_forms(text: str, at: int | None) -> None:
    assert moment(text) == at


@pytest.mark.parametrize("text", ["nan", "1e400", "9e99", "soon"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(BadReport):
        moment(text)
    if text != "9e99":
        with pytest.raises(BadReport):
            number(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.dictionaries(
        st.sampled_from(
            ["location", "coords", "latitude", "speed", "battery", "level", "timestamp", "extras"]
        ),
        inner,
    ),
    max_leaves=8,
)


@given(st.text(max_size=60), st.sampled_from(["", "application/json"]), st.binary(max_size=60))
def test_no_request_breaks_the_reader(query: str, kind: str, body: bytes) -> None:
    with suppress(BadReport):
        assert isinstance(read(f"id=a&{query}", kind, body), Report)


@given(JSON, JSON)
def test_no_json_breaks_the_reader(location: object, device: object) -> None:
    body = json.dumps({"device_id": device, "location": location}).encode()
    with suppress(BadReport):
        assert isinstance(read("", "application/json", body), Report)


# Rows -----------------------------------------------------------------------------------------------------------------


def phone(datum: Datum = Datum.WGS84) -> Known:
    return Known(7, "phone", 1, datum, False, "", DUTY)


def report(query: str) -> Report:
    return read(f"id=a&{query}", "", b"")


def test_a_report_on_duty_becomes_a_row_with_all_it_said() -> None:
    row, news = taken(phone(), report(f"lat=31.205&lon=121.505&timestamp={NOW}&bearing=361&batt=80&x=1"), NOW)
    assert row is not None
    assert (row.lon, row.lat, row.at, row.course, row.datum) == (*PLACE, NOW, 1, Datum.WGS84)
    assert json.loads(row.items or b"") == {"x": "1", "batt": 80.0}
    assert (news.row, news.off_duty) == (row, 0)


def test_a_datum_of_the_phone_is_converted_and_what_was_sent_stays() -> None:
    lon, lat = from_wgs84(*PLACE, Datum.GCJ02)
    row, _ = taken(phone(Datum.GCJ02), report(f"lat={lat}&lon={lon}"), NOW)
    assert row is not None
    assert (row.lon, row.lat) == pytest.approx(PLACE, abs=1e-7)
    assert (row.lon_sent, row.lat_sent, row.datum, row.at) == (lon, lat, Datum.GCJ02, NOW)


@pytest.mark.parametrize("query", ["", "lat=31", "lat=0&lon=0", "lat=91&lon=121"])
def test_a_report_without_a_place_only_says_that_the_phone_lives(query: str) -> None:
    row, news = taken(phone(), report(query), NOW)
    assert (row, news.frames, news.off_duty) == (None, 1, 0)


def test_off_duty_nothing_is_kept_and_a_moment_to_come_is_that_of_receiving() -> None:
    row, news = taken(phone(), report(f"lat=31&lon=121&timestamp={NOW - 7_200_000}"), NOW)
    assert (row, news.off_duty) == (None, 1)
    ahead, _ = taken(phone(), report(f"lat=31&lon=121&timestamp={NOW + AHEAD_MS + 1}"), NOW)
    assert ahead is not None
    assert ahead.at == NOW


def test_a_made_up_position_says_so_and_endless_attributes_are_not_kept() -> None:
    coords, endless = {"latitude": 31, "longitude": 121, "altitude": 10**400}, {"x": "y" * MOST_ATTRIBUTES}
    told = {"location": {"mock": True, "coords": coords, "extras": endless}}
    row, _ = taken(
        phone(), read("", "application/json", json.dumps({"device_id": "a", **told}).encode()), NOW
    )
    assert row is not None
    assert (row.status, row.items) == (MOCK, None)
