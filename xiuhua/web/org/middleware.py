"""Who asks: the actor of the request, the session that is seen, and the way to the login."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY
from xiuhua.org import actions, queries
from xiuhua.org.models import User
from xiuhua.web.frame import citing
from xiuhua.web.frame.http import Request, go


class ActorMiddleware:
    """Puts `actor` and `at` on every request. A disabled user, or one whose session was ended, is nobody at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, http: HttpRequest) -> HttpResponse:
        request = cast(Request, http)
        request.at = clock.now()
        request.today = clock.day_of(request.at)
        request.actor = NOBODY
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            self._recognise(request, user)
        with citing.one_page():
            return self.get_response(request)

    def _recognise(self, request: Request, user: User) -> None:
        session = queries.live_session(request.session.session_key or "")
        if session is None or session.user_id != user.pk:
            logout(request)
            return
        actions.touch(session=session, at=request.at)
        if user.must_use_totp and not _verified(user):
            return
        request.actor = queries.actor_for(user, request.at)

    def process_view(
        self, http: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Pages ask who is there before they answer; other faces (the API) have their own doors."""
        request = cast(Request, http)
        match = request.resolver_match
        if match is None or match.app_names[:1] != ["web"] or getattr(view, "is_public", False):
            return None
        if request.actor.user_id is not None:
            return None
        waiting = isinstance(request.user, User) and request.user.is_authenticated
        door = reverse("web:second-factor" if waiting else "web:login")
        back = request.get_full_path() if request.method == "GET" and not request.htmx else "/"
        return go(request, f"{door}?{urlencode({'next': back})}")


def _verified(user: User) -> bool:
    """Whether this session has shown its second factor (django_otp puts the method on the user)."""
    return bool(getattr(user, "is_verified", lambda: False)())
