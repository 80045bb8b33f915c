"""Addresses of the leads."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.leads import acts, intake, lead, views

urlpatterns = [
    path("leads/", views.leads, name="leads"),
    path("leads/bulk/", views.bulk, name="leads-bulk"),
    path("leads/new/", intake.new, name="lead-new"),
    path("leads/near/", intake.near, name="lead-near"),
    path("leads/where/", intake.where, name="lead-where"),
    path("leads/finding/", intake.finding, name="finding"),
    path("leads/<int:pk>/", lead.lead, name="lead"),
    path("leads/<int:pk>/reporter/", lead.reveal, name="lead-reporter"),
    path("leads/<int:pk>/photos/<int:media>/", lead.photo, name="lead-photo"),
    path("leads/<int:pk>/do/<str:move>/", acts.act, name="lead-act"),
]
