"""Addresses of the law as data."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.law import changes, library, spread

urlpatterns = [
    path("law/", library.causes, name="law"),
    path("law/causes/<slug:code>/", library.cause, name="law-cause"),
    path("law/parameters/", library.parameters, name="law-parameters"),
    path("law/changes/", changes.changes, name="law-changes"),
    path("law/fines/", spread.fines, name="law-fines"),
    path("law/fines/<int:pk>/reason/", spread.reason, name="law-reason"),
]
