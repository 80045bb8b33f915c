"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.reports import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<str:figure_id>/", views.figure, name="figure"),
    path("figures/<str:figure_id>/data.<str:ending>", views.figure_data, name="figure-data"),
]
