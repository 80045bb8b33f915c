"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.registers import views

urlpatterns = [
    path("parties/", views.parties, name="parties"),
    path("parties/new/", views.new_party, name="party-new"),
    path("parties/suggest/", views.suggest, name="party-suggest"),
    path("parties/<int:pk>/", views.party, name="party"),
    path("parties/<int:pk>/edit/", views.edit_party, name="party-edit"),
    path("parties/<int:pk>/premises/", views.add_premises, name="party-premises"),
    path("parties/<int:pk>/vehicles/", views.add_vehicle, name="party-vehicles"),
    path("premises/", views.premises, name="premises"),
    path("vehicles/", views.vehicles, name="vehicles"),
]
