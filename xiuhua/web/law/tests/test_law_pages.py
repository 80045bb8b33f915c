"""Pages of the law: found by initials and day, versions side by side, fines with their reasons, changes and cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xiuhua.cases.models import Cause, OutlierReason
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, LEGAL, O1, Bench, Who
from xiuhua.cases.tests.bench.test_bench_discretion import fines, version
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser

CLERK_OF_KEYS: Who = ("security_administrator", 0)
YEAR = f"from={AT.year}-01-01&to={AT.year}-12-31"


def text(client: Client, url: str, **headers: Any) -> str:
    answer = client.get(url, **headers)
    assert answer.status_code == 200, url
    return answer.content.decode()


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize("asked", ["占道设摊", "zdst", "SR11", "street vending", "zhandaoshetan"])
def test_a_cause_is_found_by_words_code_english_and_initials(bench: Bench, asked: str) -> None:
    lines = browser(bench, LEGAL).get("/law/", {"q": asked}).context["lines"]
    assert "SR11" in {line.cause.code for line in lines}
    assert len(lines) < 5


def test_the_catalogue_is_that_of_the_day_asked_for(bench: Bench) -> None:
    client = browser(bench, LEGAL)
    now = {line.cause.code for line in client.get("/law/").context["lines"]}
    then = {line.cause.code for line in client.get("/law/", {"on": "2018-05-16"}).context["lines"]}
    assert now - then == {"LJ01", "LJ02", "LJ03", "LJ04", "LJ05", "LJ06", "ZT08", "HB11", "QZ02"}
    assert then - now == {"QZ01"}
    groups = {line.cause.group for line in client.get("/law/", {"group": "JT"}).context["lines"]}
    assert groups == {"JT"}


def test_a_day_that_is_none_is_said_and_nothing_breaks(bench: Bench) -> None:
    page = text(browser(bench, LEGAL), "/law/?on=neverday")
    assert 'role="alert"' in page
    page = text(browser(bench, DEPUTY), "/law/fines/?from=neverday")
    assert 'role="alert"' in page


def test_the_law_is_open_to_everybody_and_fines_and_changes_to_who_sees_cases(bench: Bench) -> None:
    keys = browser(bench, CLERK_OF_KEYS)
    for url in ("/law/", "/law/causes/SR11/", "/law/parameters/"):
        assert keys.get(url).status_code == 200
    assert "/law/fines/" not in text(keys, "/law/")
    for url in ("/law/fines/", "/law/changes/"):
        assert keys.get(url).status_code == 409
    assert Client().get("/law/").status_code == 302


def test_a_cause_shows_its_versions_side_by_side_with_what_changed_and_what_is_in_doubt(bench: Bench) -> None:
    answer = browser(bench, LEGAL).get("/law/causes/JT01/")
    aspects = {str(a.label): a.cells for a in answer.context["aspects"]}
    assert [cell.text for cell in aspects["罚款幅度"]] == [
        "30,000–100,000 元",
        "30,000–100,000 元",
        "10,000–100,000 元",
    ]
    assert [cell.changed for cell in aspects["罚款幅度"]] == [False, False, True]
    assert all(cell.doubtful for cell in aspects["划转依据"])
    page = answer.content.decode()
    assert "道路运输条例第六十四条" in page
    assert "违法所得二万元以上" in page
    assert browser(bench, LEGAL).get("/law/causes/XX99/").status_code == 404


def test_a_cause_shows_its_tiers_bands_circumstances_papers_and_periods(bench: Bench) -> None:
    context = browser(bench, LEGAL).get("/law/causes/WJ04/").context
    assert [(span.code, len(tiers)) for span, tiers in context["spans"]] == [("", 3), ("grave", 3)]
    assert {f.code for f, *_ in context["factors"]} >= {"expert_report", "harm_lessened", "under_14"}
    assert {c.id for c, _ in context["clocks"]} >= {"case_decision", "hearing_request_21", "payment_21"}
    must = {p.kind for _, p in browser(bench, LEGAL).get("/law/causes/SR01/").context["papers"] if p.always}
    assert must == {"correction_order", "recheck_record"}


@pytest.mark.parametrize("url", ["/law/", "/law/causes/HB01/", "/law/parameters/", f"/law/fines/?{YEAR}"])
def test_the_pages_speak_english(bench: Bench, url: str) -> None:
    page = text(english(browser(bench, LEGAL)), url)
    assert "<h1>" in page
    assert "处罚依据" not in page
    assert "确定程度" not in page


def test_a_parameter_shows_its_values_through_time_with_articles(bench: Bench) -> None:
    client = browser(bench, LEGAL)
    ((meaning, name, values),) = client.get("/law/parameters/", {"q": "summary_fine_citizen"}).context["rows"]
    assert (name, [v["said"] for v in values]) == ("summary_fine_citizen", ["200 元", "50 元"])
    assert [v["now"] for v in values] == [True, False]
    assert meaning == "简易程序罚款上限（公民）"
    page = text(client, "/law/parameters/?q=要求听证")
    assert "行政处罚法第六十四条" in page
    assert "5 个工作日" in page
    assert len(client.get("/law/parameters/").context["rows"]) > 60


def test_a_search_asked_by_htmx_gets_the_list_alone(bench: Bench) -> None:
    page = text(browser(bench, LEGAL), "/law/?q=zd", headers={"HX-Request": "true"})
    assert page.lstrip().startswith('<div id="list"')


def test_fines_are_drawn_by_unit_and_open_their_rows(bench: Bench) -> None:
    fines(bench, bench.bureau.east, [100] * 8 + [500])
    fines(bench, bench.bureau.west, [110])
    client = browser(bench, DEPUTY)
    answer = client.get(f"/law/fines/?cause=SR11&{YEAR}")
    (group,) = answer.context["groups"]
    assert [row.spread.count for row in group.rows] == [1, 9]
    assert answer.content.decode().count('<svg class="strip"') == 2
    opened = client.get(group.rows[1].url).context["shown"]
    assert {case.fine for case in opened.rows} == {Decimal(100), Decimal(500)}
    assert len(opened.rows) == 9
    assert group.unexplained == 1


def test_a_squad_sees_its_own_fines_only(bench: Bench) -> None:
    fines(bench, bench.bureau.west, [450])
    answer = browser(bench, O1).get(f"/law/fines/?cause=SR11&{YEAR}")
    assert answer.context["groups"] == []
    assert "这一期没有您看得到的罚款" in answer.content.decode()


def test_an_outlier_is_explained_where_it_is_listed_and_nowhere_else(bench: Bench) -> None:
    odd = fines(bench, bench.bureau.east, [100] * 8 + [500])[-1]
    url, client = f"/law/fines/{odd.pk}/reason/", browser(bench, HEAD)
    said = {"reason": "一年内第三次占道设摊，屡教不改", "back": f"cause=SR11&{YEAR}"}
    assert browser(bench, HEAD, bench.bureau.west).post(url, said).status_code == 404
    assert client.get(url).status_code == 405
    assert "不少于十个字" in text(
        client, client.post(url, {**said, "reason": "太重"})["Location"].partition("#")[0]
    )
    assert not OutlierReason.objects.exists()
    answer = client.get(client.post(url, said)["Location"].partition("#")[0])
    assert said["reason"] in answer.content.decode()
    assert answer.context["unexplained"] == 0


def test_who_only_looks_on_is_given_no_form_to_explain(bench: Bench) -> None:
    odd = fines(bench, bench.bureau.east, [100] * 8 + [500])[-1]
    client = browser(bench, ("statistics_clerk", 0))
    page = text(client, f"/law/fines/?cause=SR11&{YEAR}")
    assert odd.number in page
    assert "<textarea" not in page
    assert client.post(f"/law/fines/{odd.pk}/reason/", {"reason": "一" * 20}).status_code == 409


def test_many_outliers_are_listed_on_request(bench: Bench) -> None:
    fines(bench, bench.bureau.east, [100] * 200 + [500] * 30)
    client = browser(bench, DEPUTY)
    (group,) = client.get(f"/law/fines/?cause=SR11&{YEAR}").context["groups"]
    assert (len(group.apart), group.more, group.unexplained) == (25, 5, 30)
    (group,) = client.get(f"/law/fines/?cause=SR11&{YEAR}&all=1").context["groups"]
    assert (len(group.apart), group.more) == (30, 0)


def test_the_page_of_changes_names_the_open_case_and_how_it_is_touched(bench: Bench) -> None:
    case = bench.open()
    version("HB01", valid_from=AT.date().replace(month=12), floor=Decimal(1000))
    page = text(browser(bench, LEGAL), "/law/changes/")
    assert case.number in page
    assert "新法较轻，适用新法" in page
    assert "行政处罚法第三十七条" in page
    assert "1,000–50,000 元" in page
    other = text(browser(bench, O1, bench.bureau.west), "/law/changes/")
    assert case.number not in other


def test_no_page_of_the_law_asks_once_a_row(bench: Bench) -> None:
    client = browser(bench, LEGAL)
    client.get("/law/")
    for url, most in (("/law/", 24), ("/law/parameters/", 24), ("/law/causes/SR11/", 40)):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) < most, (url, len(asked))
    assert Cause.objects.count() == 176
