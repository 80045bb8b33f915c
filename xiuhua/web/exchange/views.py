"""The list of subscriptions, one with what it was sent, and the exact text of an event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiuhua.exchange import permissions, queries, rules
from xiuhua.exchange.queries import Delivery, Subscription
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.models import Area
from xiuhua.org import queries as org
from xiuhua.web.exchange import words
from xiuhua.web.frame import exports, verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import day
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.parts import Entry, Fact

ENTRIES_AT_MOST = 30


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(kind.type, words.label(kind)) for kind in queries.kinds().values()]


DELIVERIES: Listing[Delivery] = Listing(
    room="exchange-deliveries",
    filters=(
        Filter(
            "state",
            gettext_lazy("状态"),
            one_of("state"),
            choices=lambda _r: [(s.value, _(label)) for s, label in rules.STATE_LABELS.items()],
        ),
        Filter("kind", gettext_lazy("事件种类"), one_of("event__type"), choices=_kinds),
    ),
    sorts=(Sort("at", gettext_lazy("发生时间"), "-event__at"),),
    columns=(
        Column(gettext_lazy("事件编号"), lambda d: d.event.event_id),
        Column(gettext_lazy("类型"), lambda d: d.event.type),
        Column(gettext_lazy("对象"), lambda d: d.event.subject),
        Column(gettext_lazy("发生时间"), lambda d: d.event.at),
        Column(gettext_lazy("状态"), lambda d: _(d.get_state_display())),
        Column(gettext_lazy("推送次数"), lambda d: d.tries),
        Column(gettext_lazy("最近答复"), words.answer),
        Column(gettext_lazy("推送时间"), lambda d: d.delivered_at),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("待推送"), "state=waiting"),
        View(gettext_lazy("已放弃推送"), "state=given_up"),
    ),
)


@in_room("exchange", "exchange.see")
@require_safe
def subscriptions(request: Request) -> HttpResponse:
    rows, known = list(queries.subscriptions(request.actor)), queries.kinds()
    counts = queries.counts(rows)
    context = {
        "rows": [
            {
                "row": row,
                "state": words.standing(row),
                "kinds": words.kinds(row.kinds, known),
                "counts": counts.get(row.pk, {}),
                "trouble": words.trouble(row.line, request.at),
            }
            for row in rows
        ],
        "known": [(words.label(k), words.purpose(k), k) for k in known.values()],
        "may_manage": permissions.can_manage(request.actor),
        "origin": settings.EXCHANGE_ORIGIN,
    }
    return show(request, "web/exchange/list.html", context)


@in_room("exchange", "exchange.see")
@require_safe
def subscription(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(queries.subscriptions(request.actor), pk=pk)
    base = queries.deliveries(request.actor, found).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("推送"), DELIVERIES.columns, DELIVERIES.ordered(request, base))
    shown, known = DELIVERIES.show(request, base), queries.kinds()
    context = {
        "shown": shown,
        "rows": [(d, words.state(d), words.kinds([d.event.type], known)) for d in shown.rows],
        "room": "exchange-deliveries",
        **page(request, found),
    }
    return show(request, "web/exchange/subscription.html", context, part="web/exchange/_deliveries.html")


def page(request: Request, found: Subscription) -> dict[str, Any]:
    """What stands on the page of a subscription besides its deliveries."""
    moves = {move: permissions.can_move(found, move, request.actor) for move in rules.MOVES}
    counts = queries.counts([found]).get(found.pk, {})
    moves["send_again"] = moves["send_again"] and bool(counts.get(rules.State.GIVEN_UP))
    entries = kernel.history(record.subject_of(found)).exclude(verb="exchange.share").order_by("-pk")
    return {
        "subscription": found,
        "state": words.standing(found),
        "trouble": words.trouble(found.line, request.at),
        "facts": _facts(request, found),
        "may": moves,
        "counts": counts,
        "origin": settings.EXCHANGE_ORIGIN,
        "entries": [
            Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk)
            for e in entries[:ENTRIES_AT_MOST]
        ],
    }


def _facts(request: Request, found: Subscription) -> list[Fact]:
    english, comma = in_english(), _("、")
    units = {u.code: (english and u.name_en) or u.short_name for u in org.units(request.actor)}
    areas = dict(Area.objects.visible(request.actor).values_list("code", "name"))
    facts = [
        Fact(_("共享目的"), found.purpose),
        Fact(_("法律依据"), found.basis),
        Fact(_("联系人"), found.contact),
        Fact(_("接收地址"), found.url),
        Fact(_("事件种类"), words.kinds(found.kinds, queries.kinds())),
        Fact(_("限于单位"), comma.join(units.get(code, code) for code in found.units) or _("全部单位")),
        Fact(_("限于区域"), comma.join(areas.get(code, code) for code in found.areas) or _("全部区域")),
        Fact(_("共享期限"), f"{day(found.valid_from)} – {day(found.valid_to)}"),
        Fact(_("位置间隔"), _("%(n)s 秒") % {"n": found.interval}),
        Fact(_("签名方式"), _(found.get_scheme_display())),
    ]
    if found.public_key:
        facts.append(Fact(_("公钥"), found.public_key))
    if found.old_until is not None and found.old_until > request.at:
        both = f"{found.old_until.astimezone():%Y-%m-%d %H:%M}"
        facts.append(Fact(_("原密钥"), _("同时签名至 %(when)s") % {"when": both}))
    if found.reason:
        facts.append(Fact(_("原因"), _(found.reason)))
    return [*facts, Fact(_("订立人"), found.made_by, note=f"{found.made_at.astimezone():%Y-%m-%d %H:%M}")]


def _content(body: str) -> list[Fact]:
    """What the event says of itself, and then each field of its data, as they are named on the wire."""
    event = json.loads(body)
    data = event.pop("data")
    told = [*event.items(), *((f"data.{name}", value) for name, value in data.items())]
    return [Fact(name, "，".join(v) if isinstance(v, list) else str(v)) for name, v in told]


@in_room("exchange", "exchange.see")
@require_safe
def delivery(request: Request, pk: int, delivery_pk: int) -> HttpResponse:
    """One event to one agency: its exact text, and how it was answered."""
    found = get_object_or_404(queries.subscriptions(request.actor), pk=pk)
    row = get_object_or_404(queries.deliveries(request.actor, found), pk=delivery_pk)
    event, waits = row.event, row.state == rules.State.WAITING
    facts = [
        Fact(_("接收机关"), found.agency, url=reverse("web:exchange-subscription", args=[pk])),
        Fact(_("事件编号"), event.event_id),
        Fact(_("类型"), words.kinds([event.type], queries.kinds()), note=event.type),
        Fact(_("对象"), event.subject),
        Fact(_("发生时间"), f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}"),
        Fact(_("推送次数"), str(row.tries)),
        Fact(_("最近答复"), words.answer(row)),
    ]
    if waits:
        facts.append(Fact(_("下次尝试"), f"{row.next_at.astimezone():%Y-%m-%d %H:%M:%S}"))
    if row.delivered_at is not None:
        facts.append(Fact(_("推送时间"), f"{row.delivered_at.astimezone():%Y-%m-%d %H:%M:%S}"))
    context = {
        "subscription": found,
        "event": event,
        "state": words.state(row),
        "facts": facts,
        "content": _content(event.body),
    }
    return show(request, "web/exchange/delivery.html", context)
