"""Bodies of cameras say what they say, in whatever letters; what cannot be is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.gateways.gb28181 import codec, messages
from xiuhua.gateways.gb28181.codec import Fault, Malformed
from xiuhua.gateways.gb28181.messages import CHINA, Alarm, Catalogue, DeviceInfo, Keepalive, Other, Position
from xiuhua.gateways.gb28181.tests.camera import CAMERA, keepalive, notify, position
from xiuhua.gateways.tests.published import here


def published() -> dict[str, tuple[bytes, dict[str, Any]]]:
    """Id → body and what is expected of it."""
    found = {}
    for vector in here("gb28181"):
        given_, expected = vector["input"], vector["expected"]
        if "xml" in given_:
            found[vector["id"]] = (
                given_["xml"].encode(vector["input"].get("encode_body_as", "utf-8")),
                expected,
            )
        elif "sip" in given_ and "cmd_type" in expected:
            found[vector["id"]] = codec.parse(given_["sip"].encode()).body, expected
    return found


def test_every_published_body_is_read_as_published() -> None:
    bodies = published()
    for body, expected in bodies.values():
        if expected.get("accept") is False:
            with pytest.raises(Malformed):
                messages.read(body)
        else:
            assert messages.read(body).sn == expected["sn"]
    at = datetime(2026, 4, 11, 10, 30, tzinfo=CHINA)
    where = messages.read(bodies["uvp-mp-response"][0])
    assert where == Position("17", CAMERA, at, 121.473701, 31.230416, 0.0, 0.0, 3.0)
    alarm = messages.read(bodies["dahua-alarm"][0])
    assert isinstance(alarm, Alarm)
    assert (alarm.priority, alarm.method, alarm.kind, alarm.description) == (1, 5, 2, "视频动检")
    assert alarm.at == datetime(2023, 8, 9, 7, 38, 35, tzinfo=CHINA)
    catalogue = messages.read(bodies["dahua-catalog-response"][0])
    assert isinstance(catalogue, Catalogue)
    assert (catalogue.sum_num, [item.name for item in catalogue.items]) == (1, ["DH71"])
    info = messages.read(bodies["dahua-deviceinfo-response"][0])
    assert isinstance(info, DeviceInfo)
    assert (info.manufacturer, info.firmware) == ("Dahua", "2.623.0000000.17.R,2019-01-19")
    kept = messages.read(bodies["cmcc-tcp-keepalive"][0])
    assert kept == Keepalive("117", "340110000002000000101", "OK")


@pytest.mark.parametrize("letters", ["utf-8", "gb2312", "gb18030"])
def test_chinese_is_read_in_the_letters_it_came_in(letters: str) -> None:
    inner = f"<CmdType>DeviceInfo</CmdType><DeviceID>{CAMERA}</DeviceID><DeviceName>执法记录仪</DeviceName>"
    info = messages.read(f"<Response>{inner}</Response>".encode(letters))
    assert isinstance(info, DeviceInfo)
    assert info.name == "执法记录仪"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<Notify/>",
        b"<Notify><CmdType>Keepalive</CmdType></Notify>",
        notify("<CmdType>Keepalive</CmdType><DeviceID>1</DeviceID>", root="Else"),
        b'<!DOCTYPE a [<!ENTITY b "c">]><Notify><CmdType>Keepalive</CmdType><DeviceID>&b;</DeviceID></Notify>',
        position(lon="east"),
        position(lon=""),
        position(lat="nan"),
        position(lat="1e999"),
        b"<Notify>\xff\xfe\x00</Notify>",
    ],
)
def test_a_body_that_says_nothing_that_can_be_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed) as refused:
        messages.read(body)
    assert refused.value.fault is Fault.BODY


def test_what_is_no_number_where_one_may_be_missing_counts_as_nought() -> None:
    body = notify(
        f"<CmdType>Alarm</CmdType><SN>1</SN><DeviceID>{CAMERA}</DeviceID><AlarmPriority>x</AlarmPriority>"
    )
    assert messages.read(body) == Alarm("1", CAMERA, 0, 0, None, None, "")


def test_an_answer_to_a_subscription_and_a_question_are_no_positions() -> None:
    inner = f"<CmdType>MobilePosition</CmdType><SN>3</SN><DeviceID>{CAMERA}</DeviceID>"
    expected = Other("3", CAMERA, "MobilePosition")
    assert messages.read(notify(inner + "<Result>OK</Result>", root="Response")) == expected
    assert messages.read(notify(inner, root="Query")) == expected
    unknown = notify(f"<CmdType>PresetQuery</CmdType><SN>4</SN><DeviceID>{CAMERA}</DeviceID>")
    assert messages.read(unknown) == Other("4", CAMERA, "PresetQuery")


def test_rows_of_a_catalogue_without_a_number_are_left_out() -> None:
    items = "<Item><Name>a</Name></Item><Item><DeviceID>9</DeviceID><Status>on</Status></Item>"
    inner = f"<CmdType>Catalog</CmdType><SN>1</SN><DeviceID>{CAMERA}</DeviceID><SumNum>2</SumNum>"
    found = messages.read(notify(f"{inner}<DeviceList>{items}</DeviceList>", root="Response"))
    assert isinstance(found, Catalogue)
    assert [(item.id, item.status) for item in found.items] == [("9", "ON")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-22T09:30:00", datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)),
        ("2026-11-22T01:30:00Z", datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)),
        ("2026-11-22 09:30:00.250", datetime(2026, 11, 22, 9, 30, 0, 250000, tzinfo=CHINA)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_without_a_zone_is_that_of_china(text: str, at: datetime | None) -> None:
    assert messages.moment(text) == at


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda i, b: keepalive()[:i] + b + keepalive()[i:], st.integers(0, 150), st.binary(max_size=9)
    )
)
def test_no_body_at_all_breaks_the_reader(body: bytes) -> None:
    try:
        messages.read(body)
    except Malformed:
        return


def test_a_question_of_ours_can_be_read_by_ourselves() -> None:
    body = messages.query("MobilePosition", 17, CAMERA, Interval=5)
    assert messages.read(body) == Other("17", CAMERA, "MobilePosition")
    assert b"<Interval>5</Interval>" in body
