"""My page, accounts, units, the record: who sees them and what they do."""

from __future__ import annotations

import pytest

from xiuhua.org import queries
from xiuhua.web.conftest import PASSWORD, World
from xiuhua.web.frame.forms import drafts


def test_my_page_says_my_posts_in_words(world: World) -> None:
    page = world.client(world.person("squad_head")).get("/me/").content.decode()
    assert "中队长" in page
    assert "不得审批本人提请的事项" in page


def test_my_page_speaks_english_by_one_click(world: World) -> None:
    browser = world.client(world.person("squad_head"))
    assert browser.post("/language/", {"to": "en", "back": "/me/"})["Location"] == "/me/"
    page = browser.get("/me/").content.decode()
    assert "Squad head" in page
    assert '<html lang="en"' in page


def test_the_theme_is_written_by_the_server(world: World) -> None:
    browser = world.client(world.person("officer"))
    browser.post("/theme/", {"to": "dark", "back": "/me/"})
    assert 'data-theme="dark"' in browser.get("/me/").content.decode()
    browser.post("/theme/", {"to": "neon", "back": "/me/"})
    assert 'data-theme="dark"' in browser.get("/me/").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "another-long-one-1", "another-long-one-1", "f-old"),
        (PASSWORD, "another-long-one-1", "another-long-one-2", "f-again"),
        (PASSWORD, "short", "short", "f-password"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(
    world: World, old: str, new: str, again: str, field: str
) -> None:
    browser = world.client(world.person("officer"))
    answer = browser.post("/me/password/", {"old": old, "password": new, "again": again})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'is-wrong" type="password" id="{field}"' in page


def test_a_new_password_ends_every_session(world: World) -> None:
    user = world.person("officer")
    browser = world.client(user)
    new = "another-long-one-1"
    answer = browser.post("/me/password/", {"old": PASSWORD, "password": new, "again": new})
    assert answer["Location"] == "/login/"
    assert not queries.sessions_of(user).exists()


def test_i_cannot_end_somebody_elses_session_from_my_page(world: World) -> None:
    user, other = world.person("officer"), world.person("officer")
    world.client(other)
    theirs = queries.sessions_of(other).get()
    assert world.client(user).post(f"/me/sessions/{theirs.pk}/end/").status_code == 404


@pytest.mark.parametrize("path", ["/users/", "/record/"])
def test_an_officer_is_refused_in_the_rooms_of_administrators(world: World, path: str) -> None:
    answer = world.client(world.person("officer")).get(path)
    assert answer.status_code == 409
    assert "没有进入这里的权限" in answer.content.decode()


def test_a_refusal_by_htmx_is_a_fragment_above_the_page(world: World) -> None:
    answer = world.client(world.person("officer")).get("/users/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#refused")
    assert "<html" not in answer.content.decode()


def test_the_security_administrator_disables_with_a_reason(world: World) -> None:
    user, admin = world.person("officer"), world.person("security_administrator", world.bureau)
    browser = world.client(admin)
    assert browser.get("/users/").status_code == 200
    refused = browser.post(f"/users/{user.pk}/disable/", {"reason": " "})
    assert refused.status_code == 422
    user.refresh_from_db()
    assert user.is_active
    assert browser.post(f"/users/{user.pk}/disable/", {"reason": "离职"}).status_code == 302
    user.refresh_from_db()
    assert not user.is_active


def test_nobody_disables_the_own_account(world: World) -> None:
    admin = world.person("security_administrator", world.bureau)
    assert world.client(admin).post(f"/users/{admin.pk}/disable/", {"reason": "试"}).status_code == 409


def test_the_auditor_reads_the_record_and_exports_what_is_shown(world: World) -> None:
    world.person("officer")
    browser = world.client(world.person("auditor", world.bureau))
    page = browser.get("/record/").content.decode()
    assert "人员入职" in page
    assert "<em>网络地址</em>" in page or "<em>浏览器</em>" in page, "facts are named in words"
    assert f'<td class="sub wrap">{world.bureau.code}</td>' not in page, "units are named, not coded"
    lines = b"".join(browser.get("/record/?verb=org.hire&format=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = lines.strip().splitlines()
    assert len(rows) == 3
    assert all("org.hire" in row for row in rows[1:])


def test_a_saved_filter_is_mine_alone(world: World) -> None:
    admin, other = (world.person("security_administrator", world.bureau) for _ in range(2))
    browser = world.client(admin)
    browser.post("/filters/users/", {"name": "停用的人", "query": "active=no", "back": "/users/"})
    assert "停用的人" in browser.get("/users/").content.decode()
    assert "停用的人" not in world.client(other).get("/users/").content.decode()


def test_a_draft_grows_by_what_is_filled_and_loses_what_is_emptied(world: World) -> None:
    user = world.person("officer")
    client, actor = world.client(user), world.actor(user)

    def held() -> dict[str, list[str]]:
        draft = drafts.find(actor, "lead-new")
        return draft.data if draft else {}

    for typed in ({"place": "示例路"}, {"content": "示例"}, {"place": ["示例路2号"]}):
        client.post("/drafts/lead-new/", typed)
    assert held() == {"place": ["示例路2号"], "content": ["示例"]}
    client.post("/drafts/lead-new/", {"place": ""})
    assert held() == {"content": ["示例"]}
    client.post("/drafts/lead-new/", {"content": ""})
    assert drafts.find(actor, "lead-new") is None
    assert drafts.begun(actor, ["lead-new"]) == []


def test_a_form_says_what_was_put_back_into_it_and_lets_it_be_thrown_away(world: World) -> None:
    client = world.client(world.person("officer"))
    assert "已带出" not in client.get("/leads/new/").content.decode()
    client.post("/drafts/lead-new/", {"place": "示例路7号"})
    page = client.get("/leads/new/").content.decode()
    assert "示例路7号" in page
    assert "存的草稿" in page
    assert 'formaction="/drafts/lead-new/drop/"' in page
    answer = client.post("/drafts/lead-new/drop/", {"back": "/leads/new/", "place": "示例路7号"}, follow=True)
    page = answer.content.decode()
    assert "示例路7号" not in page
    assert "已带出" not in page
    assert 'data-draft-done="/drafts/lead-new/"' in page  # the device forgets it, too


def test_a_draft_is_kept_and_given_back_to_its_owner_only(world: World) -> None:
    user, other = world.person("officer"), world.person("officer")
    answer = world.client(user).post("/drafts/lead-new/", {"place": "示例路", "csrfmiddlewaretoken": "x"})
    assert "草稿" in answer.json()["said"]
    from_user = world.actor(user), world.actor(other)
    found = [drafts.find(actor, "lead-new") for actor in from_user]
    assert found[0] is not None
    assert found[0].data == {"place": ["示例路"]}
    assert found[1] is None


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [("day", "0230", "没有这一天"), ("day", "20180503", "2018年5月3日"), ("money", "8000", "8,000.00元")],
)
def test_the_server_says_at_the_field_what_it_understood(
    world: World, kind: str, text: str, said: str
) -> None:
    page = world.client(world.person("officer")).get(f"/check/{kind}/", {"on": text}).content.decode()
    assert said in page


def test_an_unknown_address_is_not_found_in_words(world: World) -> None:
    answer = world.client(world.person("officer")).get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()
