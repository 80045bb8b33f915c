"""Figures of powers moved down and of the review centre: a number, its parts and exactly its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench
from xiuhua.cases.tests.bench.test_bench_delegation_figures import laid, org_row
from xiuhua.cases.tests.bench.test_bench_sessions import held, signed
from xiuhua.duty import figures as duty
from xiuhua.kernel import clock
from xiuhua.org import actions as org
from xiuhua.registers.tests.bureau import AT, TODAY
from xiuhua.reports import queries
from xiuhua.web.cases.tests.conftest import browser
from xiuhua.web.reports.others import GROUPS, OTHERS, TELLS
from xiuhua.web.reports.views import CHAPTER_OF

pytestmark = pytest.mark.slow

STATISTICS = ("statistics_clerk", 0)
YEAR = f"year={TODAY.year}"
SINCE = TODAY - timedelta(days=40)


@pytest.fixture
def busy(bench: Bench) -> Bench:
    """A town with the powers of environment law, two sessions of mentoring, two cases; one signed session."""
    org.delegate(
        unit=bench.bureau.town,
        authority=bench.bureau.top,
        cause_group="HB",
        valid_from=SINCE,
        document="示例：浦环〔2026〕1号",
        basis="SHUM §4",
        by=bench.actor(DEPUTY),
        at=AT,
    )
    for day, attendees in ((SINCE, 7), (TODAY, 5)):
        what = org.Held(day, "示例镇示例厂", "示例：现场执法", bench.person(DEPUTY), attendees, 2)
        org.record_mentoring(delegation=org_row(bench), held=what, by=bench.actor(DEPUTY), at=AT)
    laid(bench, bench.bureau.town, fine=8000, decided_on=TODAY)
    laid(bench, bench.bureau.town)
    signed(bench, held(bench))
    return bench


def page(client: Client, id: str, more: str = "") -> Any:
    answer = client.get(f"/figures/{id}/?{YEAR}{more}")
    assert answer.status_code == 200, id
    return answer


def test_the_ledger_shows_every_one_of_them_with_its_value(busy: Bench) -> None:
    with clock.held_at(AT):
        client = browser(busy, STATISTICS)
        shown = [client.get(f"/figures/?{YEAR}&of={of}").context["figures"] for of in GROUPS]
    said = {f["id"]: f["shown"] for chapter in shown for f in chapter}
    assert set(said) == OTHERS
    assert {id: said[id] for id in ("B01", "B02", "B03", "B04", "B06", "B09")} == {
        "B01": "1",
        "B02": "2",
        "B03": "12",
        "B04": "4",
        "B06": "2",
        "B09": "0.80",
    }
    assert (said["B05"], said["C02"]) == ("—", "1")


def test_every_number_opens_exactly_the_rows_that_it_counts(busy: Bench) -> None:
    with clock.held_at(AT):
        client = browser(busy, STATISTICS)
        for id in sorted(OTHERS):
            context = page(client, id).context
            assert context["shown"].paginator.count == context["value"].rows, id
            assert len(context["rows"]) == context["value"].rows, id
            if context["by_month"]:
                assert sum(m.rows for m in context["by_month"]) == context["value"].rows, id
            if context["by_unit"]:
                assert sum(u.rows for u in context["by_unit"]) == context["value"].rows, id


def test_a_unit_and_a_month_open_their_own_rows(busy: Bench) -> None:
    with clock.held_at(AT):
        client = browser(busy, STATISTICS)
        town = busy.bureau.town
        assert len(page(client, "B02", f"&unit={town.pk}").context["rows"]) == 2
        assert page(client, "B02", f"&unit={busy.bureau.east.pk}").context["rows"] == []
        month = page(client, "B02", f"&month={SINCE.month}").context
        assert len(month["rows"]) == (2 if SINCE.month == TODAY.month else 1)
        opened = page(client, "B07").context["by_month"]
        assert len(opened) == 12


def test_what_has_no_data_says_so_and_why_on_the_page_as_data_and_at_the_console(busy: Bench) -> None:
    with clock.held_at(AT):
        client = browser(busy, STATISTICS)
        body = page(client, "B05").content.decode()
        assert "不登记信访件" in body
        data = client.get(f"/figures/B05/data.json?{YEAR}").json()
    assert (data["value"], data["rows"]) == (None, 0)
    assert "no petitions" in data["missing_en"]


def test_who_sees_only_a_squad_counts_only_what_it_sees(busy: Bench) -> None:
    with clock.held_at(AT):
        seen = page(browser(busy, O1, busy.bureau.east), "B06").context
    assert seen["value"].rows == 0


def test_every_figure_of_the_statistics_has_a_page_of_its_kind() -> None:
    assert {id for chapter in GROUPS.values() for id in chapter.ids} == OTHERS
    assert set(CHAPTER_OF) == set(queries.FIGURES)
    # The street tells its own rows.
    assert set(TELLS) == OTHERS - {figure.id for figure in duty.FIGURES}
    assert set(queries.FIGURES) >= OTHERS
