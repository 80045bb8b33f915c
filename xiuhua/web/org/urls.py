"""Addresses of signing in, my page, accounts and units."""

from __future__ import annotations

from django.urls import path

from xiuhua.web.org import admin, delegating, delegation, delegation_figures, login, me, record, seals

urlpatterns = [
    path("login/", login.login, name="login"),
    path("login/code/", login.second_factor, name="second-factor"),
    path("login/code/key.svg", login.qr_code, name="totp-qr"),
    path("logout/", login.logout, name="logout"),
    path("me/", me.me, name="me"),
    path("me/password/", me.change_password, name="change-password"),
    path("me/sessions/<int:pk>/end/", me.end_session, name="end-my-session"),
    path("me/signature/", me.signature, name="my-signature"),
    path("users/", admin.users, name="users"),
    path("users/<int:pk>/", admin.user, name="user"),
    path("users/<int:pk>/disable/", admin.disable, name="disable-user"),
    path("users/<int:pk>/enable/", admin.enable, name="enable-user"),
    path("users/<int:pk>/sessions/<int:session>/end/", admin.end_session, name="end-session"),
    path("units/", admin.units, name="units"),
    path("units/seals/", seals.seals, name="seals"),
    path("units/delegation/", delegating.delegations, name="delegations"),
    path("units/delegation/new/", delegating.delegate, name="delegate"),
    path("units/delegation/<int:pk>/", delegation.delegation, name="delegation"),
    path("units/delegation/<int:pk>/mentoring/", delegation.mentor, name="delegation-mentor"),
    path("units/delegation/<int:pk>/take-back/", delegation.take_back, name="delegation-back"),
    path("units/delegation/<slug:figure_id>/", delegation_figures.rows, name="delegation-rows"),
    path("record/", record.record, name="record"),
]
