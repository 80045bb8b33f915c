"""Which positions become rows, and as what. No database."""

from __future__ import annotations

import pytest

from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.sink import AHEAD_MS, Taken, taken
from xiuhua.gateways.jt808.tests.terminal import body
from xiuhua.observations.queries import Known
from xiuhua.observations.rules import Datum, Hours, from_wgs84

AT = 1_790_000_000
NOW = AT * 1000 + 2000
DUTY = (Hours(NOW - 7_200_000, NOW - 3_600_000), Hours(NOW - 600_000, NOW + 3_600_000))
PLACE = (121.505, 31.205)


def device(datum: Datum = Datum.WGS84, hours: tuple[Hours, ...] = DUTY) -> Known:
    return Known(7, "vehicle_terminal", 1, datum, False, "", hours)


def take(*bodies: bytes, of: Known | None = None) -> Taken:
    return taken(of or device(), [messages.position(each) for each in bodies], NOW)


def test_a_position_becomes_a_row_with_all_it_said() -> None:
    found = take(body(AT, alarm=5) + b"\x30\x01\x1f")
    (row,) = found.rows
    assert (row.device, row.at, row.received) == (7, AT * 1000, NOW)
    assert (row.lon, row.lat, row.lon_sent, row.lat_sent, row.datum) == (*PLACE, None, None, Datum.WGS84)
    assert (row.speed, row.course, row.altitude) == (33.0, 89, 10)
    assert (row.alarm, row.status, row.items) == (5, 3, b"\x30\x01\x1f")
    assert (found.alarm, found.off_duty) == (5, 0)


@pytest.mark.parametrize(("status", "of"), [(3 | 32, Datum.WGS84), (3, Datum.GCJ02), (3, Datum.BD09)])
def test_other_datums_are_converted_and_what_was_sent_stays_beside_it(status: int, of: Datum) -> None:
    sent = Datum.GCJ02 if status & 32 else of
    lon, lat = from_wgs84(*PLACE, sent)
    (row,) = take(body(AT, lon, lat, status), of=device(of)).rows
    assert (row.lon, row.lat) == pytest.approx(PLACE, abs=2e-6)
    assert (row.lon_sent, row.lat_sent) == pytest.approx((lon, lat), abs=1e-6)
    assert row.datum == sent


def test_south_and_west_are_negative() -> None:
    (row,) = take(body(AT, status=3 | 4 | 8)).rows
    assert (row.lon, row.lat) == (-PLACE[0], -PLACE[1])


def test_without_a_fix_or_at_no_place_only_the_alarm_is_kept() -> None:
    found = take(body(AT, status=1, alarm=32), body(AT, 0, 0, 3), body(AT, 0, 91, 3))
    assert found == Taken([], 32, 0)


def test_without_a_time_or_with_one_of_tomorrow_the_moment_of_receiving_counts() -> None:
    no_time = body(AT)[:22] + bytes(6)
    ahead = body(AT + AHEAD_MS // 1000 + 60)
    assert [row.at for row in take(no_time, ahead).rows] == [NOW, NOW]


def test_a_backlog_is_kept_as_far_as_it_lies_in_duty_hours() -> None:
    minutes = [-130, -119, -61, -59, -11, -9, 0]
    found = take(*(body(AT + 2 + 60 * m) for m in minutes))
    assert [round((row.at - NOW) / 60_000) for row in found.rows] == [-119, -61, -9, 0]
    assert found.off_duty == 3
    assert take(body(AT), of=device(hours=())).off_duty == 1
