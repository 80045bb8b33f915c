"""Addresses of command."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.command import alarms, cards, live, orders, page, tracks, wall

urlpatterns = [
    path("command/", page.command, name="command"),
    path("command/picture.json", page.picture, name="command-picture"),
    path("command/areas.json", page.areas, name="command-areas"),
    path("command/roads.json", page.roads, name="command-roads"),
    path("command/token/", live.token, name="command-token"),
    path("command/at/<int:pk>/", cards.mover, name="command-mover"),
    path("command/track/<int:pk>/", tracks.track, name="command-track"),
    path("command/orders/", orders.orders, name="command-orders"),
    path("command/orders/new/", orders.send, name="command-send"),
    path("command/orders/<int:pk>/", orders.order, name="command-order"),
    path("command/orders/<int:pk>/sign/", orders.sign, name="command-sign"),
    path("command/orders/<int:pk>/<str:do>/", orders.order_act, name="command-order-act"),
    path("command/alarms/", alarms.alarms, name="command-alarms"),
    path("command/alarms/<int:pk>/", alarms.alarm, name="command-alarm"),
    path("command/alarms/<str:kind>/", alarms.switch, name="command-switch"),
    path("command/wall/", wall.wall, name="command-wall"),
    path("command/wall/playing/", wall.playing, name="command-wall-playing"),
]
