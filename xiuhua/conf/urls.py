"""Where each face answers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("xiuhua.api.urls")),
    path("", include("xiuhua.web.urls")),
]
