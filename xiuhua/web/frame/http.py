"""What a view receives, and the short ways to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from xiuhua.kernel.authz import Actor


class Request(HttpRequest):
    """A request as views see it: who asks, at which moment and day (where the bureau works), and htmx's own headers."""

    actor: Actor
    at: datetime
    today: date
    htmx: HtmxDetails


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render a page; asked by htmx for a fragment, render `part` (the same template that the page includes)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    fragment = bool(part and htmx and htmx.boosted is False and not htmx.history_restore_request)
    response = render(request, part if fragment else template, dict(context), status=status)
    if part:
        # The same address answers as a page and as a fragment: caches and the back button must tell them apart.
        response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request"]))
    return response


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`, whether htmx or a plain form asked."""
    response = HttpResponse(status=204 if getattr(request, "htmx", None) else 302)
    response["HX-Redirect" if getattr(request, "htmx", None) else "Location"] = url
    return response


def in_english() -> bool:
    return (get_language() or "").startswith("en")
