"""Signing in: the password (argon2; axes locks after repeated faults), then the second factor if it is asked for."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast
from urllib.parse import urlencode

import django_otp
import segno
from django.contrib import auth
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from xiuhua.kernel.authz import Invalid
from xiuhua.org import actions, queries
from xiuhua.org.models import User
from xiuhua.web.frame.access import public
from xiuhua.web.frame.forms.fields import Field
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, show


def _next(request: Request) -> str:
    url = request.POST.get("next") or request.GET.get("next") or "/"
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}) else "/"


@public
@never_cache
def login(request: Request) -> HttpResponse:
    if request.actor.user_id is not None:
        return HttpResponseRedirect(_next(request))
    form = Form(
        [
            Field("login", _("账号"), required=True, focus=True, attrs={"autocapitalize": "none"}),
        ],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )
    fault = ""
    if request.method == "POST":
        user = auth.authenticate(
            request,
            login=request.POST.get("login", "").strip(),
            password=request.POST.get("password", ""),
        )
        if isinstance(user, User):
            return _enter(request, user)
        fault = _("账号或密码不对。连续输错会锁定十五分钟。")
    context = {"form": form, "fault": fault, "next": _next(request)}
    return show(request, "web/org/login.html", context, status=422 if fault else 200)


def _enter(request: Request, user: User) -> HttpResponse:
    """The password was right: a new session, written down; then the second factor if the account asks for it."""
    auth.login(request, user)
    request.session.save()
    actions.start_session(
        user=user,
        session_key=request.session.session_key or "",
        ip=request.META.get("REMOTE_ADDR"),
        agent=request.META.get("HTTP_USER_AGENT", ""),
        by=queries.actor_for(user, request.at),
        at=request.at,
    )
    if user.must_use_totp:
        return redirect(f"{reverse('web:second-factor')}?{urlencode({'next': _next(request)})}")
    return HttpResponseRedirect(_next(request))


def _half_signed(request: Request) -> User:
    """Who has given the right password in this session, whether or not the second factor was shown. Raises Http404."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _device(user: User) -> Any:
    """The confirmed device, else the one being set up."""
    devices = TOTPDevice.objects.filter(user=user).order_by("-confirmed", "-pk")
    return devices.first() or TOTPDevice.objects.create(user=user, name="TOTP", confirmed=False)


@public
@never_cache
def second_factor(request: Request) -> HttpResponse:
    """Ask for the code; on the first time show the key to be taken into an authenticator."""
    if not isinstance(request.user, User):
        return redirect("web:login")
    device = _device(request.user)
    form = Form(
        [Field("code", _("六位动态口令"), required=True, focus=True, attrs=_CODE)],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        if device.verify_token(request.POST.get("code", "").replace(" ", "")):
            device.confirmed = True
            device.save()
            django_otp.login(request, device)
            return HttpResponseRedirect(_next(request))
        form.take(Invalid({"code": "口令不对，或者已经用过。等下一个再试。"}))
    context = {"form": form, "device": device, "key": _groups(device), "next": _next(request)}
    return show(request, "web/org/second_factor.html", context, status=422 if form.errors else 200)


_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "8"}


def _groups(device: Any) -> str:
    """The key in groups of four, to be typed by hand."""
    text = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@public
@never_cache
def qr_code(request: Request) -> HttpResponse:
    """The key of a device being set up as a QR code; a confirmed one is never shown again."""
    device = _device(_half_signed(request))
    if device.confirmed:
        raise Http404
    out = BytesIO()
    segno.make(device.config_url, error="m").save(
        out, kind="svg", scale=5, border=3, light="#fff", xmldecl=True
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@public
@require_POST
def logout(request: Request) -> HttpResponse:
    session = queries.live_session(request.session.session_key or "")
    if session is not None:
        by = queries.actor_for(cast(User, request.user), request.at)
        actions.end_session(session=session, by=by, at=request.at)
    auth.logout(request)
    return redirect("web:login")
