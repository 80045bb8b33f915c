"""Pages of the cases: who sees what, what can be done and what not, what is kept, what is said after an act."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    LEGAL,
    O1,
    ORDINARY,
    REPORTED,
    Bench,
    Went,
    counted,
)
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser
from xiuhua.web.frame import rooms

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)
WEST = "west"


def exported(client: Any, query: str) -> list[str]:
    """The numbers in the CSV of the list."""
    answer = client.get(f"/cases/?format=csv{query}")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    return [row[0] for row in rows[1:]]


def test_a_case_is_seen_by_its_own_squad_and_is_not_there_for_another(bench: Bench) -> None:
    case = bench.open()
    mine, other = browser(bench, O1), browser(bench, O1, bench.bureau.west)
    assert case.number in mine.get("/cases/").content.decode()
    assert mine.get(f"/cases/{case.pk}/").status_code == 200
    for path in ("", "do/check_lead/", "evidence/", "papers.pdf"):
        assert other.get(f"/cases/{case.pk}/{path}").status_code == 404
    assert other.get("/cases/").context["shown"].rows == []
    assert exported(other, "") == []


@pytest.mark.parametrize("role", ["system_administrator", "auditor"])
def test_who_has_nothing_to_do_with_cases_is_refused(bench: Bench, role: str) -> None:
    assert browser(bench, (role, 0)).get("/cases/").status_code == 409


def test_the_export_holds_exactly_the_filtered_rows(bench: Bench) -> None:
    first, second = bench.open(), bench.spot(fine=50)
    client = browser(bench, O1)
    assert first.number in exported(client, "&procedure=ordinary")
    assert exported(client, "&procedure=summary") == [second.number]
    assert exported(client, f"&q={second.number}") == [second.number]
    shown = client.get("/cases/?procedure=ordinary").context["shown"]
    assert set(exported(client, "&procedure=ordinary")) >= {c.number for c in shown.rows}


def test_the_page_offers_what_is_open_and_says_with_the_article_what_is_not(bench: Bench) -> None:
    case, at = bench.at_step("check_lead")
    with clock.held_at(at):
        page = browser(bench, O1).get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/cases/{case.pk}/do/propose_filing/" data-key="1"' in page
    assert "行政处罚法第" in page
    assert "还不能做" in page


def test_who_decides_reads_first_why_it_is_too_early_to_decide(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    with clock.held_at(at):
        first = browser(bench, DEPUTY).get(f"/cases/{case.pk}/").context["may_not"][0]
    assert first.label == "作出处罚决定"
    assert "事先告知书未送达，不得作出处罚决定" in [r.sentence for r in first.refusals]


def test_the_page_names_its_people_its_papers_and_where_each_act_stands_in_the_record(bench: Bench) -> None:
    case, _ = bench.at_step("serve_decision")
    answer = browser(bench, O1).get(f"/cases/{case.pk}/")
    people = {fact.label: fact.value for fact in answer.context["people"]}
    assert people["主办"] == bench.person(O1).name
    assert people["立案审批"] == bench.person(HEAD).name
    assert people["法制审核"] == bench.person(LEGAL).name
    entries = answer.context["entries"]
    assert [e.label for e in entries][-1] == "登记案件"
    assert [e.label for e in entries[:2]] == ["罚款缴纳：缴款期开始", "送达处罚决定书"]
    assert all(e.number for e in entries[:-1])


def test_the_way_on_a_phone_says_which_step_of_how_many(bench: Bench) -> None:
    case, _ = bench.at_step("decide_penalty")
    page = browser(bench, O1).get(f"/cases/{case.pk}/").content.decode()
    assert "第 14 步，共 16 步" in page
    assert "下一步 缴款履行" in page


def test_a_step_is_made_and_what_was_done_and_which_clock_runs_is_said(bench: Bench) -> None:
    case, at = bench.at_step("approve_filing")
    with clock.held_at(at):
        client = browser(bench, HEAD)
        officers = [str(bench.person(who).pk) for who in (O1, ("officer", 1))]
        answer = client.post(f"/cases/{case.pk}/do/assign_officers/", {"filing.officer_ids": officers})
        assert answer.status_code == 302
        page = client.get(answer["Location"]).content.decode()
    assert "已办：指定办案人员。" in page
    assert "现在走的期限：" in page
    assert f'data-draft-done="{reverse("web:draft", args=[f"case-{case.pk}-assign_officers"])}"' in page
    with clock.held_at(at):
        assert "data-draft-done" not in client.get(answer["Location"]).content.decode(), "it is told once"


def test_what_was_typed_wrong_is_told_at_its_field_and_nothing_typed_is_lost(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    said = {"correction.requirement": "清洗油烟净化器", "correction.due_on": "不是日期"}
    with clock.held_at(at):
        answer = browser(bench, O1).post(f"/cases/{case.pk}/do/order_correction/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "清洗油烟净化器" in page
    assert 'value="不是日期"' in page
    assert "correction.due_on" in answer.context["form"].errors
    case.refresh_from_db()
    assert case.state == "investigating"


def test_a_step_out_of_its_turn_is_refused_with_the_article_and_keeps_what_was_typed(bench: Bench) -> None:
    case, at = bench.at_step("check_lead")
    with clock.held_at(at):
        client = browser(bench, HEAD)
        early = client.get(f"/cases/{case.pk}/do/approve_filing/").content.decode()
        answer = client.post(
            f"/cases/{case.pk}/do/approve_filing/", {"filing.approver_opinion": "我的意见在这里"}
        )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "行政处罚法第五十四条" in page
    assert "我的意见在这里" in page
    assert "这一步现在不能办" in early


@pytest.mark.parametrize(
    ("last", "who", "move"),
    [
        ("check_lead", O1, "propose_filing"),
        ("assign_officers", O1, "order_correction"),
        ("assign_officers", O1, "interview"),
        ("recheck_correction", O1, "close_investigation"),
        ("pass_legal_review", O1, "serve_prior_notice"),
        ("decide_penalty", O1, "serve_decision"),
        ("serve_decision", O1, "enter_deferral"),
    ],
)
def test_the_paper_beside_the_form_bears_every_half_typed_value(
    bench: Bench, last: str, who: tuple[str, int], move: str
) -> None:
    case, at = bench.at_step(last)
    with clock.held_at(at):
        client = browser(bench, who)
        names = list(client.get(f"/cases/{case.pk}/do/{move}/").context["form"].fields)
        for typed in ("", "20", "2026-", "{{ x }}", "问", "<em>", "9" * 40, "罚\x00"):
            answer = client.post(f"/cases/{case.pk}/do/{move}/preview/", dict.fromkeys(names, typed))
            assert answer.status_code == 200
            assert "<em>" not in answer.content.decode()


def test_the_paper_beside_the_form_shows_what_is_typed(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    with clock.held_at(at):
        answer = browser(bench, O1).post(
            f"/cases/{case.pk}/do/order_correction/preview/", {"correction.requirement": "三日内清洗"}
        )
    page = answer.content.decode()
    assert '<u data-field="correction.requirement">三日内清洗' in page
    assert 'class="a4 is-' in page


def test_service_by_hand_asks_no_more_than_seven_things(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty")
    with clock.held_at(at):
        answer = browser(bench, O1).get(f"/cases/{case.pk}/do/serve_decision/")
    seen = [p.bound.field.name for p in answer.context["asked"] if not p.hidden]
    assert len(seen) <= 7
    assert {"service.method", "service.on", "service.receiver_relation", "service.receipt"} <= set(seen)
    assert "service.post_no" not in seen


def test_a_document_is_shown_as_a_page_and_handed_out_as_pdf_and_docx(bench: Bench) -> None:
    case = bench.open()
    bench.walk(case, ORDINARY[:3], AT)
    paper = case.documents.get(kind="filing_form")
    client = browser(bench, O1)
    page = client.get(f"/cases/{case.pk}/papers/{paper.pk}/").content.decode()
    assert 'class="a4 is-' in page
    assert client.get(f"/cases/{case.pk}/papers/{paper.pk}.pdf").content.startswith(b"%PDF")
    assert client.get(f"/cases/{case.pk}/papers/{paper.pk}.docx").content.startswith(b"PK")
    assert client.get(f"/cases/{case.pk}/papers/{paper.pk}.exe").status_code == 404
    other = browser(bench, O1, bench.bureau.west)
    assert other.get(f"/cases/{case.pk}/papers/{paper.pk}.pdf").status_code == 404


SHOT = {"kind": "audio_visual", "shows": "现场全景", "source": "officers"}


def officers_of(case: Case) -> list[str]:
    """Both officers of the case, as the form has them ticked."""
    return [str(o["id"]) for o in case.base["officers"]]


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ({"collected_by": []}, "collected_by"),
        ({"source": "party", "is_copy": "yes"}, "source_signed"),
        ({"source": "party", "kind": "expert_opinion"}, "expert_qualification_no"),
    ],
)
def test_evidence_without_its_form_is_not_taken_and_no_file_of_it_stays(
    bench: Bench, says: dict[str, Any], wrong: str
) -> None:
    case, at = bench.at_step("assign_officers")
    photo = io.BytesIO(PNG)
    photo.name = "a.png"
    with clock.held_at(at):
        client = browser(bench, O1)
        sent = SHOT | {"files": photo, "collected_by": officers_of(case)[:1]} | says
        before = counted()
        answer = client.post(f"/cases/{case.pk}/evidence/", sent)
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert counted() == before


def test_a_case_with_evidence_from_the_page_can_be_closed_for_review(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    photo = io.BytesIO(PNG)
    photo.name = "a.png"
    with clock.held_at(at):
        sent = SHOT | {"files": photo, "collected_by": officers_of(case)}
        browser(bench, O1).post(f"/cases/{case.pk}/evidence/", sent)
    bench.walk(case, [Went(O1, "close_investigation", 1, REPORTED)], at)
    assert case.state == "investigation_closed"


def test_a_picture_is_added_to_the_evidence_and_shown_to_who_may_see_the_case(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    photo = io.BytesIO(PNG)
    photo.name = "a.png"
    with clock.held_at(at):
        client = browser(bench, O1)
        answer = client.post(
            f"/cases/{case.pk}/evidence/", SHOT | {"files": photo, "collected_by": officers_of(case)}
        )
        assert answer.status_code == 302
        rows = client.get(f"/cases/{case.pk}/").context["pictures"]
        assert [row.shows for row in rows] == ["现场全景"]
        shown = client.get(rows[0].url)
        assert shown["Content-Type"] == "image/png"
        assert "sandbox" in shown["Content-Security-Policy"]
        assert shown.getvalue().startswith(b"\x89PNG")
        other = browser(bench, O1, bench.bureau.west)
        assert other.get(rows[0].url).status_code == 404


def test_evidence_after_the_decision_is_refused_on_the_page_with_its_article(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty")
    photo = io.BytesIO(PNG)
    photo.name = "a.png"
    with clock.held_at(at):
        answer = browser(bench, O1).post(
            f"/cases/{case.pk}/evidence/", SHOT | {"files": photo, "collected_by": officers_of(case)}
        )
    assert answer.status_code == 409
    assert "行政处罚法第四十条" in answer.content.decode()


def _queries(client: Any, url: str) -> int:
    rooms.forget()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_rows(bench: Bench) -> None:
    client = browser(bench, O1)
    case, _ = bench.at_step("check_lead")
    client.get("/cases/")
    few = (_queries(client, "/cases/"), _queries(client, f"/cases/{case.pk}/"))
    for _ in range(6):
        bench.at_step("serve_decision")
    assert (_queries(client, "/cases/"), _queries(client, f"/cases/{case.pk}/")) == few
    long, _ = bench.at_step("archive_case")
    assert _queries(client, f"/cases/{long.pk}/") <= few[1] + 4


def test_the_index_of_the_volume_is_issued_once_when_the_case_is_archived(bench: Bench) -> None:
    road, _ = bench.roads[2026]
    kinds = [(d.kind, d.step.move) for d in road.documents.select_related("step") if d.step]
    assert [move for kind, move in kinds if kind == "archive_index"] == ["archive_case"]


def test_an_old_answer_does_not_stand_in_the_paper_of_a_new_form(bench: Bench) -> None:
    case, at = bench.at_step("order_correction")
    asked = {"correction.requirement": "再次要求", "correction.due_on": ""}
    with clock.held_at(at):
        page = (
            browser(bench, O1).post(f"/cases/{case.pk}/do/order_correction/preview/", asked).content.decode()
        )
    assert "再次要求" in page
    assert 'data-field="correction.due_on">2026年' not in page


def test_officers_of_a_step_are_chosen_among_the_certified_of_the_unit(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    head = bench.person(("bureau_deputy_head", 0))
    with clock.held_at(at):
        form = browser(bench, O1).get(f"/cases/{case.pk}/do/interview/").context["form"]
    offered = {key for key, _label in form.fields["interview.officer_ids"].choices}
    assert {str(bench.person(who).pk) for who in (O1, ("officer", 1))} <= offered
    assert str(head.pk) not in offered


def test_who_only_counts_cases_opens_no_documents_and_sees_no_number_of_a_citizen(bench: Bench) -> None:
    case = bench.spot(fine=50)
    paper = case.documents.get(kind="on_spot_decision")
    client = browser(bench, ("statistics_clerk", 0))
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert case.number in page
    assert case.base["party"]["id_no"] not in page
    assert 'class="a4' not in page
    for ending in ("/", ".pdf", ".docx"):
        assert client.get(f"/cases/{case.pk}/papers/{paper.pk}{ending}").status_code == 409
    assert client.get(f"/cases/{case.pk}/papers.pdf").status_code == 409
