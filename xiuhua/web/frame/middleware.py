"""Language of a request, and how a refusal becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.web.frame.http import Request, show

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese unless the person has chosen otherwise: what the browser prefers does not matter in a bureau."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class LookMiddleware:
    """A page that changes nothing stands on one state of the calendar and the law."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with kernel.one_look():
            return self.get_response(request)


class RefusalMiddleware:
    """What an action refuses and no view caught becomes a page, or for htmx a fragment above the page.

    409: the law or the authority matrix forbids it. 422: something was typed wrong. Nothing was written in either case.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refused(cast(Request, request), list(exception.refusals), 409)
        if isinstance(exception, Invalid):
            faults = [Refusal("invalid", reason, field=name) for name, reason in exception.errors.items()]
            return refused(cast(Request, request), faults, 422)
        return None


def refused(request: Request, refusals: list[Refusal], status: int) -> HttpResponse:
    """The page (or fragment) that says why not, with the grounds."""
    response = show(
        request,
        "web/frame/refused.html",
        {"refusals": refusals, "forbidden": status == 409, "back": request.META.get("HTTP_REFERER", "/")},
        part="web/frame/_refused.html",
        status=status,
    )
    if request.htmx:
        response["HX-Retarget"] = "#refused"
        response["HX-Reswap"] = "innerHTML show:window:top"
    return response
