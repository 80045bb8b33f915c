"""Who may enter a view: by default everybody signed in. Rows are guarded by `visible`, acts by their actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponseBase

from xiuhua.kernel.authz import Refusal, Refused
from xiuhua.web.frame.http import Request

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def public(view: V) -> V:
    """A view for people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark that the middleware reads
    return view


def in_room(room: str, *permissions: str) -> Callable[[Callable[..., HttpResponseBase]], Any]:
    """This view belongs to a room of the rail; whoever holds none of `permissions` is refused."""

    def guard(view: Callable[..., HttpResponseBase]) -> Any:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permissions and not any(request.actor.can(p) for p in permissions):
                raise Refused(
                    Refusal(
                        "no_right",
                        "您的岗位没有进入这里的权限",
                        meaning="Your post does not open this room.",
                    )
                )
            return view(request, *args, **kwargs)

        guarded.room = room  # type: ignore[attr-defined]  # a mark that the rail reads
        return guarded

    return guard
