"""The doors: each reads what is asked, begins at what the key may see, and answers in XML or JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from xiuhua.api.access import actor_of_key, language_of, speak
from xiuhua.api.open311 import asking, faults, posting, shapes, wire
from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY, Actor
from xiuhua.leads import queries
from xiuhua.org import queries as org

Answer = wire.Table | wire.Single
View = Callable[..., HttpResponse]


def door(*methods: str, created: bool = False) -> Callable[[Callable[..., Answer]], View]:
    """A view that answers `methods` in the ending's form; what is wrong is answered in that form too."""

    def make(answer: Callable[..., Answer]) -> View:
        @csrf_exempt
        @wraps(answer)
        def view(request: HttpRequest, ending: str, **kwargs: Any) -> HttpResponse:
            if ending not in wire.TYPES:
                return HttpResponse(status=404)
            if request.method not in methods:
                return _respond(wire.errors([(405, ", ".join(methods))]), ending, 405)
            speak(request)
            try:
                found = answer(request, **kwargs)
            except faults.Wrong as wrong:
                return _respond(wire.errors(wrong.faults), ending, wrong.faults[0][0])
            return _respond(found, ending, 201 if request.method == "POST" else 200)

        return view

    return make


def _respond(answer: Answer, ending: str, status: int) -> HttpResponse:
    response = HttpResponse(wire.encoded(answer, ending), status=status, content_type=wire.TYPES[ending])
    response["Vary"] = "Accept-Language"
    return response


def _key_holder(request: HttpRequest) -> Actor:
    """The holder of `api_key`; nobody without one. Raises Wrong for one that is not good."""
    key = request.GET.get("api_key") or request.POST.get("api_key") or ""
    if not key:
        return NOBODY
    actor = actor_of_key(key, clock.now())
    if actor.user_id is None:
        raise faults.no_key()
    return actor


def _english(request: HttpRequest) -> bool:
    return language_of(request).startswith("en")


@door("GET", "HEAD")
def discovery(request: HttpRequest) -> Answer:
    bureau = org.bureau()
    contact = bureau.name if bureau else ""
    keys = _("接口密钥由%(bureau)s的系统管理员签发") % {"bureau": contact}
    return shapes.discovery(request.build_absolute_uri("/open311/v2"), contact, keys)


@door("GET", "HEAD")
def services(request: HttpRequest) -> Answer:
    return shapes.services(queries.kinds(), queries.kinds_with_questions(), _english(request))


@door("GET", "HEAD")
def service_definition(request: HttpRequest, code: str) -> Answer:
    kind = queries.kind_by_code(code)
    if kind is None:
        raise faults.missing_service()
    return shapes.definition(kind, queries.attributes_of(kind, _english(request)))


@door("GET", "HEAD", "POST")
def requests(request: HttpRequest) -> Answer:
    actor, at = _key_holder(request), clock.now()
    if request.method == "POST":
        return shapes.posted(posting.post(request, actor, at))
    rows = queries.posted_by(actor) if actor.can("leads.post") else queries.published()
    return _shown(request, list(asking.narrowed(rows, request, at)), actor)


@door("GET", "HEAD")
def request_by_id(request: HttpRequest, public_id: str) -> Answer:
    actor = _key_holder(request)
    found = list(queries.posted_by(actor).filter(public_id=public_id))
    found = found or list(queries.published().filter(public_id=public_id))
    if not found:
        raise faults.missing_request()
    return _shown(request, found, actor)


def _shown(request: HttpRequest, found: list[queries.Lead], actor: Actor) -> Answer:
    own = frozenset(
        lead.pk for lead in found if actor.can("leads.post") and lead.registered_by_id == actor.officer_id
    )
    return shapes.requests(found, own, _english(request))


@door("GET", "HEAD")
def token(request: HttpRequest, token: str) -> Answer:
    found = queries.published().filter(public_id=token).first()
    if found is None:
        raise faults.Wrong((404, "token"))
    return shapes.tokens(found)


@door("GET", "HEAD")
def updates(request: HttpRequest) -> Answer:
    actor = _key_holder(request)
    rows = queries.posted_by(actor) if actor.can("leads.post") else queries.published()
    asked = asking.range_of(request, clock.now())
    return shapes.updates(queries.updates_of(rows, asked.start, asked.end, asking.MOST))
