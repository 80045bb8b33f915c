"""Everybody's first page: what runs out, what waits, what came back, and that nothing of others is counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.cases.models import Case, Cause
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import actions
from xiuhua.leads.models import Lead, LeadKind
from xiuhua.web.conftest import World, opened
from xiuhua.web.today import ledger


def test_the_dispatcher_sees_what_waits_and_its_clock(world: World, lead: Lead) -> None:
    page = world.client(world.person("duty_dispatcher", world.bureau)).get("/")
    assert [(t.title, t.count) for t in page.context["tasks"]] == [("待核实的线索", 1)]
    assert [d.number for d in page.context["due"]] == [lead.number]
    assert sum(day.n for day in page.context["strip"]) == 1


def test_a_squad_counts_nothing_that_does_not_lie_with_it(world: World, lead: Lead) -> None:
    page = world.client(world.person("officer")).get("/")
    assert page.context["tasks"] == []
    assert page.context["due"] == []
    assert sum(day.n for day in page.context["strip"]) == 0


def test_what_a_squad_returned_comes_back_to_the_desk_with_its_words(world: World, lead: Lead) -> None:
    actions.verify(lead=lead, by=SYSTEM, at=clock.now())
    actions.dispatch(lead=lead, by=SYSTEM, at=clock.now())
    user = world.person("officer")
    actions.return_(lead=lead, reason="不在本中队辖区", by=world.actor(user), at=clock.now())
    page = world.client(world.person("duty_dispatcher", world.bureau)).get("/")
    back = page.context["back"]
    assert [(b.said, b.by) for b in back] == [("不在本中队辖区", user.officer.name)]
    assert "不在本中队辖区" in page.content.decode()


def test_my_own_case_waits_for_me_and_not_for_another_squad(world: World, cause: Cause) -> None:
    mine, theirs = world.person("officer"), world.person("officer", world.other)
    case = opened(world, cause, "示例甲", mine)
    assert case.number in world.client(mine).get("/").content.decode()
    assert case.number not in world.client(theirs).get("/").content.decode()


def test_a_begun_form_is_a_task(world: World, kind: LeadKind) -> None:
    user = world.person("officer")
    world.client(user).post("/drafts/lead-new/", {"place": "示例路"})
    page = world.client(user).get("/")
    assert [t.title for t in page.context["tasks"]] == ["没写完的：登记线索"]
    world.client(user).post("/drafts/lead-new/drop/")
    assert world.client(user).get("/").context["tasks"] == []


def test_a_day_of_the_strip_shows_what_ends_on_it(world: World, lead: Lead) -> None:
    browser = world.client(world.person("duty_dispatcher", world.bureau))
    lead.refresh_from_db()
    assert lead.due_on is not None
    on, other = (
        browser.get(f"/?day={day}", headers={"HX-Request": "true"})
        for day in (lead.due_on, lead.due_on + timedelta(days=5))
    )
    assert lead.number in on.content.decode()
    assert lead.number not in other.content.decode()
    assert "<html" not in on.content.decode()
    assert browser.get("/?day=2026-02-30").status_code == 200


@pytest.mark.parametrize("role", ["auditor", "system_administrator", "security_administrator"])
def test_administrators_see_their_post_in_words_and_no_business(world: World, lead: Lead, role: str) -> None:
    page = world.client(world.person(role, world.bureau)).get("/")
    assert lead.place not in page.content.decode()
    assert "/leads/" not in page.content.decode()
    assert page.context["has_clocks"] is False
    assert page.context["figures"]


def test_every_figure_of_the_unit_opens_exactly_its_rows(world: World, lead: Lead, cause: Cause) -> None:
    user = world.person("squad_head")
    opened(world, cause, "示例甲", world.person("officer"))
    actions.verify(lead=lead, by=SYSTEM, at=clock.now())
    actions.dispatch(lead=lead, by=SYSTEM, at=clock.now())
    browser = world.client(user)
    for figure in browser.get("/").context["figures"]:
        shown = browser.get(figure.url).context["shown"]
        assert figure.value == shown.total_said, figure.label


@pytest.mark.parametrize(
    ("today", "span"),
    [
        (date(2026, 5, 18), (date(2026, 4, 1), date(2026, 4, 18))),
        (date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 5), (date(2025, 12, 1), date(2025, 12, 5))),
    ],
)
def test_the_month_before_ends_on_the_same_day_or_with_the_month(
    today: date, span: tuple[date, date]
) -> None:
    assert ledger.month_before(today) == span


def test_the_page_asks_as_many_questions_for_many_rows_as_for_few(
    world: World, kind: LeadKind, cause: Cause, django_assert_max_num_queries: Any
) -> None:
    user = world.person("squad_legal_clerk")
    browser = world.client(user)
    for n in range(12):
        found = actions.register(
            kind=kind,
            source="report",
            content=f"示例{n}",
            place="示例路",
            lon=121.51,
            lat=31.21,
            by=SYSTEM,
            at=clock.now(),
        )
        actions.verify(lead=found, by=SYSTEM, at=clock.now())
        actions.dispatch(lead=found, by=SYSTEM, at=clock.now())
    for n in range(8):
        opened(world, cause, f"示例{n}", world.person("officer"))
    assert Case.objects.count() == 8
    with django_assert_max_num_queries(60):
        browser.get("/")
