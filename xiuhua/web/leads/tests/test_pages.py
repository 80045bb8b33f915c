"""Pages of the leads: who sees what, what is refused and why, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import actions, queries, rules
from xiuhua.leads.models import Lead, LeadKind
from xiuhua.web.conftest import World

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


def dispatched(lead: Lead) -> Lead:
    actions.verify(lead=lead, by=SYSTEM, at=clock.now())
    return actions.dispatch(lead=lead, by=SYSTEM, at=clock.now())


def dispatcher(world: World) -> Client:
    return world.client(world.person("duty_dispatcher", world.bureau))


def told(**more: Any) -> dict[str, Any]:
    return {
        "kind": "street_vending",
        "source": "report",
        "place": "示例路2号",
        "content": "有摊位占道",
        "lon": "121.5101",
        "lat": "31.2101",
        **more,
    }


def test_the_list_shows_what_i_may_see_with_its_clock_and_its_next_act(world: World, lead: Lead) -> None:
    page = dispatcher(world).get("/leads/").content.decode()
    assert lead.number in page
    assert "剩 23 小时" in page or "剩 24 小时" in page
    assert f'formaction="/leads/{lead.pk}/do/verify/"' in page


def test_a_squad_sees_a_lead_only_when_it_lies_with_it(world: World, lead: Lead) -> None:
    mine, other = (world.client(world.person("officer", unit)) for unit in (world.squad, world.other))
    assert mine.get(f"/leads/{lead.pk}/").status_code == 404
    dispatched(lead)
    assert mine.get(f"/leads/{lead.pk}/").status_code == 200
    assert other.get(f"/leads/{lead.pk}/").status_code == 404
    assert other.get("/leads/").context["shown"].rows == []
    assert lead.number not in b"".join(other.get("/leads/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["statistics_clerk", "system_administrator", "auditor"])
def test_who_has_nothing_to_do_with_leads_is_refused(world: World, lead: Lead, role: str) -> None:
    assert world.client(world.person(role, world.bureau)).get("/leads/").status_code == 409


def test_the_lead_page_says_what_can_be_done_and_what_not_yet_with_the_reason(
    world: World, lead: Lead
) -> None:
    page = dispatcher(world).get(f"/leads/{lead.pk}/").content.decode()
    assert "核实" in page
    assert "待核实，不能派发" in page


def test_acts_that_my_post_never_reaches_are_not_shown(world: World, lead: Lead) -> None:
    answer = dispatcher(world).get(f"/leads/{lead.pk}/")
    labels = [act.label for act in (*answer.context["may"], *answer.context["may_not"])]
    assert "派发" in labels
    assert "接收" not in labels


def test_the_reporter_is_seen_by_the_handling_unit_only_and_every_look_is_recorded(
    world: World, lead: Lead
) -> None:
    dispatched(lead)
    desk = dispatcher(world)
    assert "示例举报人" not in desk.get(f"/leads/{lead.pk}/").content.decode()
    assert desk.post(f"/leads/{lead.pk}/reporter/", {"reason": "想看"}).status_code == 409
    mine = world.client(world.person("officer"))
    assert "示例举报人" not in mine.get(f"/leads/{lead.pk}/").content.decode()
    assert mine.post(f"/leads/{lead.pk}/reporter/", {"reason": " "}).status_code == 422
    assert "示例举报人" in mine.post(f"/leads/{lead.pk}/reporter/", {"reason": "回访"}).content.decode()
    assert queries.timeline(lead).filter(verb="leads.reveal_reporter").count() == 1


def test_a_new_lead_is_registered_with_its_answers_and_photos(world: World, kind: LeadKind) -> None:
    photo = SimpleUploadedFile("a.png", PNG, "image/png")
    browser = dispatcher(world)
    answer = browser.post("/leads/new/", told(photos=photo, **{"attribute[stall_count]": "3"}))
    lead = Lead.objects.get()
    assert answer["Location"] == f"/leads/{lead.pk}/"
    assert (lead.place, lead.attributes, lead.area) == ("示例路2号", {"stall_count": "3"}, world.area)
    media = queries.media_of(lead)[0]
    picture = browser.get(f"/leads/{lead.pk}/photos/{media.pk}/")
    assert picture["Content-Type"] == "image/png"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert picture.getvalue().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "必填"),
        ({"place": ""}, "必填"),
        ({"received_at": "0230 12:00"}, "没有这一天"),
        ({"lon": "10", "lat": "10"}, "不在本区范围内"),
        ({"attribute[stall_count]": "三"}, "只写数字"),
        ({"reporter_phone": "12"}, "电话应为"),
        ({"source": "detector"}, "请从所列各项中选"),
    ],
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(
    world: World, kind: LeadKind, wrong: dict[str, str], said: str
) -> None:
    answer = dispatcher(world).post("/leads/new/", told(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "有摊位占道" in page
    assert not Lead.objects.exists()


def test_a_file_that_is_no_picture_is_refused(world: World, kind: LeadKind) -> None:
    script = SimpleUploadedFile("a.png", b"<script>alert(1)</script>", "image/png")
    assert dispatcher(world).post("/leads/new/", told(photos=script)).status_code == 422
    assert not Lead.objects.exists()


def test_what_may_be_the_same_is_shown_before_saving(world: World, lead: Lead) -> None:
    browser = dispatcher(world)
    said = {"kind": "street_vending", "place": "别处", "lon": "121.5101", "lat": "31.2101"}
    assert lead.number in browser.get("/leads/near/", said).content.decode()
    assert lead.number not in browser.get("/leads/near/", said | {"kind": "other"}).content.decode()
    by_words = {"kind": "street_vending", "place": "示例路1号"}
    assert lead.number in browser.get("/leads/near/", by_words).content.decode()


def test_the_kind_brings_its_questions_and_keeps_what_was_typed(world: World, kind: LeadKind) -> None:
    page = dispatcher(world).get("/leads/new/", told(), headers={"HX-Request": "true"}).content.decode()
    assert "摊位数量" in page
    assert "有摊位占道" in page
    assert "<html" not in page


def test_the_road_of_a_lead_by_the_buttons(world: World, lead: Lead) -> None:
    desk = dispatcher(world)
    assert desk.post(f"/leads/{lead.pk}/do/verify/").status_code == 302
    form = desk.get(f"/leads/{lead.pk}/do/dispatch/")
    assert form.context["form"]["unit"].text == "SQ-310115016"
    assert desk.post(f"/leads/{lead.pk}/do/dispatch/", {"unit": "SQ-310115016"}).status_code == 302
    mine = world.client(world.person("officer"))
    assert mine.post(f"/leads/{lead.pk}/do/accept/").status_code == 302
    settle = {"outcome": "persuaded", "note": "当场收摊"}
    assert mine.post(f"/leads/{lead.pk}/do/settle/", settle).status_code == 302
    lead.refresh_from_db()
    assert (lead.state, lead.outcome) == ("settled", "persuaded")
    assert "当场收摊" in mine.get(f"/leads/{lead.pk}/").content.decode()


def test_an_act_out_of_its_turn_is_refused_with_the_reason(world: World, lead: Lead) -> None:
    answer = dispatcher(world).post(f"/leads/{lead.pk}/do/dispatch/", {"unit": "SQ-310115016"})
    assert answer.status_code == 409
    assert "不能派发" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.state == rules.State.REGISTERED


@pytest.mark.parametrize("move", ["refuse", "transfer_out"])
def test_ending_a_lead_needs_its_reason(world: World, lead: Lead, move: str) -> None:
    desk = dispatcher(world)
    assert desk.post(f"/leads/{lead.pk}/do/{move}/", {"to": "示例机关", "reason": ""}).status_code == 422
    assert desk.post(f"/leads/{lead.pk}/do/{move}/", {"to": "示例机关", "reason": "不实"}).status_code == 302


def test_a_lead_is_merged_by_its_number(world: World, lead: Lead, kind: LeadKind) -> None:
    desk = dispatcher(world)
    desk.post("/leads/new/", told())
    second = Lead.objects.exclude(pk=lead.pk).get()
    form = desk.get(f"/leads/{second.pk}/do/merge/")
    assert form.context["form"]["into"].text == lead.number
    assert desk.post(f"/leads/{second.pk}/do/merge/", {"into": "没有"}).status_code == 422
    assert desk.post(f"/leads/{second.pk}/do/merge/", {"into": lead.number}).status_code == 302
    second.refresh_from_db()
    assert second.merged_into == lead


def test_many_are_dispatched_at_once_and_what_is_refused_says_why(
    world: World, lead: Lead, kind: LeadKind
) -> None:
    actions.verify(lead=lead, by=SYSTEM, at=clock.now())
    second = actions.register(
        kind=kind, source="report", content="别处", place="无处", by=SYSTEM, at=clock.now()
    )
    answer = dispatcher(world).post("/leads/bulk/", {"act": "dispatch", "lead": [lead.pk, second.pk]})
    assert answer.status_code == 409
    assert f"{second.number}：" in answer.content.decode()
    lead.refresh_from_db()
    assert (lead.state, lead.unit) == ("dispatched", world.squad)


def test_a_finding_goes_on_to_what_is_done_about_it(world: World, kind: LeadKind) -> None:
    mine = world.client(world.person("officer"))
    said = {"kind": "street_vending", "place": "示例路3号", "lon": "121.51", "lat": "31.21"}
    answer = mine.post("/leads/finding/", said | {"next": "persuade"})
    lead = Lead.objects.get()
    assert answer["Location"] == f"/leads/{lead.pk}/do/settle/"
    assert (lead.state, lead.unit, lead.source) == ("accepted", world.squad, "patrol")
    later = mine.post("/leads/finding/", said | {"next": "later"})
    assert later["Location"] == f"/leads/{Lead.objects.order_by('-pk')[0].pk}/"


def test_an_assistants_finding_waits_to_be_verified(world: World, kind: LeadKind) -> None:
    helper = world.client(world.person("auxiliary"))
    helper.post("/leads/finding/", {"kind": "street_vending", "place": "示例路3号", "next": "on_spot"})
    assert Lead.objects.get().state == rules.State.REGISTERED


def test_a_finding_without_a_kind_is_told_so_and_keeps_the_place(world: World, kind: LeadKind) -> None:
    answer = world.client(world.person("officer")).post("/leads/finding/", {"place": "示例路3号"})
    assert answer.status_code == 422
    assert 'value="示例路3号"' in answer.content.decode()


def test_the_list_asks_as_many_questions_for_many_rows_as_for_few(
    world: World, kind: LeadKind, django_assert_max_num_queries: Any
) -> None:
    browser = dispatcher(world)
    for n in range(30):
        actions.register(
            kind=kind, source="report", content=f"示例{n}", place="示例路", by=SYSTEM, at=clock.now()
        )
    browser.get("/leads/")
    with django_assert_max_num_queries(20):
        assert len(browser.get("/leads/?sort=due").context["shown"].rows) == 25


def test_pages_follow_one_another_where_some_rows_have_no_clock(world: World, kind: LeadKind) -> None:
    for n in range(60):
        lead = actions.register(
            kind=kind, source="report", content=f"示例{n}", place="示例路", by=SYSTEM, at=clock.now()
        )
        if n % 3 == 0:
            actions.refuse(lead=lead, reason="不实", by=SYSTEM, at=clock.now())
    browser = dispatcher(world)
    seen: list[int] = []
    url = "/leads/?sort=due"
    while url:
        shown = browser.get(url).context["shown"]
        seen += [row.pk for row in shown.rows]
        url = f"/leads/{shown.next}" if shown.next else ""
    assert len(seen) == len(set(seen)) == 60
    back = browser.get(f"/leads/{shown.previous}").context["shown"]
    assert [row.pk for row in back.rows] == seen[25:50]


@pytest.mark.parametrize("cursor", ["x", "[]", '["a"]', '[null, "x"]', '["2026-13-01", 1]'])
def test_a_place_in_the_list_that_is_none_is_the_beginning(world: World, lead: Lead, cursor: str) -> None:
    assert dispatcher(world).get("/leads/", {"after": cursor}).status_code == 200


def test_a_day_in_the_filter_that_is_none_is_told(world: World, lead: Lead) -> None:
    page = dispatcher(world).get("/leads/", {"received_from": "0230"}).content.decode()
    assert "没有这一天" in page


def test_photos_of_a_form_that_was_not_in_order_need_not_be_taken_again(world: World, kind: LeadKind) -> None:
    browser = world.client(world.person("officer"))
    photo = SimpleUploadedFile("现场.png", PNG, "image/png")
    answer = browser.post("/leads/finding/", {"place": "示例路3号", "photos": photo})
    assert answer.status_code == 422
    assert "已收到 1 个文件" in answer.content.decode()
    browser.post("/leads/finding/", {"place": "示例路3号", "kind": "street_vending"})
    assert len(queries.media_of(Lead.objects.get())) == 1
    assert "已收到" not in browser.get("/leads/finding/").content.decode()


def test_photos_that_were_kept_can_be_thrown_away(world: World, kind: LeadKind) -> None:
    browser = world.client(world.person("officer"))
    browser.post("/leads/finding/", {"photos": SimpleUploadedFile("现场.png", PNG, "image/png")})
    assert browser.post("/drafts/finding/drop/", {"back": "/leads/finding/"})["Location"] == "/leads/finding/"
    assert "已收到" not in browser.get("/leads/finding/").content.decode()
