"""Pages of the figures: a number and its rows agree, for everybody who may read them, on the page and as data."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser
from xiuhua.web.frame import rooms

STATISTICS = ("statistics_clerk", 0)


def closed(bench: Bench, *years: int) -> None:
    for year in years:
        bench.at_step("archive_case", year)


def number_of(client: Client, url: str) -> int:
    return int(client.get(url).context["value"].rows)


def listed(client: Client, url: str) -> set[int]:
    shown = client.get(url).context["shown"]
    return {case.pk for case in shown.rows}


@pytest.mark.parametrize("figure", ["J01", "J03", "J04"])
@pytest.mark.parametrize("period", ["year=2018", "year=2026", "year=2018&month=6", "year=2018&month=5"])
def test_the_number_of_a_figure_is_the_number_of_the_rows_it_opens(
    bench: Bench, figure: str, period: str
) -> None:
    closed(bench, 2018, 2018, 2026)
    client = browser(bench, STATISTICS)
    answer = client.get(f"/figures/{figure}/?{period}")
    rows = listed(client, answer.context["rows_url"])
    assert answer.context["value"].rows == len(rows)
    assert {case.pk for case in answer.context["first"]} <= rows


def test_every_unit_of_a_figure_opens_its_own_rows_and_they_add_up(bench: Bench) -> None:
    closed(bench, 2018, 2018)
    client = browser(bench, STATISTICS)
    answer = client.get("/figures/J01/?year=2018")
    counts = [(rows, len(listed(client, url))) for _name, rows, url in answer.context["unit_rows"]]
    assert counts
    assert all(said == opened for said, opened in counts)
    assert sum(said for said, _ in counts) == answer.context["value"].rows
    assert sum(m.rows for m in answer.context["by_month"]) == answer.context["value"].rows


def test_the_statistics_open_on_the_last_ended_year_that_has_cases(bench: Bench) -> None:
    closed(bench, 2018)
    with clock.held_at(datetime(2021, 6, 1, 12, tzinfo=UTC)):
        page = browser(bench, STATISTICS).get("/figures/").context
    assert (page["years"][0], page["period"].start.year) == (2021, 2018)


def test_a_case_counts_in_the_month_of_its_closing_only(bench: Bench) -> None:
    closed(bench, 2018)
    closings = Case.objects.filter(closed_on__year=2018, procedure="ordinary")
    client = browser(bench, STATISTICS)
    parts = client.get("/figures/J04/?year=2018").context["by_month"]
    expected = {month: closings.filter(closed_on__month=month).count() for month in range(1, 13)}
    assert {part.key: part.rows for part in parts} == expected
    busiest = max(expected, key=lambda month: expected[month])
    assert number_of(client, f"/figures/J04/?year=2018&month={busiest}") == expected[busiest] > 0


def test_a_figure_counts_only_what_its_reader_may_see(bench: Bench) -> None:
    closed(bench, 2018)
    other = browser(bench, O1, bench.bureau.west)
    answer = other.get("/figures/J01/?year=2018")
    assert answer.status_code == 200
    assert answer.context["value"].rows == 0


def test_who_reads_no_figures_is_refused(bench: Bench) -> None:
    client = browser(bench, ("auditor", 0))
    assert client.get("/figures/").status_code == 409
    assert client.get("/figures/J01/").status_code == 409
    assert client.get("/figures/J01/data.json").status_code == 409


def test_without_a_head_count_of_its_kind_no_ratio_is_given_and_the_page_says_why(bench: Bench) -> None:
    closed(bench, 2018)
    page = browser(bench, STATISTICS).get("/figures/J02/?year=2018").content.decode()
    assert "该年度没有登记这一口径的人数" in page


def test_json_and_csv_say_what_the_page_says(bench: Bench) -> None:
    closed(bench, 2018, 2018)
    client = browser(bench, STATISTICS)
    rows = number_of(client, "/figures/J04/?year=2018")
    data: dict[str, Any] = client.get("/figures/J04/data.json?year=2018").json()
    assert (data["rows"], data["value"]) == (rows, rows)
    assert sum(part["rows"] for part in data["by_unit"]) == rows
    text = client.get("/figures/J04/data.csv?year=2018").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [int(line["rows"]) for line in lines if line["part"] == "all"] == [rows]
    assert sum(int(line["rows"]) for line in lines if line["part"] == "by_month") == rows
    assert client.get("/figures/J04/data.xml").status_code == 404


def test_the_page_has_its_definition_its_table_and_a_chart_from_the_same_numbers(bench: Bench) -> None:
    closed(bench, 2018)
    answer = browser(bench, STATISTICS).get("/figures/J01/?year=2018")
    page = answer.content.decode()
    assert "按结案日期，不按立案或决定日期" in page
    assert answer.context["month_chart"]["series"][0]["values"] == [
        m.rows for m in answer.context["by_month"]
    ]
    assert 'data-source="by-month"' in page
    assert "chart.css" in page


def test_in_english_the_page_speaks_english(bench: Bench) -> None:
    client = browser(bench, STATISTICS)
    client.cookies["django_language"] = "en"
    page = client.get("/figures/J01/?year=2018").content.decode()
    assert "Cases closed" in page
    assert "Definition" in page


@pytest.mark.parametrize(
    "wrong", ["year=abcd", "year=1900", "year=2018&month=13", "year=-1", "year=2018&month=0"]
)
def test_a_period_that_is_none_is_read_as_a_year(bench: Bench, wrong: str) -> None:
    answer = browser(bench, STATISTICS).get(f"/figures/J01/?{wrong}")
    assert answer.status_code == 200
    assert len(answer.context["by_month"]) == 12


def test_a_figure_that_does_not_exist_is_not_found(bench: Bench) -> None:
    assert browser(bench, STATISTICS).get("/figures/J99/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows(bench: Bench) -> None:
    client = browser(bench, STATISTICS)

    def asked(url: str) -> int:
        rooms.forget()
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    urls = ("/figures/?year=2018", "/figures/J01/?year=2018")
    closed(bench, 2018)
    client.get(urls[0])
    few = [asked(url) for url in urls]
    closed(bench, *[2018] * 5)
    assert [asked(url) for url in urls] == few
