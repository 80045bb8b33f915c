"""Bodies: what the published frames say, and bodies that are cut short."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.codec import V2013, V2019, BadFrame, Fault, Frame, decode
from xiuhua.gateways.jt808.messages.ids import Registered
from xiuhua.gateways.jt808.vendors import Reading, layout_of, readings, text
from xiuhua.gateways.tests.published import here

EAST_8 = timezone(timedelta(hours=8))
POSITION = bytes.fromhex("000000000000000301dc9f59073da55b000a0168005a260102030405")


def body_of(vector: dict[str, Any]) -> Frame:
    return decode(bytes.fromhex(vector["input_hex"])[1:-1], strict=False)


def seconds(bcd: str) -> int | None:
    try:
        return int(datetime.strptime(bcd, "%y%m%d%H%M%S").replace(tzinfo=EAST_8).timestamp())
    except ValueError:
        return None


def same_place(got: messages.Position, said: dict[str, Any]) -> None:
    assert (got.lat, got.lon) == (said["lat"], said["lon"])
    assert (got.lat_raw, got.lon_raw, got.altitude, got.direction) == (
        said["lat_raw"],
        said["lon_raw"],
        said["altitude_m"],
        said["direction"],
    )
    assert round(got.speed / 10, 1) == said["speed_kmh"]
    assert (got.alarm, got.status) == (int(said["alarm"], 16), int(said["status"], 16))
    assert got.fixed is said["fixed"]
    assert got.at == seconds(said["time_bcd_gmt8"])
    assert [(f"0x{i:02X}", raw.hex()) for i, raw in messages.items(got.items)] == [
        (extra["id"], extra["hex"]) for extra in said["extras"]
    ]


def test_every_published_position_is_read_as_published() -> None:
    found = [v for v in here("jt808_frames") if "location" in v["expected"]["derived"]]
    assert len(found) > 40
    for vector in found:
        same_place(messages.position(body_of(vector).body), vector["expected"]["derived"]["location"])


def test_every_published_batch_is_read_as_published() -> None:
    found = [v for v in here("jt808_frames") if "batch" in v["expected"]["derived"]]
    assert found
    for vector in found:
        said = vector["expected"]["derived"]["batch"]
        kind, points = messages.batch(body_of(vector).body)
        assert (kind, len(points)) == (said["type"], said["count"])
        for point, each in zip(points, said["items"], strict=False):
            same_place(point, each)


def test_registrations_of_real_terminals_are_read_whatever_side_they_pad() -> None:
    found = [v for v in here("jt808_frames") if "encoder_parameters" in v["expected"]["asserted_upstream"]]
    assert found
    for vector in found:
        frame = body_of(vector)
        said = vector["expected"]["asserted_upstream"]["encoder_parameters"]
        if "auth_code" in said and frame.msg_id == messages.Msg.AUTHENTICATE:
            got = messages.authentication(frame)
            assert got.code == said["auth_code"]
            if frame.version == V2019:
                assert (got.imei, got.software) == (said["imei_2019"], said["app_version_2019"])
        if frame.msg_id == messages.Msg.REGISTER:
            told = messages.registration(frame)
            assert (told.province, told.city) == (said["province_id"], said["city_id"])
            assert (told.maker, told.terminal) == (said["manufacturer_id"], said["terminal_id"])
            assert said["terminal_model"].startswith(told.model)
            assert (told.colour, told.plate) == (said["plate_color"], said["plate_no"])
            assert str(told.year) == vector["expected"]["asserted_upstream"]["version"]


def test_a_header_of_2019_with_a_body_of_2013_is_read_by_its_length() -> None:
    body = (
        b"\0\x1f\0\x73" + b"70111" + b"M".ljust(20, b"\0") + b"T000001" + b"\x02" + "沪A12345".encode("gbk")
    )
    told = messages.registration(Frame(0x0100, V2019, bytes(10), 0, body))
    assert (told.year, told.plate, told.colour) == (2013, "沪A12345", 2)


def test_a_body_that_no_layout_fits_is_no_registration() -> None:
    assert layout_of(b"\0" * 20, 2019) is None
    assert layout_of(b"\xff" * 60, 2019) is None
    with pytest.raises(BadFrame):
        messages.registration(Frame(0x0100, V2013, bytes(6), 0, b"\xff" * 60))


def test_the_code_of_2019_stands_after_its_length_and_a_bare_one_is_taken_too() -> None:
    code = b"AUTH1"
    whole = bytes((len(code),)) + code + b"861234567890123" + b"V1".ljust(20, b"\0")
    assert messages.authentication(Frame(0x0102, V2019, bytes(10), 0, whole)).imei == "861234567890123"
    assert messages.authentication(Frame(0x0102, V2019, bytes(10), 0, code)) == ("AUTH1", "", "")
    assert messages.authentication(Frame(0x0102, V2019, bytes(10), 0, b"")).code == ""


@given(st.integers(946_684_800, 4_102_358_400))
def test_a_moment_is_read_back_from_its_digits(at: int) -> None:
    assert messages.moment(messages.bcd_time(at)) == at


@pytest.mark.parametrize(
    "digits",
    ["000000000000", "260230120000", "261301000000", "260101240000", "260101006000", "260101000060", "2a0101000000",
     "26010100000f", "260431000000"],
)  # fmt: skip
def test_digits_that_are_no_moment_are_none(digits: str) -> None:
    assert messages.moment(bytes.fromhex(digits)) is None


def test_south_and_west_are_told_by_the_status() -> None:
    raw = bytearray(POSITION)
    raw[7] = 0x02 | 0x04 | 0x08 | 0x20
    told = messages.position(bytes(raw))
    assert (told.lat, told.lon) == (-31.235929, -121.480539)
    assert told.fixed
    assert told.shifted
    assert not messages.position(POSITION).shifted


@pytest.mark.parametrize(
    "read",
    [
        lambda: messages.position(POSITION[:27]),
        lambda: messages.batch(b"\0"),
        lambda: messages.batch(b"\0\0\0"),
        lambda: messages.batch(b"\0\1\0"),
        lambda: messages.batch(b"\0\1\0\0\x1c" + POSITION[:20]),
        lambda: messages.batch(b"\0\1\0\0\x02ab"),
        lambda: messages.answer(b"\0\0\0\0"),
        lambda: messages.missing(V2013, b"\0\0"),
        lambda: messages.missing(V2019, b"\0\0\0\2\0\1"),
        lambda: messages.parameters(b"\0\0"),
        lambda: messages.media(b"\0\0\0\1\0\0\0\0"),
    ],
)
def test_a_body_that_breaks_off_is_a_bad_frame(read: Callable[[], object]) -> None:
    with pytest.raises(BadFrame) as bad:
        read()
    assert bad.value.fault is Fault.BODY


def test_an_item_longer_than_what_is_left_is_dropped_with_what_follows() -> None:
    assert messages.items(bytes.fromhex("30011f310512")) == [(0x30, b"\x1f")]
    assert messages.items(b"\x30") == []


def test_items_are_read_as_people_read_them_and_unknown_ones_stay_hex() -> None:
    told = readings(
        [
            (1, bytes.fromhex("000003e8")),
            (6, b"\x80\x05"),
            (6, b"\0\x07"),
            (0x64, b"\1"),
            (0xEB, b"\2"),
            (1, b"\1"),
        ]
    )
    assert told == [
        Reading(1, "mileage", 100.0, "km"),
        Reading(6, "carriage_temperature", -5, "°C"),
        Reading(6, "carriage_temperature", 7, "°C"),
        Reading(0x64, "adas_alarm", "01", ""),
        Reading(0xEB, "0xEB", "02", ""),
        Reading(1, "mileage", "01", ""),
    ]


def test_text_is_stripped_on_both_sides_and_never_fails() -> None:
    assert text(b"\0\0M1 \0") == "M1"
    assert text(b"\xff\xff") != ""


@given(
    st.sampled_from([V2013, V2019]), st.integers(0, 0xFFFF), st.lists(st.integers(1, 0xFFFF), max_size=255)
)
def test_the_list_of_missing_fragments_is_read_back(version: int, first: int, lacks: list[int]) -> None:
    assert messages.missing(version, messages.missing_body(version, first, lacks)) == (first, lacks)


def test_no_more_fragments_are_asked_for_than_fit() -> None:
    assert len(messages.missing(V2013, messages.missing_body(V2013, 1, range(1, 900)))[1]) == 255
    assert len(messages.missing(V2019, messages.missing_body(V2019, 1, range(1, 900)))[1]) == 400


def test_a_refused_registration_carries_no_code() -> None:
    assert messages.registration_answer(1, Registered.TERMINAL_UNKNOWN, "C").hex() == "000104"
    assert messages.registration_answer(1, Registered.OK, "C").hex() == "00010043"


def test_orders_are_laid_out_as_the_standard_says() -> None:
    assert messages.set_parameters({0x29: 10}).hex() == "0100000029040000000a"
    assert messages.ask_parameters() == b""
    assert messages.track(5, 600).hex() == "000500000258"
    assert messages.track(0, 600).hex() == "0000"
    assert messages.say(V2013, "停").hex() == "04" + "停".encode("gbk").hex()
    assert messages.say(V2019, "停", urgent=True, speak=True).hex() == "0d01" + "停".encode("gbk").hex()
    assert messages.say(V2013, "停", display=False, speak=True)[0] == 0x08
    assert messages.say(V2013, "停" * 1000)[1:].decode("gbk") == "停" * 511
    assert messages.shoot(messages.Shot()).hex() == "010001000000020180404080"
    assert messages.answer_body(messages.Answer(1, 0x8300, 0)).hex() == "0001830000"
    assert messages.time_body(1_790_000_000) == messages.bcd_time(1_790_000_000 - 8 * 3600)


def test_parameters_come_as_they_were_sent_and_a_broken_one_ends_them() -> None:
    assert messages.parameters(b"\0\7" + messages.set_parameters({1: 15})) == (7, {1: b"\0\0\0\x0f"})
    assert messages.parameters(bytes.fromhex("0007020000000104000000")) == (7, {})


@given(st.dictionaries(st.sampled_from(sorted(messages.PARAMETERS)), st.integers(0, 2**32 - 1)))
def test_parameters_that_are_set_are_those_that_a_terminal_reads(values: dict[int, int]) -> None:
    serial, found = messages.parameters(b"\1\2" + messages.set_parameters(values))
    assert serial == 0x0102
    assert {id_: int.from_bytes(value, "big") for id_, value in found.items()} == values


def test_a_terminal_numbers_the_pictures_that_it_took() -> None:
    assert messages.shots(bytes.fromhex("000500" + "0002" + "00000007" + "00000008")) == (5, 0, [7, 8])
    assert messages.shots(bytes.fromhex("000500" + "0002" + "00000007" + "0000")) == (5, 0, [7])
    assert messages.shots(bytes.fromhex("000502")) == (5, 2, [])
    with pytest.raises(BadFrame):
        messages.shots(b"\0\5")


def test_media_of_2011_has_no_position_and_later_ones_do() -> None:
    head = bytes.fromhex("0000000700000102")
    assert messages.media(head + b"\xff\xd8\xff\xe0data").position is None
    told = messages.media(head + POSITION + b"\xff\xd8\xff\xe0data")
    assert (told.id, told.event, told.channel, told.data) == (7, 1, 2, b"\xff\xd8\xff\xe0data")
    assert told.position is not None
    assert told.position.lat == 31.235929


@given(st.binary(max_size=120), st.sampled_from([V2013, V2019]))
def test_no_body_breaks_a_reader(body: bytes, version: int) -> None:
    frame = Frame(0x0100, version, bytes(6 if version == V2013 else 10), 0, body)
    readers: list[Callable[[], object]] = [
        lambda: messages.registration(frame),
        lambda: messages.authentication(frame),
        lambda: messages.position(body),
        lambda: messages.items(body),
        lambda: messages.batch(body),
        lambda: messages.media(body),
        lambda: messages.parameters(body),
        lambda: messages.shots(body),
        lambda: messages.missing(version, body),
    ]
    for read in readers:
        with suppress(BadFrame):
            read()
