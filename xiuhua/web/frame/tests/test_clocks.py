"""How a deadline is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.workdays import Calendar
from xiuhua.web.frame.clocks import Tone, day_clock, moment_clock, tone_of

TODAY = date(2026, 5, 18)
PLAIN_WEEK = Calendar({}, known_until=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("left", "unit", "length", "tone"),
    [
        (41, "calendar_day", 90, Tone.FAR),
        (15, "calendar_day", 90, Tone.FAR),
        (14, "calendar_day", 90, Tone.SOON),
        (13, "calendar_day", 90, Tone.SOON),
        (18, "calendar_day", 30, Tone.FAR),
        (6, "calendar_day", 30, Tone.SOON),
        (3, "calendar_day", 15, Tone.SOON),
        (4, "calendar_day", 15, Tone.FAR),
        (3, "calendar_day", 10, Tone.SOON),
        (4, "working_day", 5, Tone.FAR),
        (3, "working_day", 5, Tone.SOON),
        (0, "working_day", 7, Tone.SOON),
        (0, "calendar_day", None, Tone.SOON),
        (-1, "calendar_day", 90, Tone.OVER),
        (-1, "working_day", 7, Tone.OVER),
    ],
)
def test_the_tone_follows_what_is_left(left: int, unit: str, length: int | None, tone: Tone) -> None:
    assert tone_of(left, unit, length) is tone


def test_working_days_are_counted_by_the_calendar() -> None:
    clock = day_clock(
        "送达", date(2026, 5, 25), today=TODAY, calendar=PLAIN_WEEK, unit="working_day", length=7
    )
    assert (clock.left, clock.words) == (5, "剩 5 个工作日")


def test_a_deadline_that_passed_over_a_weekend_is_over_though_no_working_day_went_by() -> None:
    friday, sunday = date(2026, 5, 15), date(2026, 5, 17)
    clock = day_clock("送达", friday, today=sunday, calendar=PLAIN_WEEK, unit="working_day")
    assert clock.tone is Tone.OVER
    assert clock.words == "超 1 个工作日"


@pytest.mark.parametrize(
    ("days", "words", "english"),
    [(13, "剩 13 日", "13 days left"), (0, "今天到期", "due today"), (-2, "超 2 日", "2 days over")],
)
def test_a_clock_speaks_both_languages(days: int, words: str, english: str) -> None:
    clock = day_clock("决定", TODAY + timedelta(days=days), today=TODAY, length=90)
    assert clock.words == words
    with translation.override("en"):
        assert clock.words == english


def test_a_suspended_clock_stands_still_whatever_its_day() -> None:
    clock = day_clock("决定", TODAY - timedelta(days=9), today=TODAY, suspended=True)
    assert (clock.tone, clock.words) == (Tone.STILL, "中止")


def test_hours_and_minutes_are_told_as_such() -> None:
    now = datetime(2026, 5, 18, 9, 0, tzinfo=SHANGHAI)
    assert moment_clock("到场", now + timedelta(minutes=24), now=now).words == "剩 24 分钟"
    assert moment_clock("到场", now + timedelta(hours=5), now=now).words == "剩 5 小时"
    late = moment_clock("到场", now - timedelta(minutes=1), now=now)
    assert (late.tone, late.words) == (Tone.OVER, "超 1 分钟")
