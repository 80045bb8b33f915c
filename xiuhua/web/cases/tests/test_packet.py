"""The papers for the court: one file in the order in which a court reads them, and what is missing of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from xiuhua.cases import actions
from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, ORDINARY, STATES, Bench
from xiuhua.cases.tests.bench.execution import APPLIED, DEMANDED, Beside, overdue, walked
from xiuhua.cases.tests.documents.pdf_reader import Pdf
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases import packet
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

WHOLE = [
    "court_application",
    "penalty_decision",
    "service_receipt:decision",
    "demand_notice",
    "service_receipt:demand",
]


def applied(bench: Bench, case: Case, at: datetime) -> datetime:
    """The demand is served and the application signed."""
    at = walked(bench, Beside(case, "demand"), DEMANDED, at)
    return walked(bench, Beside(case, "court_application"), APPLIED[:2], at)


def unpaid(bench: Bench) -> tuple[Case, datetime]:
    """A case with all its papers whose decision nobody followed."""
    case = bench.open()
    at = bench.walk(case, ORDINARY[: STATES["serve_decision"]], AT) + timedelta(days=20)
    actions.lapse(case=case, at=at)
    case.refresh_from_db()
    return case, at


def page(bench: Bench, case: Case, at: datetime, language: str = "zh-hans") -> str:
    with clock.held_at(at):
        client = browser(bench, O1)
        client.cookies["django_language"] = language
        return client.get(f"/cases/{case.pk}/").content.decode()


def test_the_packet_holds_application_decision_demand_and_both_receipts(bench: Bench) -> None:
    case, at = unpaid(bench)
    at = applied(bench, case, at)
    assert list(packet.papers_for_court(case)) == WHOLE
    shown = packet.packet_of(case)
    assert shown is not None
    assert shown.missing == []
    assert shown.url in page(bench, case, at)
    with clock.held_at(at):
        answer = browser(bench, O1).get(shown.url)
    assert answer.status_code == 200
    text = Pdf(answer.content).text
    assert text.index("强制执行申请书") < text.index("决定对你单位作出如下行政处罚")
    assert text.index("决定对你单位作出如下行政处罚") < text.index("催告你单位自收到本催告书之日起")
    assert answer["Content-Disposition"].startswith("inline")


def test_what_is_missing_is_said(bench: Bench) -> None:
    case, at = overdue(bench)  # a case that came without its papers
    at = applied(bench, case, at)
    shown = packet.packet_of(case)
    assert shown is not None
    assert shown.missing == ["行政处罚决定书", "决定书的送达回证"]
    assert "还缺" in page(bench, case, at)
    english = page(bench, case, at, "en")
    assert "Still missing" in english
    assert "Receipt of the decision" in english


def test_before_the_application_is_signed_there_is_no_packet(bench: Bench) -> None:
    case, at = overdue(bench)
    at = walked(bench, Beside(case, "demand"), DEMANDED, at)
    at = walked(bench, Beside(case, "court_application"), APPLIED[:1], at)
    assert packet.packet_of(case) is None
    assert "court-papers.pdf" not in page(bench, case, at)
    with clock.held_at(at):
        assert browser(bench, O1).get(f"/cases/{case.pk}/court-papers.pdf").status_code == 404


@pytest.mark.parametrize("role", ["auditor", "system_administrator"])
def test_who_does_not_see_the_case_does_not_get_its_papers(bench: Bench, role: str) -> None:
    case, at = overdue(bench)
    at = applied(bench, case, at)
    with clock.held_at(at):
        assert browser(bench, (role, 0)).get(f"/cases/{case.pk}/court-papers.pdf").status_code == 409
        other = browser(bench, O1, bench.bureau.west)
        assert other.get(f"/cases/{case.pk}/court-papers.pdf").status_code == 404
