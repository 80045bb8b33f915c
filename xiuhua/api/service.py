"""The API for machines: its doors, its routers, how it answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from xiuhua.api import answers, evidence, leads, registers
from xiuhua.api.access import KeyAuth, SessionAuth
from xiuhua.api.cases.routes import router as cases
from xiuhua.api.duty.routes import router as duty

DESCRIPTION = """绣花的接口：线索、勤务、当事人、案件。The API of Xiuhua: leads, duty, parties, cases.

- Authorization: `Authorization: Bearer KEY`; the key carries the posts of its account, nothing more.
- Texts are Chinese, or English with `Accept-Language: en`.
- 409: the law, the authority matrix or the procedure forbids it; each refusal has its article.
- 422: something was said wrong; field → reason. 404: unknown, or not for you. In each case nothing was written.
- Moments are ISO 8601 with zone, days are YYYY-MM-DD, coordinates WGS-84 in degrees.
"""


class Service(NinjaAPI):
    """Says in which language it answered, and describes itself once."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description does not change while the program runs; to make it takes a second."""
        held: dict[tuple[str, str], OpenAPISchema] = self.__dict__.setdefault("_described", {})
        key = (path_prefix or "", get_language() or "")
        if path_params or key not in held:
            held[key] = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return held[key]

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, data, **kwargs)
        response["Content-Language"] = get_language() or ""
        response["Vary"] = "Accept-Language, Cookie, Authorization"
        return response


api = Service(
    title="绣花 Xiuhua",
    version="1",
    description=DESCRIPTION,
    auth=[KeyAuth(), SessionAuth()],
    urls_namespace="api",
    # The page that ninja offers needs scripts that our policy forbids; any reader of OpenAPI shows the same.
    docs_url=None,
)
answers.install(api)
api.add_router("", leads.router, tags=["leads"])
api.add_router("", duty, tags=["duty"])
api.add_router("", cases, tags=["cases"])
api.add_router("", registers.router, tags=["parties"])
api.add_router("", evidence.router, tags=["stations"])
