"""One box over everything visible."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/<slug:kind>/<int:pk>/", views.peek, name="search-peek"),
]
