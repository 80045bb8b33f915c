"""Where Open311 clients ask; every address ends in .xml or .json."""

from __future__ import annotations

from django.urls import path

from xiuhua.api.open311 import views

app_name = "open311"

urlpatterns = [
    path("discovery.<str:ending>", views.discovery, name="discovery"),
    path("services.<str:ending>", views.services, name="services"),
    path("services/<str:code>.<str:ending>", views.service_definition, name="service"),
    path("requests.<str:ending>", views.requests, name="requests"),
    path("requests/<str:public_id>.<str:ending>", views.request_by_id, name="request"),
    path("tokens/<str:token>.<str:ending>", views.token, name="token"),
    path("servicerequestupdates.<str:ending>", views.updates, name="updates"),
]
