"""Orders: who could be sent, sending, the list, and one order as its officer works it on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Model, Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.command import actions, permissions, queries, rules
from xiuhua.command.models import Order
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.authz import Invalid
from xiuhua.leads import queries as leads
from xiuhua.leads.queries import Lead
from xiuhua.observations import actions as observations
from xiuhua.web.command import words
from xiuhua.web.frame import exports, verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.clocks import moment_clock
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of
from xiuhua.web.frame.parts import Entry, Fact, State
from xiuhua.web.frame.rooms import Count, counts

OFFERED = 12
SEES = ("duty.see", "duty.work", "duty.task")
TONES = {
    rules.OrderState.SENT: "now",
    rules.OrderState.ACKNOWLEDGED: "now",
    rules.OrderState.DONE: "done",
    rules.OrderState.WITHDRAWN: "refused",
}


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in rules.ORDER_LABELS.items()]


ORDERS: Listing[Order] = Listing(
    room="command-orders",
    filters=(
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=_states),
        Filter("sent", gettext_lazy("下达日期"), between("sent_at__date"), kind="day"),
    ),
    sorts=(Sort("sent", gettext_lazy("下达时间"), "-sent_at"),),
    columns=(
        Column(gettext_lazy("要求"), lambda o: o.what),
        Column(gettext_lazy("地点"), lambda o: o.place),
        Column(gettext_lazy("单位"), lambda o: o.unit.short_name),
        Column(gettext_lazy("承办人"), lambda o: o.officer.name),
        Column(gettext_lazy("状态"), lambda o: _(o.get_state_display())),
        Column(gettext_lazy("下达时间"), lambda o: o.sent_at),
        Column(gettext_lazy("签收时间"), lambda o: o.acknowledged_at),
        Column(gettext_lazy("结果"), lambda o: o.result),
    ),
    views=(
        View(gettext_lazy("待签收"), "state=sent"),
        View(gettext_lazy("进行中"), "state=acknowledged"),
        View(gettext_lazy("全部"), ""),
    ),
)


@counts("command")
def mine(request: Request) -> Count:
    """Orders to sign for or to carry out, and those that rose to me."""
    found = queries.waiting_for(request.actor)
    late = Q(due_at__lt=request.at, state=rules.OrderState.SENT)
    return Count(*found.order_by().aggregate(n=Counted("pk"), late=Counted("pk", filter=late)).values())


def state_of(order: Order) -> State:
    return State(_(order.get_state_display()), TONES[rules.OrderState(order.state)])


def clock_of(order: Order, request: Request) -> Any:
    if order.state != rules.OrderState.SENT:
        return None
    return moment_clock(_("签收"), order.due_at, now=request.at, soon=3)


@in_room("command", *SEES)
@require_safe
def orders(request: Request) -> HttpResponseBase:
    base = queries.orders(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("调度令"), ORDERS.columns, ORDERS.ordered(request, base))
    shown = ORDERS.show(request, base)
    rows = [(o, state_of(o), clock_of(o, request), _(rules.LEVEL_LABELS[o.level])) for o in shown.rows]
    context = {"shown": shown, "rows": rows, "room": "command-orders"}
    return show(request, "web/command/orders.html", context, part="web/command/_orders.html")


def entries_of(row: Model) -> list[Entry]:
    """The record of an order or alarm, the latest first."""
    rows = kernel.history(record.subject_of(row)).order_by("-pk")
    return [Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk) for e in rows]


@in_room("command", *SEES)
@require_safe
def order(request: Request, pk: int) -> HttpResponse:
    """One order: where, why this officer, until when; the officer signs for it here."""
    found = get_object_or_404(queries.orders(request.actor), pk=pk)
    may = permissions.can_carry_out(found, request.actor)
    facts = [
        Fact(_("地点"), found.place or f"{found.lon:.5f}, {found.lat:.5f}"),
        Fact(_("承办人"), found.officer.name, note=words.unit_name(found.unit)),
        Fact(_("距离"), words.distance(found.metres), note=_("下达时")),
        Fact(_("派单理由"), _("；").join(_(g) for g in found.grounds)),
        Fact(_("下达人"), found.sent_by),
    ]
    if found.lead is not None and Lead.objects.visible(request.actor).filter(pk=found.lead.pk).exists():
        facts.insert(0, Fact(_("线索"), found.lead.number, url=reverse("web:lead", args=[found.lead_id])))
    context = {
        "order": found,
        "state": state_of(found),
        "clock": clock_of(found, request),
        "level": _(rules.LEVEL_LABELS[found.level]),
        "facts": facts,
        "may_sign": may and found.state == rules.OrderState.SENT,
        "may_report": may and found.state == rules.OrderState.ACKNOWLEDGED,
        "may_withdraw": found.state in rules.ORDER_OPEN
        and permissions.can_order(found.unit_id, request.actor),
        "entries": entries_of(found),
    }
    return show(request, "web/command/order.html", context)


ASKS = {"report": ("result", "结果"), "withdraw": ("reason", "撤回的原因")}
TITLES = {"report": "报结果", "withdraw": "撤回调度令"}


@in_room("command", *SEES)
@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.orders(request.actor), pk=pk)
    actions.acknowledge(order=found, by=request.actor, at=request.at)
    return go(request, reverse("web:command-order", args=[pk]))


@in_room("command", *SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def order_act(request: Request, pk: int, do: str) -> HttpResponse:
    """Report what came of it; take it back."""
    if do not in ASKS:
        raise Http404
    found = get_object_or_404(queries.orders(request.actor), pk=pk)
    back, (name, label) = reverse("web:command-order", args=[pk]), ASKS[do]
    form = Form(
        [Field(name, _(label), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()[name]
            if do == "report":
                actions.report(order=found, result=said, by=request.actor, at=request.at)
            else:
                actions.withdraw(order=found, reason=said, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    context = {"form": form, "title": _(TITLES[do]), "back": back, "note": found.what}
    return show(request, "web/command/form.html", context, status=422 if form.errors or form.general else 200)


def _place(request: Request) -> tuple[float, float]:
    """Longitude and latitude of the address. Raises Http404 for none."""
    try:
        return float(request.GET.get("lon", "")), float(request.GET.get("lat", ""))
    except ValueError:
        raise Http404 from None


@in_room("command", "duty.task")
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request) -> HttpResponse:
    """From a lead, or from a place on the map: who could go, the nearest first, with what speaks against the others."""
    lead = None
    if request.GET.get("lead", "").isdecimal():
        lead = get_object_or_404(leads.leads(request.actor), pk=request.GET["lead"], lon__isnull=False)
    lon, lat = (lead.lon or 0.0, lead.lat or 0.0) if lead else _place(request)
    observations.look_at_map(by=request.actor, at=request.at)
    offered = queries.offered(request.actor, lon, lat, request.at, lead=lead)
    fit = [
        o for o in offered if o.ranked.fit and permissions.can_order(o.mover.device.unit_id, request.actor)
    ]
    choices = [(str(o.mover.device.officer_id), _line(o)) for o in fit[:OFFERED]]
    nearest = next((value for value, _label in choices), None)
    form = Form(
        [
            Field(
                "officer", _("派给"), Kind.CHOICE, required=True, choices=choices, initial=nearest, wide=True
            ),
            Field("what", _("要求"), Kind.LONG, required=True, initial=_what(lead)),
            Field("place", _("地点"), initial=lead.place if lead else "", wide=True),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST" and choices:
        try:
            said = form.values()
            chosen = next(o for o in fit if str(o.mover.device.officer_id) == said["officer"])
            made = actions.send_order(
                officer=chosen.mover.device.officer,  # type: ignore[arg-type]  # only people on foot are offered
                what=said["what"],
                place=said["place"] or "",
                lon=lon,
                lat=lat,
                lead=lead,
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:command-order", args=[made.pk]))
    others = [(o, _line(o), _against(o)) for o in offered if not o.ranked.fit][:OFFERED]
    context = {"form": form, "lead": lead, "lon": lon, "lat": lat, "fit": fit, "others": others}
    return show(request, "web/command/send.html", context, status=422 if form.errors or form.general else 200)


def _what(lead: Lead | None) -> str:
    if lead is None:
        return ""
    kind = (in_english() and lead.kind.name_en) or lead.kind.name
    return _("到场核查：%(kind)s") % {"kind": kind}


def _line(offered: queries.Offered) -> str:
    mover = offered.mover
    parts = (mover.name, words.unit_name(mover.device.unit), words.distance(offered.ranked.candidate.metres))
    return "　".join([*parts, words.doing(mover)])


def _against(offered: queries.Offered) -> list[tuple[str, str]]:
    """What speaks against sending somebody, with its article."""
    return [
        (_(rules.HINDRANCE_LABELS[h]), rules.HINDRANCE_GROUNDS.get(h, "")) for h in offered.ranked.hindrances
    ]
