"""Lists of the registers, one dossier page a party, and the forms that register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Invalid
from xiuhua.registers import actions, permissions, queries, rules
from xiuhua.registers.models import Party
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.forms.fields import Field
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, show
from xiuhua.web.registers import dossier as pages
from xiuhua.web.registers import forms
from xiuhua.web.registers.lists import PARTIES, PREMISES, VEHICLES, number_of


@in_room("registers", "registers.see")
def parties(request: Request) -> HttpResponseBase:
    base = queries.parties(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("当事人"), PARTIES.columns, PARTIES.ordered(request, base))
    shown = PARTIES.show(request, base)
    context = {
        "shown": shown,
        "table": [(party, number_of(party)) for party in shown.rows],
        "room": "parties",
        "may_register": permissions.can_register(request.actor),
    }
    return show(request, "web/registers/parties.html", context, part="web/registers/_parties.html")


@in_room("registers", "registers.see")
def premises(request: Request) -> HttpResponseBase:
    base = queries.premises(request.actor).order_by().select_related("area", "party")
    if exports.wanted(request):
        return exports.respond(request, _("场所"), PREMISES.columns, PREMISES.ordered(request, base))
    context = {"shown": PREMISES.show(request, base), "room": "premises"}
    return show(request, "web/registers/premises.html", context, part="web/registers/_premises.html")


@in_room("registers", "registers.see")
def vehicles(request: Request) -> HttpResponseBase:
    base = queries.vehicles(request.actor).order_by().select_related("party")
    if exports.wanted(request):
        return exports.respond(request, _("车辆"), VEHICLES.columns, VEHICLES.ordered(request, base))
    context = {"shown": VEHICLES.show(request, base), "room": "vehicles"}
    return show(request, "web/registers/vehicles.html", context, part="web/registers/_vehicles.html")


@in_room("registers", "registers.see")
def suggest(request: Request) -> HttpResponse:
    """Parties for a search field: the first that match."""
    found = queries.find(request.actor, request.GET.get("q", ""), limit=8)
    options = [(str(p.pk), p.name, f"{_(p.get_kind_display())} {number_of(p)}".strip()) for p in found]
    return render(request, "web/parts/options.html", {"options": options})


@in_room("registers", "registers.see")
def party(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.parties(request.actor), pk=pk)
    return show(request, "web/registers/party.html", pages.context(request, found))


@in_room("registers", "registers.register")
def new_party(request: Request) -> HttpResponse:
    key = "party-new"
    kind = forms.kind_of(request.POST.get("kind") or request.GET.get("kind"))
    form = Form(
        forms.party_fields(kind, request.POST.dict() or request.GET.dict()),
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        draft=drafts.find(request.actor, key),
    )
    if request.method == "POST":
        try:
            made = actions.register_party(by=request.actor, at=request.at, **_said(form))
        except Invalid as error:
            form.take(error)
        else:
            drafts.done(request, key)
            return redirect("web:party", pk=made.pk)
    context = {"form": form, "kind": kind, "kinds": forms.KINDS, "key": key}
    status = 422 if form.errors or form.general else 200
    return show(
        request, "web/registers/party_new.html", context, part="web/registers/_party_form.html", status=status
    )


def _said(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.values().items() if value is not None}


@in_room("registers", "registers.register")
def edit_party(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.parties(request.actor), pk=pk)
    kind = rules.PartyKind(found.kind)
    fields = [
        *forms.party_fields(kind, forms.said_of(found) | request.POST.dict()),
        Field("reason", _("更改原因"), required=True, wide=True),
    ]
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            _change(request, found, form)
        except Invalid as error:
            form.take(error)
        else:
            return redirect("web:party", pk=pk)
    context = {
        "form": form,
        "title": _("更改登记"),
        "act": _("保存更改"),
        "back": reverse("web:party", args=[pk]),
    }
    return _form(request, found, form, context)


def _change(request: Request, found: Party, form: Form) -> None:
    said = form.values()
    reason = said.pop("reason")
    said.pop("kind")
    values = {name: value or "" for name, value in said.items()}
    actions.update_party(party=found, reason=reason, by=request.actor, at=request.at, **values)


def _form(request: Request, found: Party, form: Form, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors or form.general else 200
    return show(request, "web/registers/part_form.html", {"party": found, **context}, status=status)


@in_room("registers", "registers.register")
def add_premises(request: Request, pk: int) -> HttpResponse:
    return _add(request, pk, forms.premises_fields(), _("登记场所"), actions.register_premises)


@in_room("registers", "registers.register")
def add_vehicle(request: Request, pk: int) -> HttpResponse:
    return _add(request, pk, forms.vehicle_fields(), _("登记车辆"), actions.register_vehicle)


def _add(
    request: Request, pk: int, fields: Sequence[Field], title: str, register: Callable[..., object]
) -> HttpResponse:
    """The form for something that belongs to a party, and what `register` says to it."""
    found = get_object_or_404(queries.parties(request.actor), pk=pk)
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            register(party=found, by=request.actor, at=request.at, **form.values())
        except Invalid as error:
            form.take(error)
        else:
            return redirect("web:party", pk=pk)
    context = {"form": form, "title": title, "act": title, "back": reverse("web:party", args=[pk])}
    return _form(request, found, form, context)
