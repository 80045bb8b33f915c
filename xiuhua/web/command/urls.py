"""Addresses of command."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.command import cards, live, page, tracks

urlpatterns = [
    path("command/", page.command, name="command"),
    path("command/picture.json", page.picture, name="command-picture"),
    path("command/areas.json", page.areas, name="command-areas"),
    path("command/token/", live.token, name="command-token"),
    path("command/at/<int:pk>/", cards.mover, name="command-mover"),
    path("command/track/<int:pk>/", tracks.track, name="command-track"),
]
