"""Search: what is found, how the hit is marked, and that nothing unseen is found."""

from __future__ import annotations

import pytest

from xiuhua.cases.models import Cause
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import actions as leads
from xiuhua.leads.models import Lead
from xiuhua.registers import actions as registers
from xiuhua.web.conftest import World, opened
from xiuhua.web.search.marks import marked


@pytest.mark.parametrize(
    ("text", "query", "hit", "sounds"),
    [
        ("示例餐饮公司", "餐饮", "餐饮", ()),
        ("示例餐饮公司", "cy", "餐饮", ("c", "y")),
        ("示例餐饮公司", "CYGS", "餐饮公司", ("c", "y", "g", "s")),
        ("沪A12345", "a123", "A123", ()),
    ],
)
def test_the_hit_is_marked_as_it_stands_or_by_its_initials(
    text: str, query: str, hit: str, sounds: tuple[str, ...]
) -> None:
    pieces = marked(text, query)
    assert "".join(p.text for p in pieces) == text
    assert [(p.text, p.sounds) for p in pieces if p.hit] == [(hit, sounds)]


@pytest.mark.parametrize("query", ["", "xyz", "不在", "c1"])
def test_a_text_that_does_not_hold_the_query_stays_whole(query: str) -> None:
    assert [p.hit for p in marked("示例餐饮", query)] == [False]


def groups(world: World, role: str, text: str, **more: str) -> dict[str, list[str]]:
    unit = world.bureau if role == "duty_dispatcher" else world.squad
    page = world.client(world.person(role, unit)).get("/search/", {"q": text, **more})
    return {g.key: ["".join(p.text for p in h.name) for h in g.hits] for g in page.context["groups"]}


def _lay_out(world: World, cause: Cause, lead: Lead) -> None:
    officer = world.person("officer")
    actor = world.actor(officer)
    party = registers.register_party(
        kind="organisation", name="示例餐饮公司", address="锦绣路1号", by=actor, at=clock.now()
    )
    registers.register_vehicle(
        plate="沪A12345", colour="blue", kind="car", party=party, by=actor, at=clock.now()
    )
    registers.register_premises(
        name="示例餐饮门店", address="锦绣路1号", party=party, by=actor, at=clock.now()
    )
    opened(world, cause, "示例餐饮甲", officer)
    leads.verify(lead=lead, place="锦绣路1号", by=SYSTEM, at=clock.now())
    leads.dispatch(lead=lead, by=SYSTEM, at=clock.now())


def test_one_text_finds_in_every_room_that_the_post_opens(world: World, cause: Cause, lead: Lead) -> None:
    _lay_out(world, cause, lead)
    found = groups(world, "officer", "cy")
    assert set(found) == {"parties", "cases", "premises"}
    assert set(groups(world, "officer", "锦绣路")) == {"parties", "leads", "premises"}
    assert groups(world, "officer", "沪A12345")["vehicles"] == ["沪A12345"]
    assert groups(world, "officer", lead.number)["leads"] == ["锦绣路1号"]


def test_the_dispatcher_finds_leads_and_never_a_party_or_a_case(
    world: World, cause: Cause, lead: Lead
) -> None:
    _lay_out(world, cause, lead)
    assert groups(world, "duty_dispatcher", "示例餐饮") == {}
    assert set(groups(world, "duty_dispatcher", "锦绣路")) == {"leads"}


def test_another_squad_finds_nothing_of_ours(world: World, cause: Cause, lead: Lead) -> None:
    _lay_out(world, cause, lead)
    browser = world.client(world.person("officer", world.other))
    for text in ("示例餐饮", "锦绣路", "沪A12345", lead.number):
        assert browser.get("/search/", {"q": text}).context["groups"] == []
    assert browser.get(f"/search/lead/{lead.pk}/").status_code == 404


def test_an_at_sign_finds_only_cases_of_somebody(world: World, cause: Cause, lead: Lead) -> None:
    _lay_out(world, cause, lead)
    assert set(groups(world, "officer", "@sl")) == {"cases"}


def test_a_single_sign_finds_nothing_and_says_so(world: World) -> None:
    page = world.client(world.person("officer")).get("/search/", {"q": "示"})
    assert "至少写两个字" in page.content.decode()


def test_the_side_pane_masks_numbers(world: World, cause: Cause, lead: Lead) -> None:
    _lay_out(world, cause, lead)
    browser = world.client(world.person("officer"))
    shown = browser.get("/search/", {"q": "餐饮公司"})
    assert "打开" in shown.content.decode()
    pk = shown.context["first"].pk
    assert browser.get(f"/search/party/{pk}/").status_code == 200
    assert browser.get(f"/search/nothing/{pk}/").status_code == 404


def test_what_was_typed_is_shown_as_text_only(world: World) -> None:
    page = world.client(world.person("officer")).get("/search/", {"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()
