"""Addresses of sharing."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.exchange import changing, views

urlpatterns = [
    path("exchange/", views.subscriptions, name="exchange"),
    path("exchange/new/", changing.subscribe, name="exchange-new"),
    path("exchange/<int:pk>/", views.subscription, name="exchange-subscription"),
    path("exchange/<int:pk>/deliveries/<int:delivery_pk>/", views.delivery, name="exchange-delivery"),
    path("exchange/<int:pk>/resume/", changing.resume, name="exchange-resume"),
    path("exchange/<int:pk>/rotate/", changing.rotate, name="exchange-rotate"),
    path("exchange/<int:pk>/again/", changing.again, name="exchange-again"),
    path("exchange/<int:pk>/<str:do>/", changing.stop, name="exchange-stop"),
]
