"""The list of hearings: who sees which, in what order, and what a host can do from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiuhua.cases import queries
from xiuhua.cases.models import Case, Document
from xiuhua.cases.tests.bench import test_bench_hearing as walks
from xiuhua.cases.tests.bench import test_bench_service as services
from xiuhua.cases.tests.bench.bench import CLERK, DEPUTY, O1, Bench
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

HOST = walks.HOST


def link(case: Case) -> str:
    """How the list leads to a case."""
    return f'href="/cases/{case.pk}/#matters"'


def page(bench: Bench, who: tuple[str, int], query: str = "") -> str:
    return browser(bench, who).get(f"/cases/hearings/{query}").content.decode()


def test_a_host_sees_day_place_case_party_and_notice(bench: Bench) -> None:
    case, matter, at = walks.scheduled(bench)
    with clock.held_at(at - timedelta(days=1)):
        said = page(bench, HOST)
    notice = Document.objects.get(case=case, kind="hearing_notice")
    for shown in (
        "9:30",
        "示例会议室",
        case.number,
        case.party_name,
        f"/cases/{case.pk}/papers/{notice.pk}/",
    ):
        assert shown in said, shown
    assert matter.due_on is not None
    assert "没有在办的听证" not in said


def test_hearings_without_a_day_come_last_and_those_that_ended_not_at_all(bench: Bench) -> None:
    waiting = walks.pending(bench)[0]
    planned, _, at = walks.scheduled(bench)
    over = walks.reported(bench)[0]
    with clock.held_at(at):
        said = page(bench, DEPUTY)
    assert said.index(link(planned)) < said.index("尚未排定") < said.index(link(waiting))
    assert link(over) not in said
    assert "未指定" in said


def test_the_hearings_of_today_are_marked(bench: Bench) -> None:
    _, _, at = walks.scheduled(bench)
    with clock.held_at(at):
        assert '<span class="tag">今天</span>' in page(bench, HOST)
    with clock.held_at(at - timedelta(days=1)):
        assert '<span class="tag">今天</span>' not in page(bench, HOST)


def test_a_postponed_hearing_has_no_day_any_more(bench: Bench) -> None:
    case, matter, at = walks.scheduled(bench)
    walks.go(bench, matter, HOST, "postpone_hearing", at, reason="当事人住院")
    with clock.held_at(at):
        said = page(bench, HOST)
    assert said.index("尚未排定") < said.index(link(case))
    assert "示例会议室" not in said


def test_the_list_holds_what_one_may_see_and_on_asking_what_one_hosts(bench: Bench) -> None:
    case, _, at = walks.scheduled(bench)
    other = ("hearing_host", 1)
    with clock.held_at(at):
        stranger = browser(bench, O1, bench.bureau.west).get("/cases/hearings/").content.decode()
        assert link(case) in page(bench, O1)
        assert link(case) not in stranger
        assert link(case) in page(bench, other)
        assert link(case) not in page(bench, other, "?mine")
        assert link(case) in page(bench, HOST, "?mine")


@pytest.mark.parametrize("role", ["auditor", "evidence_custodian", "system_administrator"])
def test_who_has_no_part_in_cases_does_not_see_the_list(bench: Bench, role: str) -> None:
    assert browser(bench, (role, 0)).get("/cases/hearings/").status_code == 409


def _queries(bench: Bench) -> int:
    client = browser(bench, DEPUTY)
    client.get("/cases/hearings/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/cases/hearings/")
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_hearings(bench: Bench) -> None:
    _, _, at = walks.scheduled(bench)
    with clock.held_at(at):
        few = _queries(bench)
    for _ in range(3):
        walks.scheduled(bench)
    with clock.held_at(at):
        assert _queries(bench) == few


def test_a_host_serves_the_notice_and_holds_the_hearing_in_the_browser(bench: Bench) -> None:
    case, matter, at = walks.appointed(bench)
    client = browser(bench, HOST)
    address = f"/cases/{case.pk}/matters/{matter.pk}"
    with clock.held_at(at):
        assert f"{address}/serve_hearing_notice/" in client.get(f"/cases/{case.pk}/").content.decode()
        form = client.get(f"{address}/serve_hearing_notice/").context["form"]
        says = {bound.field.name: bound.raw for bound in form}
        says |= {
            "hearing.planned_at": (at + timedelta(days=14)).strftime("%Y-%m-%dT09:30"),
            "hearing.planned_place": "示例会议室",
            "service.receipt": "yes",
            "service.receiver_relation": "legal_representative",
        }
        assert client.post(f"{address}/serve_hearing_notice/", says).status_code in (302, 303)
    matter.refresh_from_db()
    assert matter.state == "scheduled"


def test_the_head_finds_the_hosts_of_the_bureau_in_the_form(bench: Bench) -> None:
    case, matter, at = walks.pending(bench)
    host = walks.host(bench)
    with clock.held_at(at):
        said = (
            browser(bench, DEPUTY).get(f"/cases/{case.pk}/matters/{matter.pk}/appoint_host/").content.decode()
        )
    assert f'value="{host.pk}"' in said
    assert host.name in said


def test_the_page_of_the_case_offers_the_request_to_the_clerk_and_names_the_document_of_a_service(
    bench: Bench,
) -> None:
    case, at = walks.offered(bench)
    with clock.held_at(at):
        said = browser(bench, CLERK).get(f"/cases/{case.pk}/").content.decode()
    assert f"/cases/{case.pk}/beside/hearing/receive_request/" in said
    served, at = bench.at_step("decide_penalty")
    services.begun(bench, served, at)
    with clock.held_at(at):
        said = browser(bench, O1).get(f"/cases/{served.pk}/").content.decode()
    assert "文书送达 1　行政处罚决定书" in said


def test_a_rule_that_two_texts_hold_under_one_number_is_cited_once(bench: Bench) -> None:
    matter, at = services.decided(bench)
    with clock.held_at(at):
        said = (
            browser(bench, O1).get(f"/cases/{matter.case_id}/matters/{matter.pk}/hand_over/").content.decode()
        )
    assert said.count("民事诉讼法第八十八条") == 1


def test_the_form_of_a_request_is_open_before_anybody_types(bench: Bench) -> None:
    case, at = walks.offered(bench)
    with clock.held_at(at):
        answer = browser(bench, CLERK).get(f"/cases/{case.pk}/beside/hearing/receive_request/")
    assert answer.context["refusals"] == []


def sent(bench: Bench, who: tuple[str, int], address: str, **says: str) -> None:
    """Post the form as it stands, with `says` typed over it."""
    client = browser(bench, who)
    form = client.get(address).context["form"]
    values = {bound.field.name: bound.raw for bound in form if any(bound.raw)}
    typed = {path.replace("__", "."): value for path, value in says.items()}
    answer = client.post(address, values | typed)
    assert answer.status_code in (302, 303), answer.context["form"].errors


def test_the_whole_hearing_goes_through_the_browser_and_the_officer_retypes_nothing(bench: Bench) -> None:
    case, matter, at = walks.scheduled(bench)
    address = f"/cases/{case.pk}/matters/{matter.pk}"
    with clock.held_at(at):
        said = {"hearing__case_put": "建议罚款", "hearing__party_said": "请求从轻"}
        sent(bench, HOST, f"{address}/hold_hearing/", **said)
        sent(bench, O1, f"{address}/sign_record/", hearing__record_signed="yes")
        found = {"hearing__finding": "事实清楚", "hearing__opinion": "维持"}
        sent(bench, HOST, f"{address}/report_hearing/", **found)
        sent(bench, O1, f"/cases/{case.pk}/do/take_hearing_result/")
    case.refresh_from_db()
    assert case.state == "defence_done"
    hearing = queries.file_of(case)["hearing"]
    assert (hearing["host_id"], hearing["opinion"]) == (str(walks.host(bench).pk), "维持")
