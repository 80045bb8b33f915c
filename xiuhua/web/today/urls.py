"""Everybody's first page."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.today import views

urlpatterns = [path("", views.today, name="today")]
