"""Subscribing an agency, pausing, resuming, ending, another secret, sending again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.exchange import actions, queries, rules
from xiuhua.exchange.queries import Subscription
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Area
from xiuhua.org import queries as org
from xiuhua.web.exchange import words
from xiuhua.web.exchange.views import page
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show


def _fields(request: Request) -> list[Field]:
    english, limits = in_english(), queries.limits()
    units = [(u.code, (english and u.name_en) or u.short_name) for u in org.units(request.actor)]
    areas = [(a.code, a.name) for a in Area.objects.visible(request.actor).order_by("code")]
    kinds = [(kind.type, words.label(kind)) for kind in queries.kinds().values()]
    return [
        Field("agency", _("接收机关"), required=True, focus=True),
        Field("contact", _("联系人"), required=True, hint=_("对方负责接收的人和联系方式")),
        Field("url", _("接收地址"), required=True, wide=True, hint=_("https 地址，对方用来接收事件")),
        Field("purpose", _("共享目的"), Kind.LONG, required=True),
        Field("basis", _("法律依据"), Kind.LONG, required=True, hint=_("法规、协议或上级文件的名称和文号")),
        Field("kinds", _("事件种类"), Kind.MANY, required=True, choices=kinds, wide=True),
        Field("valid_from", _("起始日"), Kind.DAY, required=True, initial=request.today),
        Field("valid_to", _("截止日"), Kind.DAY, required=True),
        Field(
            "interval",
            _("位置间隔"),
            Kind.NUMBER,
            required=True,
            initial=limits.position_seconds,
            unit=_("秒"),
            hint=_("同一设备两次位置之间"),
        ),
        Field(
            "rate", _("请求的速率"), Kind.NUMBER, required=True, initial=limits.asked_rate, unit=_("条/分钟")
        ),
        Field(
            "scheme",
            _("签名方式"),
            Kind.CHIPS,
            required=True,
            choices=[(s.value, _(label)) for s, label in rules.SCHEME_LABELS.items()],
            initial=rules.Scheme.SHARED.value,
            wide=True,
        ),
        Field("units", _("限于单位"), Kind.MANY, choices=units, wide=True, hint=_("不选即全部，含下属单位")),
        Field("areas", _("限于区域"), Kind.MANY, choices=areas, wide=True, hint=_("不选即全部")),
    ]


@in_room("exchange", "exchange.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: Request) -> HttpResponse:
    form = Form(_fields(request), now=request.at, data=request.POST or None)
    if request.method == "POST":
        try:
            said: dict[str, Any] = form.values()
            said |= {name: said[name] or [] for name in ("kinds", "units", "areas")}
            made, secret = actions.subscribe(**said, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return _told_once(request, made, secret)
    status = 422 if form.errors or form.general else 200
    return show(request, "web/exchange/new.html", {"form": form}, status=status)


def _told_once(request: Request, found: Subscription, secret: str) -> HttpResponse:
    """The page that shows a secret: in the answer itself, kept nowhere, not even in the session."""
    context = {"secret": secret, **page(request, found)}
    response = show(request, "web/exchange/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _found(request: Request, pk: int) -> Subscription:
    return get_object_or_404(queries.subscriptions(request.actor), pk=pk)


@in_room("exchange", "exchange.manage")
@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    actions.resume(subscription=_found(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("共享已恢复，从现在起的事件会送出。"))
    return redirect("web:exchange-subscription", pk=pk)


@in_room("exchange", "exchange.manage")
@require_POST
def rotate(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    secret = actions.rotate_secret(subscription=found, by=request.actor, at=request.at)
    return _told_once(request, found, secret)


@in_room("exchange", "exchange.manage")
@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    n = actions.send_again(subscription=_found(request, pk), by=request.actor, at=request.at)
    messages.success(request, ngettext("%(n)s 条事件重新发送。", "%(n)s 条事件重新发送。", n) % {"n": n})
    return redirect("web:exchange-subscription", pk=pk)


TITLES = {"pause": "暂停共享", "end": "终止共享"}


@in_room("exchange", "exchange.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, pk: int, do: str) -> HttpResponse:
    """Pause or end, with the reason."""
    if do not in TITLES:
        raise Http404
    found, back = _found(request, pk), reverse("web:exchange-subscription", args=[pk])
    form = Form(
        [Field("reason", _("原因"), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        act = actions.pause if do == "pause" else actions.end
        try:
            act(subscription=found, reason=form.values()["reason"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    context = {"form": form, "title": _(TITLES[do]), "back": back, "subscription": found, "do": do}
    return show(
        request, "web/exchange/stop.html", context, status=422 if form.errors or form.general else 200
    )
