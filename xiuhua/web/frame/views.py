"""Small doors of the frame: language, theme, drafts, saved filters, and what the server says about one field."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiuhua.web.frame.access import public
from xiuhua.web.frame.context import THEMES
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.forms.checks import CHECKS
from xiuhua.web.frame.forms.fields import Field, Kind, echo, read
from xiuhua.web.frame.http import Request
from xiuhua.web.models import SavedFilter

A_YEAR = 365 * 24 * 3600


def _back(request: Request) -> str:
    url = request.POST.get("back", "/")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}) else "/"


@public
@require_POST
def language(request: Request) -> HttpResponse:
    """One click: the cookie says which language, and the same page comes back in it."""
    response = HttpResponseRedirect(_back(request))
    wanted = request.POST.get("to", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, samesite="Lax", httponly=True
        )
    return response


@public
@require_POST
def theme(request: Request) -> HttpResponse:
    response = HttpResponseRedirect(_back(request))
    wanted = request.POST.get("to", "")
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def draft(request: Request, key: str) -> JsonResponse:
    """Keep what is typed so far. Answers when it was saved."""
    saved = drafts.save(request.actor, key, request.POST, request.at)
    said = _("草稿 %(time)s 已存") % {"time": f"{request.at:%H:%M}"} if saved else ""
    return JsonResponse({"said": said})


@require_POST
def drop_draft(request: Request, key: str) -> HttpResponse:
    drafts.drop(request, key)
    return HttpResponseRedirect(_back(request))


@require_GET
def check(request: Request, kind: str) -> HttpResponse:
    """What the server makes of one text when the person leaves the field: its echo, or the fault beside it."""
    try:
        fld = Field("value", "", Kind(kind), check=CHECKS.get(Kind(kind)))
    except ValueError as error:
        raise Http404 from error
    text = request.GET.get("value", "") or str(next(iter(request.GET.dict().values()), ""))
    said, fault = _answer(fld, text, request.at)
    return render(request, "web/parts/_echo.html", {"echo": said, "error": fault})


def _answer(fld: Field, text: str, now: datetime) -> tuple[str, str]:
    if not text.strip():
        return "", ""
    try:
        return echo(fld, read(fld, [text], now)), ""
    except ValueError as error:
        return "", str(error)


@require_POST
def save_filter(request: Request, room: str) -> HttpResponse:
    """Name the filter that is set now; the same name replaces the older one."""
    name = request.POST.get("name", "").strip()[:30]
    query = request.POST.get("query", "")[:500].lstrip("?")
    if name:
        SavedFilter.objects.update_or_create(
            user_id=request.actor.user_id or 0, room=room, name=name, defaults={"query": query}
        )
    return HttpResponseRedirect(_back(request))


@require_POST
def drop_filter(request: Request, pk: int) -> HttpResponse:
    SavedFilter.objects.filter(user_id=request.actor.user_id or 0, pk=pk).delete()
    return HttpResponseRedirect(_back(request))
