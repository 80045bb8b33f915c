"""Accounts, sessions and keys."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.org.models import ApiKey, LoginSession, User


def key_hash(raw_key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(raw_key.encode()).hexdigest()


def key_user(raw_key: str) -> User | None:
    """Whose key this is; None for an unknown or ended key and for a disabled account."""
    key = (
        ApiKey.objects.filter(key_hash=key_hash(raw_key), ended_at__isnull=True, user__is_active=True)
        .select_related("user__officer")
        .first()
    )
    return key.user if key else None


def user_by_login(login: str) -> User | None:
    return User.objects.filter(login=login).select_related("officer").first()


def users(user: Actor) -> QuerySet[User]:
    """Every account, for those who may see the organisation's inside; else one's own only."""
    found = User.objects.select_related("officer").order_by("login")
    return found if user.can("org.see") else found.filter(pk=user.user_id or 0)


def sessions_of(user: User) -> QuerySet[LoginSession]:
    """The browsers signed in now, the last used first."""
    return LoginSession.objects.filter(user=user, ended_at__isnull=True).order_by("-seen_at")


def live_session(session_key: str) -> LoginSession | None:
    """The session behind a cookie if it still counts: not ended, account not disabled."""
    return LoginSession.objects.filter(
        session_key=session_key, ended_at__isnull=True, user__is_active=True
    ).first()
