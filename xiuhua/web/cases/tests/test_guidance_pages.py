"""Typical cases and notes on their pages and beside a step; sessions on hard cases from the call to the minutes."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases import actions
from xiuhua.cases.models import Case, CaseTemplate, GuidanceNote, HardSession, SessionItem
from xiuhua.cases.tests.bench.bench import LEGAL, O1, REVIEWER, Bench
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import TODAY
from xiuhua.web.cases.tests.conftest import browser

NOTE = {
    "title": "示例：先出示证件",
    "text": "示例：到场先开执法记录仪，再出示证件。",
    "move": "inspect",
    "move_2": "interview",
    "valid_from": TODAY.isoformat(),
}


def published(bench: Bench, **more: str) -> GuidanceNote:
    assert browser(bench, LEGAL).post("/reviews/notes/new/", NOTE | more).status_code == 302
    return GuidanceNote.objects.latest("pk")


def test_a_note_stands_beside_its_step_and_is_marked_there_without_leaving_the_form(bench: Bench) -> None:
    note = published(bench)
    case, at = bench.at_step("recheck_correction")
    client = browser(bench, O1, case.handling_unit)
    with clock.held_at(at):
        page = client.get(f"/cases/{case.pk}/do/inspect/").content.decode()
        assert note.text in page
        assert note.author.name in page
        assert note.text not in client.get(f"/cases/{case.pk}/do/close_investigation/").content.decode()
        part = client.post(
            f"/reviews/notes/{note.pk}/mark/", {"mark": "helped"}, headers={"HX-Request": "true"}
        )
    assert part.status_code == 200
    assert part.content.decode().count('aria-pressed="true"') == 1
    assert note.marks.get().mark == "helped"
    assert client.post(f"/reviews/notes/{note.pk}/mark/", {"mark": "outdated"}).status_code == 302
    assert client.get(f"/reviews/notes/{note.pk}/mark/").status_code == 405


def test_a_note_stands_beside_a_step_of_a_matter_and_not_beside_one_of_the_same_name(bench: Bench) -> None:
    note = published(bench, move="coercive_measure:ask_measure", move_2="")
    case, at = bench.at_step("recheck_correction")
    client = browser(bench, O1, case.handling_unit)
    with clock.held_at(at):
        beside = client.get(f"/cases/{case.pk}/beside/coercive_measure/ask_measure/").content.decode()
        registering = f"/cases/{case.pk}/beside/evidence_registration/ask_registration/"
        assert note.text in beside
        assert note.text not in client.get(registering).content.decode()
    assert "查封扣押：" in client.get("/reviews/notes/").content.decode()


def test_a_note_may_stand_beside_every_step_that_people_make(bench: Bench) -> None:
    page = browser(bench, LEGAL).get("/reviews/notes/new/").content.decode()
    for name in (
        "inspect",
        "decide_on_spot",
        "order_demolition",
        "litigation:answer_suit",
        "payment:apply_deferral",
    ):
        assert f'value="{name}"' in page, name
    for name in ("litigation:let_suit_lapse", "payment:start_payment_period"):
        assert f'value="{name}"' not in page, name


def test_a_step_offers_the_text_of_a_typical_case_for_the_input_it_fits(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    with clock.held_at(at):
        page = browser(bench, O1, case.handling_unit).get(f"/cases/{case.pk}/do/inspect/").content.decode()
    assert 'data-fill="f-inspection-facts"' in page
    assert 'id="f-inspection-facts"' in page
    assert "{当事人}" not in page
    assert "应有证据" in page


def test_a_note_is_withdrawn_with_a_reason_and_stands_in_the_list_with_it(bench: Bench) -> None:
    note, client = published(bench), browser(bench, LEGAL)
    path = f"/reviews/notes/{note.pk}/withdraw/"
    assert client.post(path, {"reason": "短"}).status_code == 422
    assert client.post(path, {"reason": "示例：不再适用"}).status_code == 302
    assert client.post(path, {"reason": "示例：不再适用"}).status_code == 409
    assert "示例：不再适用" in client.get("/reviews/notes/").content.decode()
    assert client.post(f"/reviews/notes/{note.pk}/mark/", {"mark": "helped"}).status_code == 404


@pytest.mark.parametrize("wrong", [{"title": ""}, {"move": "nonsense"}, {"valid_to": "2020-01-01"}])
def test_a_fault_of_a_note_keeps_what_was_typed(bench: Bench, wrong: dict[str, str]) -> None:
    page = browser(bench, LEGAL).post("/reviews/notes/new/", NOTE | wrong)
    assert page.status_code == 422
    assert NOTE["text"] in page.content.decode()
    assert not GuidanceNote.objects.exists()


def test_a_new_version_of_a_template_begins_with_the_words_of_the_old(bench: Bench) -> None:
    client = browser(bench, LEGAL)
    old = CaseTemplate.objects.get(code="HB01")
    path = f"/reviews/templates/new/?of={old.pk}"
    assert old.reasons in client.get(path).content.decode()
    said: dict[str, Any] = {
        "valid_from": TODAY.isoformat(),
        "title": old.title,
        "facts": "示例：{当事人}在{违法地点}",
        "evidence": "现场检查笔录\n照片",
        "reasons": old.reasons,
        "proposal": old.proposal,
    }
    strange = client.post(path, said | {"facts": "示例：{who}在{违法地点}"})
    assert strange.status_code == 422
    assert "who" in strange.content.decode()
    assert client.post(path, said).status_code == 302
    new = CaseTemplate.objects.latest("pk")
    assert (new.code, new.cause_code, new.evidence) == ("HB01", "HB01", "现场检查笔录\n照片")
    listed = client.get("/reviews/templates/")
    assert new in [t for t, _title in listed.context["now"]]
    assert old in [t for t, _title in listed.context["others"]]


def test_a_template_is_withdrawn_on_its_page_by_those_who_guide(bench: Bench) -> None:
    old = CaseTemplate.objects.get(code="SR14")
    path = f"/reviews/templates/{old.pk}/"
    squad = browser(bench, O1, bench.bureau.east)
    assert squad.get(path).status_code == 200
    assert squad.post(path, {"reason": "示例：不喜欢"}).status_code == 409
    client = browser(bench, REVIEWER)
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "示例：条文已改"}).status_code == 302
    assert client.post(path, {"reason": "示例：条文已改"}).status_code == 409
    assert "示例：条文已改" in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["templates/new/", "notes/new/", "sessions/new/"])
def test_who_handles_cases_does_not_open_the_forms_of_those_who_guide(bench: Bench, path: str) -> None:
    assert browser(bench, O1, bench.bureau.east).get(f"/reviews/{path}").status_code in {403, 409}


def called(bench: Bench) -> tuple[Case, HardSession]:
    case, _at = bench.at_step("recheck_correction")
    chair, officer = bench.person(LEGAL), bench.person(O1, case.handling_unit)
    said = {
        "held_on": TODAY.isoformat(),
        "place": "示例会议室",
        "chair": str(chair.pk),
        "participants": [str(bench.person(REVIEWER).pk), str(officer.pk)],
        "cases": f"{case.number} 示例：停用期间是否计入",
    }
    client = browser(bench, LEGAL)
    assert case.number in client.get(f"/reviews/sessions/new/?case={case.pk}").content.decode()
    unknown = client.post("/reviews/sessions/new/", said | {"cases": "没有这件 示例：停用期间是否计入"})
    assert unknown.status_code == 422
    assert client.post("/reviews/sessions/new/", said | {"cases": case.number}).status_code == 422
    assert client.post("/reviews/sessions/new/", said).status_code == 302
    return case, HardSession.objects.latest("pk")


@pytest.mark.slow
def test_a_session_goes_from_the_call_to_signed_minutes_and_stands_in_the_timeline(bench: Bench) -> None:
    case, session = called(bench)
    item = SessionItem.objects.get(session=session)
    path = f"/reviews/sessions/{session.pk}/"
    member, chair = browser(bench, REVIEWER), browser(bench, LEGAL)
    assert member.post(f"{path}{item.pk}/", {"text": ""}).status_code == 422
    assert member.post(f"{path}{item.pk}/", {"text": "示例：应当计入"}).status_code == 302
    said = {f"conclusion-{item.pk}": "示例：计入，说明日数", "minutes": "示例：与会人员一致认为计入。"}
    assert member.post(path, said).status_code == 409
    assert chair.post(path, said | {"minutes": ""}).status_code == 422
    assert chair.post(path, said).status_code == 302
    assert chair.post(path, said).status_code == 409
    assert member.post(f"{path}{item.pk}/", {"text": "示例：还有一句"}).status_code == 409
    page = member.get(path).content.decode()
    assert "不代替法律规定的集体讨论" in page
    assert said["minutes"] in page
    timeline = member.get(f"/cases/{case.pk}/").content.decode()
    assert "签署会商纪要" in timeline
    assert "召集疑难案件会商" in timeline
    listed = member.get(f"/reviews/sessions/?year={TODAY.year}")
    assert listed.context["held"] == 1
    assert [s.pk for s, _items, _people in listed.context["rows"]] == [session.pk]


def test_who_sees_not_every_case_of_a_session_reads_no_minutes(bench: Bench) -> None:
    case, session = called(bench)
    item = SessionItem.objects.get(session=session)
    guest = bench.person(O1, bench.bureau.west)
    other, at = bench.at_step("recheck_correction")
    wide = actions.convene(
        held_on=at.date(),
        place="示例会议室",
        chair=bench.person(LEGAL),
        participants=[guest],
        agenda=[actions.Agenda(other, "示例：另一件的议题")],
        by=bench.actor(LEGAL, at=at),
        at=at,
    )
    away = browser(bench, O1, bench.bureau.west)
    assert away.get(f"/reviews/sessions/{session.pk}/").status_code == 404
    assert away.get(f"/reviews/sessions/{session.pk}/{item.pk}/").status_code == 404
    page = away.get(f"/reviews/sessions/{wide.pk}/")
    assert page.status_code == 200
    assert page.context["may_read"] is False
    assert page.context["rows"] == []
    assert "示例：另一件的议题" not in page.content.decode()
    assert f"/cases/{other.pk}/" not in page.content.decode()
    listed = away.get("/reviews/sessions/")
    assert [(s.pk, items) for s, items, _people in listed.context["rows"]] == [(wide.pk, [])]
    assert f"/cases/{case.pk}/" not in listed.content.decode()
