"""Clocks of hearing and service by the law of their day, and what stands in the forms that take them over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from xiuhua.cases.procedure.facts.field import Kind, silent
from xiuhua.cases.procedure.facts.filling import Known, default_of, defaults
from xiuhua.cases.procedure.lapsing import lapse_of
from xiuhua.cases.procedure.side import SIDES, clocks
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.tests.procedure.setting import calendar, params_on

NOON = datetime.fromisoformat("2023-05-16T12:00")


def known(at: datetime = NOON) -> Known:
    return Known(at, "A", "officer", params_on(at.date()), calendar=calendar())


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        ("2018-09-28", "2018-11-27"),
        # The table of 2021 says thirty, but the civil rule was changed only with the new year.
        ("2021-09-01", "2021-10-31"),
        ("2021-12-31", "2022-03-01"),
        ("2022-01-01", "2022-01-31"),
        ("2023-05-16", "2023-06-15"),
    ],
)
def test_an_announcement_runs_for_the_days_of_the_law_of_its_own_day(posted: str, last: str) -> None:
    file = {"matter": "delivery", "delivery": {"announced_on": posted}}
    now = date.fromisoformat(posted)
    ends = clocks.lapse(SIDES["service"], "announced", file, now, calendar())
    assert ends is not None
    assert (ends.move.id, ends.due.day.isoformat()) == ("complete_announcement", last)
    field = silent("service.effective_on", Kind.DATE, "announced_until")
    assert default_of(field, file, known()) == last


def test_without_a_calendar_or_an_announcement_there_is_no_day_of_effect() -> None:
    field = silent("service.effective_on", Kind.DATE, "announced_until")
    assert default_of(field, {"delivery": {}}, known()) is None
    blind = Known(NOON, "A", "officer", params_on(NOON.date()))
    assert default_of(field, {"delivery": {"announced_on": "2023-05-16"}}, blind) is None


def test_the_day_of_a_hearing_is_the_clock_of_its_notice() -> None:
    file = {"hearing": {"planned_at": "2023-05-29T09:30", "notice_served_on": "2023-05-17"}}
    found = clocks.running(SIDES["hearing"], "scheduled", file, date(2023, 5, 18), calendar())
    assert [(r.move.id, r.due.day) for r in found] == [("hold_hearing", date(2023, 5, 29))]
    assert clocks.running(SIDES["hearing"], "host_appointed", {}, date(2023, 5, 18), calendar()) == []


def test_the_first_source_that_has_a_value_counts_and_no_is_a_value() -> None:
    field = silent("hearing.public", Kind.YES_NO, "hearing.public|yes")
    assert default_of(field, {}, known()) is True
    assert default_of(field, {"hearing": {"public": False}}, known()) is False
    assert default_of(silent("x.y", Kind.TEXT, "no.where|const:示例"), {}, known()) == "示例"
    assert default_of(silent("x.y", Kind.TEXT, "no.where|"), {}, known()) is None


def row(**more: Any) -> dict[str, Any]:
    return {"document": "penalty_decision", "method": "post", "on": "2023-05-10", "delivery": "D1", **more}


def test_a_service_of_a_matter_stands_in_the_form_until_the_road_has_taken_it_over() -> None:
    file: dict[str, Any] = {"services": [row()], "party": {"name": "示例公司"}}
    filled = defaults("serve_decision", file, known())
    assert (filled["service.method"], filled["service.on"]) == ("post", "2023-05-10")
    assert filled["service.delivery"] == "D1"
    file["services"] = [row(), row()]
    filled = defaults("serve_decision", file, known())
    assert (filled["service.method"], filled["service.on"]) == ("direct", "2023-05-16")
    assert "service.delivery" not in filled


@pytest.mark.parametrize(
    "services",
    [
        [],
        [row(document="prior_notice")],
        [row(delivery=None)],
        # A later service in the short form is the newer word.
        [row(), row(delivery=None)],
    ],
    ids=["none", "of another paper", "in the short form", "overtaken"],
)
def test_no_other_service_stands_in_the_form(services: list[dict[str, Any]]) -> None:
    filled = defaults("serve_decision", {"services": services, "party": {"name": "示例公司"}}, known())
    assert (filled["service.method"], filled["service.on"]) == ("direct", "2023-05-16")


@pytest.mark.parametrize(
    ("asked", "lapses"),
    [(None, True), ("2023-05-15", False), ("2023-05-16", True)],
    ids=["nobody asked", "asked on the last day", "asked a day late"],
)
def test_time_passes_over_a_hearing_only_while_nobody_asked_in_time(asked: str | None, lapses: bool) -> None:
    day = date(2023, 5, 20)
    file = {"hearing": {"told_on": "2023-05-08", "requested_on": asked}}
    found = lapse_of(table_on("ordinary", day), "hearing_offered", file, calendar())
    assert (found is not None) is lapses
