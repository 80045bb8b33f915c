"""Addresses of the devices."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.observations import changing, views

urlpatterns = [
    path("devices/", views.devices, name="devices"),
    path("devices/watched/", views.watched, name="devices-watched"),
    path("devices/new/", changing.new, name="device-new"),
    path("devices/<int:pk>/", views.device, name="device"),
    path("devices/<int:pk>/track/", views.track, name="device-track"),
    path("devices/<int:pk>/track.gpx", views.gpx, name="device-gpx"),
    path("devices/<int:pk>/code/", changing.code, name="device-code"),
    path("devices/<int:pk>/withdraw/", changing.withdraw, name="device-withdraw"),
    path("devices/<int:pk>/faults/<int:fault_pk>/", changing.mend, name="device-mend"),
]
