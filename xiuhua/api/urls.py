"""Where machines ask."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from xiuhua.api.service import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("open311/v2/", include("xiuhua.api.open311.urls")),
]
