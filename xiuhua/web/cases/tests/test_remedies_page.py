"""Reconsiderations, suits and fallen decisions on a page: who sees which, with clocks, figures and an export."""

from __future__ import annotations

from datetime import datetime

import pytest

from xiuhua.cases import actions
from xiuhua.cases.models import Matter
from xiuhua.cases.tests.bench.bench import HEAD, LEGAL, O1, PUBLICITY, Bench, Who
from xiuhua.cases.tests.bench.remedies import ASKED, TRIED, Remedies
from xiuhua.kernel import clock
from xiuhua.org.models import Unit
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

PAGE = "/cases/remedies/"


def page(bench: Bench, who: Who, at: datetime, query: str = "", unit: Unit | None = None) -> str:
    client = browser(bench, who, unit)
    with clock.held_at(at):
        response = client.get(PAGE + query)
        assert response.status_code == 200
        return b"".join(response).decode()


def part(text: str, section: str) -> str:
    """One section of the page; empty where it is not there."""
    return text.split(f'id="{section}"', 1)[1].split("</section>", 1)[0] if f'id="{section}"' in text else ""


def test_what_is_under_way_shows_who_must_answer_until_when(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("reconsideration", ASKED[:3])
    text = page(bench, LEGAL, case.at)
    for word in (case.case.number, "行政复议", "待答复(答辩)", "法制员", "提出书面答复"):
        assert word in part(text, "under-way")
    assert f"/cases/{case.case.pk}/" not in part(text, "fallen")


def test_a_fallen_decision_stands_in_the_list_with_ground_instance_and_head(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("litigation", (*TRIED, "revoke_by_court"))
    text = page(bench, LEGAL, case.at)
    assert case.case.number in part(text, "under-way")
    assert f"/cases/{case.case.pk}/" not in part(text, "fallen")
    case.go("litigation", "make_final_revoked")
    found = part(page(bench, LEGAL, case.at), "fallen")
    for word in (
        case.case.number,
        "一审",
        "撤销",
        "主要事实不清、证据不足",
        "主要证据不足",
        "出庭",
        "待执行",
    ):
        assert word in found


def test_a_publication_that_must_be_withdrawn_waits_for_whoever_publishes(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("reconsideration", (*ASKED, "revoke"))
    recall = actions.recall_publication(case=case.case, at=case.at)
    assert recall is not None
    text = page(bench, PUBLICITY, case.at)
    assert case.case.number in part(text, "recalls")
    assert "公示专员" in part(text, "recalls")
    assert "公示待撤回" in part(text, "fallen")
    case.withdraw(Matter.objects.get(pk=recall.pk))
    assert f"/cases/{case.case.pk}/" not in part(page(bench, PUBLICITY, case.at), "recalls")


def test_the_figures_say_what_they_divide(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("litigation", (*TRIED, "vary_by_court", "make_final_varied"))
    text = page(bench, LEGAL, case.at, f"?year={case.at.year}")
    for word in ("被纠正比例", "负责人出庭率", "100.0%", "开庭 1 件，出庭 1 件", "审结 1 件，被纠正 1 件"):
        assert word in text
    assert "—" in page(bench, LEGAL, case.at, "?year=2019")


@pytest.mark.parametrize(
    ("who", "seat", "sees"), [(O1, "east", True), (O1, "west", False), (HEAD, "west", False)]
)
def test_nobody_sees_the_remedies_of_other_squads(bench: Bench, who: Who, seat: str, sees: bool) -> None:
    case = Remedies(bench)
    case.walk("reconsideration", (*ASKED, "revoke"))
    unit: Unit = getattr(bench.bureau, seat)
    assert (f"/cases/{case.case.pk}/" in page(bench, who, case.at, unit=unit)) is sees
    first = [
        line.split(",")[0].strip('"') for line in page(bench, who, case.at, "?format=csv", unit).splitlines()
    ]
    assert (case.case.number in first) is sees
