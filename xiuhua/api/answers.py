"""How errors answer. In every case nothing was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.org import queries as org


class RefusalOut(Schema):
    """Why an act is not allowed. `sentence` is Chinese, `meaning` English; `citation` is the ground in words."""

    code: str
    sentence: str
    meaning: str
    ground: str
    citation: str
    field: str


class RefusedOut(Schema):
    """409: law, authority or procedure forbids it."""

    refusals: list[RefusalOut]


class InvalidOut(Schema):
    """422: field → what is wrong with it."""

    errors: dict[str, str]


class MissingOut(Schema):
    """401 or 404."""

    detail: str


# What a route that acts may answer beside its own.
REFUSALS: dict[int, Any] = {401: MissingOut, 404: MissingOut, 409: RefusedOut, 422: InvalidOut}
READS: dict[int, Any] = {401: MissingOut, 404: MissingOut, 422: InvalidOut}


def refusal_out(refusal: Refusal) -> RefusalOut:
    language = get_language() or ""
    return RefusalOut(
        code=refusal.code,
        sentence=refusal.sentence,
        meaning=refusal.meaning,
        ground=refusal.ground,
        citation=org.citation(refusal.ground, language) if refusal.ground else "",
        field=refusal.field,
    )


def _refused(request: HttpRequest, error: Refused) -> tuple[int, Mapping[str, Any]]:
    return 409, {"refusals": [refusal_out(r).model_dump() for r in error.refusals]}


def _invalid(request: HttpRequest, error: Invalid) -> tuple[int, Mapping[str, Any]]:
    return 422, {"errors": {field: _(reason) for field, reason in error.errors.items()}}


def _missing(request: HttpRequest, error: Http404) -> tuple[int, Mapping[str, Any]]:
    return 404, {"detail": _("没有找到")}


def _stranger(request: HttpRequest, error: AuthenticationError) -> tuple[int, Mapping[str, Any]]:
    return 401, {"detail": _("需要有效的密钥或登录")}


def _malformed(request: HttpRequest, error: ValidationError) -> tuple[int, Mapping[str, Any]]:
    """A request that is not of the shape asked for: the last part of where it went wrong is the field."""
    return 422, {"errors": {_field(e["loc"]): str(e["msg"]) for e in error.errors}}


def _field(where: tuple[Any, ...]) -> str:
    # ("body", "said", "lon") → lon; ("query", "limit") → limit; ("body", "said", "media_urls", 0) → media_urls[0].
    names = [str(part) for part in where if isinstance(part, str)]
    places = "".join(f"[{part}]" for part in where if isinstance(part, int))
    return (names[-1] if len(names) > 1 else "body") + places


def _other(request: HttpRequest, error: HttpError) -> tuple[int, Mapping[str, Any]]:
    return error.status_code, {"detail": str(error)}


HANDLERS: dict[type[Exception], Callable[..., tuple[int, Mapping[str, Any]]]] = {
    Refused: _refused,
    Invalid: _invalid,
    Http404: _missing,
    AuthenticationError: _stranger,
    ValidationError: _malformed,
    HttpError: _other,
}


def install(api: NinjaAPI) -> None:
    """Let `api` answer errors so."""
    for kind, handle in HANDLERS.items():
        api.add_exception_handler(kind, _answering(api, handle))


def _answering(
    api: NinjaAPI, handle: Callable[..., tuple[int, Mapping[str, Any]]]
) -> Callable[[HttpRequest, Any], HttpResponse]:
    def answer(request: HttpRequest, error: Any) -> HttpResponse:
        status, body = handle(request, error)
        response = api.create_response(request, body, status=status)
        if status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    return answer
