"""Who asks: the holder of a key (`Authorization: Bearer KEY`), or whoever is signed in with a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.security import APIKeyCookie, HttpBearer

from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY, Actor
from xiuhua.org import queries as org


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and the moment at which everything of this request happens."""

    actor: Actor
    at: datetime

    def __bool__(self) -> bool:
        return self.actor.user_id is not None


class Request(HttpRequest):
    """A request that has passed the door."""

    auth: Caller


def actor_of_key(raw_key: str, at: datetime) -> Actor:
    """The holder of a key with the posts of the day; nobody for a key that is unknown or ended."""
    user = org.key_user(raw_key) if raw_key else None
    return org.actor_for(user, at) if user else NOBODY


def speak(request: HttpRequest) -> None:
    """From here on texts of this request are in the language that the caller accepts; Chinese if it does not say."""
    translation.activate(language_of(request))


def language_of(request: HttpRequest) -> str:
    """The caller's language, of those we have; the header decides, not a browser's cookie."""
    for wanted in request.headers.get("Accept-Language", "").lower().split(","):
        tag = wanted.partition(";")[0].strip()
        for code, _ in settings.LANGUAGES:
            if tag and tag.partition("-")[0] == code.partition("-")[0]:
                return code
    return settings.LANGUAGE_CODE


class KeyAuth(HttpBearer):
    """A key that an administrator made for an account (`xiuhua users key`)."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        speak(request)
        at = clock.now()
        return Caller(actor_of_key(token, at), at) or None


class SessionAuth(APIKeyCookie):
    """A signed-in browser. What changes something needs the token against forged requests, as on pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        speak(request)
        return Caller(getattr(request, "actor", NOBODY), clock.now()) or None
