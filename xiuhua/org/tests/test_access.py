"""Accounts, sessions and keys: a disabled account is out at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org import actions, queries
from xiuhua.org.models import ApiKey, LoginSession, User
from xiuhua.org.permissions import can_disable, can_end_key, can_end_session, can_set_password
from xiuhua.org.tests.conftest import AT, Bureau, account, actor, hired

PASSWORD = "示例-correct-horse-9"
SECURE = "security_administrator"


@pytest.fixture
def user(bureau: Bureau) -> User:
    return account(hired("1"), PASSWORD)


def signs_in(login: str) -> bool:
    """Whether the password still opens the account."""
    return ModelBackend().authenticate(None, username=login, password=PASSWORD) is not None


def signed_in(user: User) -> LoginSession:
    store = SessionStore()
    store.create()
    return actions.start_session(
        user=user, session_key=str(store.session_key), ip="127.0.0.1", agent="test", by=SYSTEM, at=AT
    )


def test_a_disabled_account_loses_login_sessions_and_keys_at_once(user: User) -> None:
    session = signed_in(user)
    _, raw = actions.make_key(user=user, label="来件", by=SYSTEM, at=AT)
    assert queries.key_user(raw) == user
    assert queries.live_session(session.session_key) == session
    assert signs_in("1")
    actions.disable_user(user=user, reason="离职", by=actor(SECURE), at=AT)
    assert queries.key_user(raw) is None
    assert queries.live_session(session.session_key) is None
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert not signs_in("1")
    with pytest.raises(Refused):
        signed_in(user)
    entry = RecordEntry.objects.get(verb="org.disable_user")
    assert '"keys_ended":1,"reason":"离职","sessions_ended":1' in entry.facts


def test_coming_back_revives_neither_sessions_nor_keys(user: User) -> None:
    signed_in(user)
    _, raw = actions.make_key(user=user, label="来件", by=SYSTEM, at=AT)
    actions.disable_user(user=user, reason="离职", by=SYSTEM, at=AT)
    actions.enable_user(user=user, reason="复职", by=SYSTEM, at=AT)
    assert queries.key_user(raw) is None
    assert not queries.sessions_of(user).exists()
    assert signs_in("1")


def test_a_reason_is_asked_for(user: User) -> None:
    with pytest.raises(Invalid):
        actions.disable_user(user=user, reason=" ", by=SYSTEM, at=AT)


def test_a_key_is_shown_once_and_kept_as_a_hash(user: User) -> None:
    key, raw = actions.make_key(user=user, label="来件", by=SYSTEM, at=AT)
    assert raw not in key.key_hash
    assert len(key.key_hash) == 64
    actions.end_key(key=key, by=actor(SECURE), at=AT)
    assert queries.key_user(raw) is None
    assert queries.key_user("xh_nonsense") is None
    with pytest.raises(Invalid):
        actions.make_key(user=user, label="", by=SYSTEM, at=AT)


def test_a_new_password_ends_the_sessions_of_the_old_one(user: User) -> None:
    signed_in(user)
    actions.set_password(user=user, password="示例-another-horse-8", by=SYSTEM, at=AT)
    assert not LoginSession.objects.filter(ended_at__isnull=True).exists()
    assert not signs_in("1")


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123"])
def test_a_weak_password_is_refused_with_its_reason(user: User, weak: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.set_password(user=user, password=weak, by=SYSTEM, at=AT)
    assert set(refused.value.errors) == {"password"}
    assert signs_in("1")


def test_a_login_and_a_person_have_one_account(user: User) -> None:
    with pytest.raises(Invalid) as refused:
        account(user.officer)
    assert set(refused.value.errors) == {"login", "officer"}


def test_an_account_without_password_signs_in_by_key_only(bureau: Bureau) -> None:
    machine = account(hired("2"))
    assert not machine.has_usable_password()
    assert queries.user_by_login("2") == machine
    assert queries.user_by_login("3") is None


def test_signing_out_ends_one_session(user: User) -> None:
    one, other = signed_in(user), signed_in(user)
    actions.end_session(session=one, by=actor(SECURE), at=AT)
    assert list(queries.sessions_of(user)) == [other]


def test_use_is_written_down_once_a_minute(user: User) -> None:
    session = signed_in(user)
    for seconds in (30, 59, 61, 90):
        actions.touch(session=session, at=AT + timedelta(seconds=seconds))
    assert LoginSession.objects.get().seen_at == AT + timedelta(seconds=61)


def test_who_may_do_what_to_an_account(user: User) -> None:
    session = signed_in(user)
    roles = ("officer", "system_administrator", SECURE, "auditor")
    asked: dict[str, Callable[[Any], bool]] = {
        "disable": lambda by: can_disable(by, user),
        "password": lambda by: can_set_password(by, user),
        "session": lambda by: can_end_session(by, session),
        "key": can_end_key,
    }
    may = {what: [ask(actor(role)) for role in roles] for what, ask in asked.items()}
    assert may == {
        "disable": [False, True, True, False],
        "password": [False, True, False, False],
        "session": [False, False, True, False],
        "key": [False, True, True, False],
    }
    owner = actor("officer", user_id=user.pk)
    assert can_set_password(owner, user)
    assert can_end_session(owner, session)
    assert not can_disable(actor(SECURE, user_id=user.pk), user)


def test_accounts_are_listed_for_administrators_and_ones_own_for_everybody(user: User) -> None:
    account(hired("2"))
    assert queries.users(actor(SECURE)).count() == 2
    assert list(queries.users(actor("officer", user_id=user.pk))) == [user]
    assert ApiKey.objects.count() == 0
