"""Addresses of the devices."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.observations import changing, faults, odd, orders, views

urlpatterns = [
    path("devices/", views.devices, name="devices"),
    path("devices/watched/", views.watched, name="devices-watched"),
    path("devices/odd/", odd.odd_frames, name="odd-frames"),
    path("devices/odd/<int:pk>/", odd.odd_frame, name="odd-frame"),
    path("devices/odd/<int:pk>/look/", odd.look_at_odd, name="odd-look"),
    path("devices/orders/", orders.orders, name="device-orders"),
    path("devices/orders/<int:pk>/withdraw/", orders.withdraw_order, name="device-order-withdraw"),
    path("devices/<int:pk>/order/<str:kind>/", orders.order, name="device-order"),
    path("devices/new/", changing.new, name="device-new"),
    path("devices/<int:pk>/", views.device, name="device"),
    path("devices/<int:pk>/track/", views.track, name="device-track"),
    path("devices/<int:pk>/track.gpx", views.gpx, name="device-gpx"),
    path("devices/<int:pk>/code/", changing.code, name="device-code"),
    path("devices/<int:pk>/withdraw/", changing.withdraw, name="device-withdraw"),
    path("devices/<int:pk>/change/", changing.change, name="device-change"),
    path("devices/<int:pk>/import/", changing.import_track, name="device-import"),
    path("devices/<int:pk>/report/", faults.report, name="device-report"),
    path("devices/faults/", faults.faults, name="device-faults"),
    path("devices/faults/<int:pk>/", faults.fault, name="device-fault"),
    path("devices/faults/<int:pk>/mend/", faults.mend, name="device-mend"),
]
