"""Dates as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.kernel.clock import SHANGHAI
from xiuhua.web.frame.dates import parse_day, parse_moment

TODAY = date(2026, 5, 18)
NOW = datetime(2026, 5, 18, 9, 26, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0503", date(2026, 5, 3)),
        ("5.3", date(2026, 5, 3)),
        ("5月3日", date(2026, 5, 3)),
        ("5-3", date(2026, 5, 3)),
        ("20180503", date(2018, 5, 3)),
        ("2018-05-03", date(2018, 5, 3)),
        ("2018/5/3", date(2018, 5, 3)),
        ("2018年5月3日", date(2018, 5, 3)),
        ("明天", date(2026, 5, 19)),
        ("今天", TODAY),
        ("后天", date(2026, 5, 20)),
        ("昨天", date(2026, 5, 17)),
        ("+3", date(2026, 5, 21)),
        ("-20", date(2026, 4, 28)),
        (" Tomorrow ", date(2026, 5, 19)),
    ],
)
def test_it_understands_a_day_as_people_write_it(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


def test_a_day_without_a_year_is_the_one_nearest_to_today() -> None:
    assert parse_day("1229", date(2026, 1, 4)) == date(2025, 12, 29)
    assert parse_day("0104", date(2025, 12, 29)) == date(2026, 1, 4)
    assert parse_day("0229", date(2024, 5, 18)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "13", "1301", "0230", "2018-13-01", "2018-02-30", "下周", "0503x", "2018年", "99999999"]
)
def test_it_refuses_what_is_no_day_and_says_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match=r"日期|这一天"):
        parse_day(text, TODAY)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_survives_being_written_in_full(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert parse_day(text, TODAY) == day


@given(st.dates(min_value=date(2025, 11, 20), max_value=date(2026, 11, 10)))
def test_every_day_of_half_a_year_around_survives_four_digits(day: date) -> None:
    assert parse_day(f"{day:%m%d}", TODAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("0503 1430", (2026, 5, 3, 14, 30)),
        ("昨天 9:05", (2026, 5, 17, 9, 5)),
        ("14:30", (2026, 5, 18, 14, 30)),
        ("14点30分", (2026, 5, 18, 14, 30)),
        ("2018-05-16T09:10", (2018, 5, 16, 9, 10)),
        ("今天 9时", (2026, 5, 18, 9, 0)),
    ],
)
def test_it_understands_a_moment(text: str, moment: tuple[int, ...]) -> None:
    assert parse_moment(text, NOW) == datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]  # five numbers


@pytest.mark.parametrize("text", ["0503 25:00", "0503 9:75", "早上", "0503 14:30 15:00", "9:1x"])
def test_it_refuses_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"时刻|日期"):
        parse_moment(text, NOW)
