"""What every template may ask of the frame. Nothing is counted before a template draws it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from xiuhua.kernel.authz import NOBODY, Actor
from xiuhua.org import queries
from xiuhua.org.rules import ROLES
from xiuhua.web.frame import rooms
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.http import Request, in_english

THEMES = ("light", "dark")


class Frame:
    """The frame around one page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = cast(Request, request)

    @property
    def actor(self) -> Actor:
        return getattr(self.request, "actor", NOBODY)

    @property
    def signed_in(self) -> bool:
        return self.actor.user_id is not None

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else "light"

    @property
    def html_lang(self) -> str:
        return "en" if in_english() else "zh-Hans"

    @property
    def english(self) -> bool:
        return in_english()

    @property
    def here(self) -> str:
        """Where the person is, so that a switch of language or theme comes back."""
        return self.request.get_full_path()

    @cached_property
    def unit(self) -> object:
        """The unit of the person's first post."""
        return queries.units(self.actor).filter(pk=self.actor.unit_id or 0).first()

    @property
    def post(self) -> str:
        grants = self.actor.grants
        return ROLES[grants[0].role].label if grants else ""

    @cached_property
    def rail(self) -> list[rooms.Line]:
        return rooms.rail(self.request) if self.signed_in else []

    @cached_property
    def bottom(self) -> list[rooms.Line]:
        keys = {r.key for r in rooms.ROOMS if r.on_phone}
        me = rooms.me(self.request) if self.signed_in else []
        return [line for line in self.rail if line.key in keys] + me

    @property
    def drafts_done(self) -> list[str]:
        """Drafts that this page tells the device to forget. Asked once: the page after does not tell of them again."""
        return drafts.tell_done(self.request)

    @property
    def debug(self) -> bool:
        return bool(settings.DEBUG)


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
