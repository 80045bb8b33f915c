"""Joint investigation on its pages: asked, taken on, worked by those who are named, and shut again at the end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xiuhua.cases import actions
from xiuhua.cases.models import Case, CaseExhibit, Document, JointEvidence, JointWork
from xiuhua.cases.tests.bench.bench import HEAD, O1, O2, REVIEWER, Bench
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads.tests.desk import JPEG
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser

THIRD = ("officer", 2)


def ask(bench: Bench, case: Case, at: datetime, client: Client | None = None) -> JointWork:
    client = client or browser(bench, O1, case.handling_unit)
    said = {
        "squad": str(bench.bureau.town.pk),
        "basis": "SHUM §4",
        "purpose": "示例：涉案场所在本镇",
        "task_1": "示例：走访三家相邻商户",
        "due_1": (at.date() + timedelta(days=5)).isoformat(),
    }
    path = f"/cases/{case.pk}/joint/"
    assert client.get(path).status_code == 200
    assert client.post(path, said | {"due_1": "2018-01-01"}).status_code == 422
    assert client.post(path, said | {"purpose": "短"}).status_code == 422
    assert client.post(path, said).status_code == 302
    assert client.post(path, said).status_code == 409
    return JointWork.objects.latest("pk")


def asked(bench: Bench, case: Case, at: datetime) -> JointWork:
    """The same without a browser."""
    return actions.ask(
        case=case,
        squad=bench.bureau.town,
        purpose="示例：涉案场所在本镇",
        basis="SHUM §4",
        tasks=[actions.Asked("示例：走访三家相邻商户", at.date() + timedelta(days=5))],
        by=bench.actor(O1, case.handling_unit),
        at=at,
    )


def accept(bench: Bench, work: JointWork) -> None:
    client, path = browser(bench, HEAD, bench.bureau.town), f"/cases/joint/{work.pk}/"
    people = [str(bench.person(who, bench.bureau.town).pk) for who in (O1, O2)]
    shown = client.get(path).content.decode()
    assert work.purpose in shown
    assert "示例餐饮有限公司" not in shown
    assert client.post(f"{path}accept/", {"officers": people[:1]}).status_code == 422
    assert client.post(f"{path}accept/", {"officers": people}).status_code == 302
    assert client.post(f"{path}decline/", {"reason": "示例：人手不足"}).status_code == 409


@pytest.mark.slow
def test_a_case_is_worked_together_from_the_request_to_the_end(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    with clock.held_at(at):
        own = browser(bench, O1, case.handling_unit)
        work = ask(bench, case, at, own)
        path, named = f"/cases/joint/{work.pk}/", browser(bench, O1, bench.bureau.town)
        assert named.get(path).status_code == 404
        accept(bench, work)
        assert named.get(f"/cases/{case.pk}/").headers["Location"] == path
        assert case.number in named.get("/cases/").content.decode()
        page = named.get(path).content.decode()
        assert "示例餐饮有限公司" in page
        task = f"{path}tasks/{work.tasks.get().pk}/"
        assert named.get(task).status_code == 200
        assert named.post(task, {"report": ""}).status_code == 422
        assert named.post(task, {"report": "示例：已走访三家"}).status_code == 302
        assert named.post(task, {"report": "示例：再写一遍"}).status_code == 409
        hand_in(bench, work, named)
        handed = JointEvidence.objects.get(joint=work)
        take = f"{path}evidence/{handed.pk}/"
        assert named.post(take).status_code == 409
        assert own.post(take).status_code == 302
        assert own.post(take).status_code == 409
        assert CaseExhibit.objects.filter(case=case, exhibit=handed.exhibit).exists()
        timeline = own.get(f"/cases/{case.pk}/").content.decode()
        for act in ("请ST协查", "ST接受协查", "ST办结协查任务", "ST提交证据", "协查证据列入证据目录"):
            assert act in timeline, act
        assert own.post(f"{path}end/", {"reason": ""}).status_code == 422
        assert own.post(f"{path}end/", {"reason": "示例：任务已完成"}).status_code == 302
        assert named.get(path).status_code == 404
        assert named.get(f"/cases/{case.pk}/").status_code == 404
        assert own.get("/cases/joint/").context["over"]


def hand_in(bench: Bench, work: JointWork, named: Client) -> None:
    said = {
        "kind": "audio_visual",
        "shows": "示例：相邻商户的说明",
        "collected_by": [str(bench.person(who, bench.bureau.town).pk) for who in (O1, O2)],
    }
    path = f"/cases/joint/{work.pk}/hand-in/"
    assert named.post(path, said).status_code == 422
    picture = SimpleUploadedFile("示例.jpg", JPEG, content_type="image/jpeg")
    assert named.post(path, said | {"files": picture}).status_code == 302


def shared(bench: Bench) -> tuple[JointWork, Document, Document, datetime]:
    case, at = bench.at_step("assign_officers")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        papers = [Document(case=case, kind="filing_form", issued_on=AT.date()) for _ in range(2)]
        for one in papers:
            one.save()
        act.entry(on=case, facts={})
    with clock.held_at(at):
        own = browser(bench, O1, case.handling_unit)
        work = ask(bench, case, at, own)
        accept(bench, work)
        path = f"/cases/joint/{work.pk}/share/"
        assert own.post(path, {}).status_code == 422
        assert own.post(path, {"documents": [str(papers[0].pk)]}).status_code == 302
    return work, papers[0], papers[1], at


@pytest.mark.slow
def test_the_named_open_what_is_shared_and_no_other_page_of_the_case(bench: Bench) -> None:
    work, open_, shut, at = shared(bench)
    case = work.case_id
    with clock.held_at(at):
        named = browser(bench, O1, bench.bureau.town)
        assert named.get(f"/cases/{case}/papers/{open_.pk}.pdf").status_code == 200
        for path in (
            f"papers/{shut.pk}.pdf",
            f"papers/{open_.pk}/",
            "papers.pdf",
            "procedure/",
            "check/",
            "evidence/",
            "do/inspect/",
            "do/decide_penalty/",
            "joint/",
            "court-papers.pdf",
        ):
            assert named.get(f"/cases/{case}/{path}").status_code in {403, 404, 409}, path
        assert named.get(f"/api/cases/{work.case.number}").status_code in {401, 404}
        for who in (THIRD, HEAD):
            other = browser(bench, who, bench.bureau.town)
            assert other.get(f"/cases/{case}/papers/{open_.pk}.pdf").status_code == 404, who
            assert other.get(f"/cases/{case}/").status_code == 404, who


def test_what_waits_for_the_squad_stands_on_the_first_page_of_who_is_to_do_it(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    with clock.held_at(at):
        work, town = asked(bench, case, at), bench.bureau.town
        head = browser(bench, HEAD, town)
        assert [t.url for t in head.get("/").context["tasks"]] == [f"/cases/joint/{work.pk}/"]
        people = [bench.person(who, town) for who in (O1, O2)]
        actions.accept(work=work, officers=people, by=bench.actor(HEAD, town), at=at)
        task = work.tasks.get()
        for who, urls in (
            (O1, [f"/cases/joint/{work.pk}/tasks/{task.pk}/"]),
            (THIRD, []),
            (HEAD, []),
        ):
            shown = browser(bench, who, town).get("/").context["tasks"]
            assert [t.url for t in shown if "joint" in t.url] == urls, who
        actions.report_task(task=task, report="示例：已走访三家", by=bench.actor(O1, town), at=at)
        assert not browser(bench, O1, town).get("/").context["tasks"]


@pytest.mark.parametrize("act", ["accept", "decline", "end", "share", "hand-in"])
def test_others_do_nothing_in_it(bench: Bench, act: str) -> None:
    case, at = bench.at_step("assign_officers")
    with clock.held_at(at):
        work = asked(bench, case, at)
        path = f"/cases/joint/{work.pk}/{act}/"
        assert browser(bench, O1, bench.bureau.west).post(path).status_code == 404
        assert browser(bench, O1, bench.bureau.town).post(path).status_code == 404
        reviewer = browser(bench, REVIEWER)
        people = [str(bench.person(who, bench.bureau.town).pk) for who in (O1, O2)]
        assert reviewer.post(path, {"reason": "示例：不合适", "officers": people}).status_code in {409, 422}
        assert reviewer.get(path).status_code == 200
    work.refresh_from_db()
    assert work.state == "asked"


def test_the_list_says_what_is_due_and_what_is_over(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    with clock.held_at(at):
        work = asked(bench, case, at)
    with clock.held_at(at + timedelta(days=9)):
        (row,) = browser(bench, HEAD, bench.bureau.town).get("/cases/joint/").context["open"]
    assert (row.work.pk, row.done, row.total, row.over) == (work.pk, 0, 1, True)
