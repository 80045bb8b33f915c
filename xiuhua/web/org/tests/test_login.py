"""Signing in and out, the second factor, and who is out at once."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions, queries
from xiuhua.org.models import Officer, User
from xiuhua.web.conftest import PASSWORD, World


def sign_in(browser: Client, user: User, password: str = PASSWORD, **more: str) -> int:
    return browser.post("/login/", {"login": user.login, "password": password, **more}).status_code


@pytest.mark.parametrize("path", ["/", "/me/", "/users/", "/units/", "/record/", "/drafts/x/", "/search/"])
def test_a_stranger_is_sent_to_the_login(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=")


def test_a_stranger_who_asks_by_htmx_is_sent_there_as_a_whole(db: None) -> None:
    answer = Client().get("/units/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/login/")


def test_the_right_password_opens_the_page_that_was_asked_for(world: World) -> None:
    user = world.person("officer")
    answer = Client().post("/login/", {"login": user.login, "password": PASSWORD, "next": "/units/"})
    assert (answer.status_code, answer["Location"]) == (302, "/units/")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_host(world: World, elsewhere: str) -> None:
    user = world.person("officer")
    answer = Client().post("/login/", {"login": user.login, "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_said_and_nothing_is_written(world: World) -> None:
    user = world.person("officer")
    browser = Client()
    assert sign_in(browser, user, "wrong") == 422
    assert not queries.sessions_of(user).exists()
    assert browser.get("/me/").status_code == 302


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(world: World) -> None:
    user = world.person("officer")
    browser = Client()
    for _ in range(5):
        sign_in(browser, user, "wrong")
    answer = Client().post("/login/", {"login": user.login, "password": PASSWORD})
    assert answer.status_code in {403, 429}
    assert "锁定" in answer.content.decode()


def test_a_disabled_person_is_out_at_the_next_click(world: World) -> None:
    user, admin = world.person("officer"), world.person("security_administrator", world.bureau)
    browser = world.client(user)
    assert browser.get("/me/").status_code == 200
    actions.disable_user(user=user, reason="离职", by=world.actor(admin), at=clock.now())
    assert browser.get("/me/").status_code == 302
    assert sign_in(Client(), user) == 422


def test_a_session_that_was_ended_elsewhere_is_out_at_the_next_click(world: World) -> None:
    user = world.person("officer")
    browser = world.client(user)
    for session in queries.sessions_of(user):
        actions.end_session(session=session, by=world.actor(user), at=clock.now())
    assert browser.get("/me/").status_code == 302


def test_signing_out_ends_the_session(world: World) -> None:
    user = world.person("officer")
    browser = world.client(user)
    assert browser.post("/logout/").status_code == 302
    assert not queries.sessions_of(user).exists()
    assert browser.get("/me/").status_code == 302


def test_who_must_show_a_second_factor_sees_nothing_before(world: World) -> None:
    strict = actions.make_user(
        officer=actions.hire(
            staff_no="T1", name="示例甲", kind=Officer.Kind.CIVIL, by=SYSTEM, at=clock.now()
        ),
        login="strict",
        password=PASSWORD,
        by=SYSTEM,
        at=clock.now(),
        must_use_totp=True,
    )
    browser = Client()
    answer = browser.post("/login/", {"login": "strict", "password": PASSWORD})
    assert answer["Location"].startswith("/login/code/")
    assert browser.get("/me/")["Location"].startswith("/login/code/")
    page = browser.get("/login/code/").content.decode()
    assert "/login/code/key.svg" in page
    assert browser.get("/login/code/key.svg")["Content-Type"] == "image/svg+xml"
    device = TOTPDevice.objects.get(user=strict)
    assert browser.post("/login/code/", {"code": "000000"}).status_code == 422
    device.refresh_from_db()
    device.throttle_reset()
    code = TOTP(device.bin_key, device.step, device.t0, device.digits)
    code.time = time.time()
    assert browser.post("/login/code/", {"code": f"{code.token():06}"}).status_code == 302
    assert browser.get("/me/").status_code == 200
    assert browser.get("/login/code/key.svg").status_code == 404
