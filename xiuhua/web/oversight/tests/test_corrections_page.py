"""Decisions that fell on the pages of oversight: the unit reads what is asked, answers, and it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from xiuhua.cases.tests.bench.bench import CLERK, O1, Bench, Who
from xiuhua.cases.tests.bench.remedies import ASKED, Remedies
from xiuhua.kernel import clock
from xiuhua.kernel.models import Job
from xiuhua.kernel.tests.kept import kept
from xiuhua.oversight import jobs
from xiuhua.oversight.models import Correction
from xiuhua.oversight.tests.conftest import overseen_bench
from xiuhua.web.cases.tests.conftest import browser

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HEAD, INSPECTOR = ("squad_head", 0), ("supervision_inspector", 7)


@pytest.fixture(scope="module")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, overseen_bench)


@pytest.fixture
def fell(whole_bench: Bench, db: None) -> Iterator[Remedies]:
    """A case whose decision fell an hour ago; the clock stands still."""
    with whole_bench.as_it_was():
        case = Remedies(whole_bench)
        case.walk("reconsideration", (*ASKED, "revoke"))
        with clock.held_at(case.at):
            jobs.open_correction(Job.objects.filter(name="oversight.open_correction").latest("pk").payload)
        with clock.held_at(case.at + timedelta(hours=1)):
            yield case


def reader(case: Remedies, who: Who) -> Client:
    squad = who[0].startswith("squad") or who[0] == "officer"
    return browser(case.bench, who, case.case.handling_unit if squad else case.bench.bureau.top)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_the_unit_answers_and_the_inspector_sends_back_and_closes(fell: Remedies) -> None:
    head, inspector = reader(fell, HEAD), reader(fell, INSPECTOR)
    row = Correction.objects.get()
    url = f"/oversight/corrections/{row.pk}/"
    listed = text(head, "/oversight/corrections/")
    for said in (row.number, fell.case.number, "撤销", "主要事实不清、证据不足", "待整改回复"):
        assert said in listed
    page = text(head, url)
    for said in (row.found, "回复整改", "申诉", "可申诉至", f'href="/cases/{fell.case.pk}/#matters"'):
        assert said in page
    assert "整改情况由被督察单位负责人或者法制员回复" in text(inspector, url)
    form = head.post(f"{url}reply/", {"text": "复训"})
    assert form.status_code == 422
    refused = form.content.decode()
    assert all(f'id="f-{name}-e"' in refused for name in ("why", "answerable"))
    assert Correction.objects.get().state == "sent"
    told = {"text": "复训", "why": "未核实经营者", "answerable": "谈话提醒"}
    assert head.post(f"{url}reply/", told).status_code == 302
    assert inspector.post(f"{url}back/", {"reason": "不具体"}).status_code == 302
    assert head.post(f"{url}reply/", {**told, "text": "八月复训"}).status_code == 302
    page = text(inspector, url)
    for said in ("未核实经营者", "八月复训", "谈话提醒", "不具体"):
        assert said in page
    assert inspector.post(f"{url}close/").status_code == 302
    assert "已销号" in text(head, url)


def test_an_appeal_is_made_and_decided(fell: Remedies) -> None:
    url = f"/oversight/corrections/{Correction.objects.get().pk}/"
    head, deputy = reader(fell, CLERK), reader(fell, ("bureau_deputy_head", 7))
    assert head.post(f"{url}appeal/", {"reason": "法院已撤销复议决定"}).status_code == 302
    assert "法院已撤销复议决定" in text(deputy, f"{url}")
    assert deputy.post(f"{url}decide/", {"upheld": "no", "reason": "属实"}).status_code == 302
    assert "申诉成立" in text(head, url)


def test_what_waits_stands_beside_the_room_and_in_the_list_of_fallen_decisions(fell: Remedies) -> None:
    head = reader(fell, HEAD)
    url = f"/oversight/corrections/{Correction.objects.get().pk}/"
    assert url in b"".join(head.get("/cases/remedies/")).decode()
    export = head.get("/oversight/corrections/?format=csv")
    assert fell.case.number in b"".join(export).decode()
    assert "没有符合条件" in text(head, "/oversight/corrections/?state=closed")


def test_others_find_nothing(fell: Remedies) -> None:
    url = f"/oversight/corrections/{Correction.objects.get().pk}/"
    west = browser(fell.bench, HEAD, fell.bench.bureau.west)
    for act in ("", "reply/", "appeal/", "decide/"):
        assert west.get(f"{url}{act}").status_code == 404
    assert "没有被纠正的决定" in text(west, "/oversight/corrections/?state=")
    assert reader(fell, O1).get("/oversight/corrections/").status_code == 409
