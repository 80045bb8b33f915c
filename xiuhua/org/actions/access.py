"""Accounts, passwords, sessions and keys. A disabled account is out at once: its sessions and keys end with it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org.models import ApiKey, LoginSession, Officer, User
from xiuhua.org.permissions import (
    check_can_disable,
    check_can_end_key,
    check_can_end_session,
    check_can_manage,
    check_can_set_password,
)
from xiuhua.org.queries.access import key_hash

# How often a session's last use is written down; more often would write on every request.
SEEN_EVERY = timedelta(minutes=1)


def _checked_password(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid({"password": "".join(error.messages)}) from error
    return password


def make_user(
    *,
    officer: Officer,
    login: str,
    password: str | None,
    by: Actor,
    at: datetime,
    must_use_totp: bool = False,
) -> User:
    """An account for `officer`; without a password it can be used by key only.

    Raises Invalid for a login that is taken, an officer who has one already, or a weak password.
    """
    check_can_manage(by)
    errors = {}
    if User.objects.filter(login=login).exists():
        errors["login"] = "账号已被使用"
    if User.objects.filter(officer=officer).exists():
        errors["officer"] = "此人已有账号"
    if errors:
        raise Invalid(errors)
    user = User(login=login, officer=officer, must_use_totp=must_use_totp)
    user.set_password(None if password is None else _checked_password(password, user))
    with record.act("org.make_user", by=by, at=at) as act:
        user.save(force_insert=True)
        act.entry(on=user, facts={"officer": officer.staff_no, "must_use_totp": must_use_totp})
    return user


def set_password(*, user: User, password: str, by: Actor, at: datetime) -> User:
    """A new password; every session that was opened with the old one ends. Raises Invalid for a weak one."""
    check_can_set_password(by, user)
    user.set_password(_checked_password(password, user))
    with record.act("org.set_password", by=by, at=at) as act:
        user.save(update_fields=["password"])
        ended = _end_sessions(user, at)
        act.entry(on=user, facts={"sessions_ended": ended})
    return user


def _end_sessions(user: User, at: datetime) -> int:
    """End every session of `user`, here and in the store behind the cookies."""
    live = LoginSession.objects.filter(user=user, ended_at__isnull=True)
    Session.objects.filter(session_key__in=list(live.values_list("session_key", flat=True))).delete()
    return live.update(ended_at=at)


def disable_user(*, user: User, reason: str, by: Actor, at: datetime) -> User:
    """The account is out at once: no login, sessions and keys ended. Raises Refused for one's own account."""
    check_can_disable(by, user)
    if not reason.strip():
        raise Invalid({"reason": "请写明停用原因"})
    with record.act("org.disable_user", by=by, at=at) as act:
        user.is_active = False
        user.save(update_fields=["is_active"])
        sessions = _end_sessions(user, at)
        keys = user.api_keys.filter(ended_at__isnull=True).update(ended_at=at)
        act.entry(on=user, facts={"reason": reason, "sessions_ended": sessions, "keys_ended": keys})
    return user


def enable_user(*, user: User, reason: str, by: Actor, at: datetime) -> User:
    """The account may be used again; sessions and keys that ended stay ended."""
    check_can_manage(by)
    with record.act("org.enable_user", by=by, at=at) as act:
        user.is_active = True
        user.save(update_fields=["is_active"])
        act.entry(on=user, facts={"reason": reason})
    return user


def start_session(
    *, user: User, session_key: str, ip: str | None, agent: str, by: Actor, at: datetime
) -> LoginSession:
    """A browser signed in. Raises Refused for a disabled account."""
    if not user.is_active:
        raise Refused(
            Refusal("account_disabled", "账号已停用", meaning="the account is disabled", field="login")
        )
    with record.act("org.sign_in", by=by, at=at) as act:
        session = LoginSession(
            user=user, session_key=session_key, started_at=at, seen_at=at, ip=ip, agent=agent[:200]
        )
        session.save(force_insert=True)
        user.last_login = at
        user.save(update_fields=["last_login"])
        act.entry(on=user, facts={"ip": ip, "agent": agent[:200]})
    return session


def touch(*, session: LoginSession, at: datetime) -> None:
    """The session was used; written at most once a minute, without an entry: it is no act."""
    if at - session.seen_at >= SEEN_EVERY:
        session.seen_at = at
        LoginSession.objects.filter(pk=session.pk).update(seen_at=at)


def end_session(*, session: LoginSession, by: Actor, at: datetime) -> LoginSession:
    """One browser signs out, or is signed out by the security administrator."""
    check_can_end_session(by, session)
    with record.act("org.sign_out", by=by, at=at) as act:
        session.ended_at = session.ended_at or at
        session.save(update_fields=["ended_at"])
        Session.objects.filter(session_key=session.session_key).delete()
        act.entry(on=session.user, facts={"session": session.pk})
    return session


def make_key(*, user: User, label: str, by: Actor, at: datetime) -> tuple[ApiKey, str]:
    """A key for a machine: the row, and the key itself, which is shown this once; only its hash is kept."""
    check_can_manage(by)
    if not label.strip():
        raise Invalid({"label": "请写明密钥用途"})
    raw = f"xh_{secrets.token_urlsafe(32)}"
    with record.act("org.make_key", by=by, at=at) as act:
        key = ApiKey(user=user, label=label, key_hash=key_hash(raw), made_at=at)
        key.save(force_insert=True)
        facts: dict[str, Any] = {"user": user.login, "label": label}
        act.entry(on=key, facts=facts)
    return key, raw


def end_key(*, key: ApiKey, by: Actor, at: datetime) -> ApiKey:
    """The key stops working at once."""
    check_can_end_key(by)
    with record.act("org.end_key", by=by, at=at) as act:
        key.ended_at = key.ended_at or at
        key.save(update_fields=["ended_at"])
        act.entry(on=key, facts={"user": key.user.login, "label": key.label})
    return key
