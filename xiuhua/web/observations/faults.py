"""Faults as work: the list, reporting one, giving it to somebody, closing it with a word of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiuhua.kernel.authz import Invalid
from xiuhua.observations import actions, permissions, queries, rules
from xiuhua.observations.models import DeviceFault
from xiuhua.org import queries as org
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.parts import State
from xiuhua.web.observations.changing import form_page


def state_of(fault: DeviceFault) -> State:
    if fault.ended_at is not None:
        return State(_("已处理"), "done")
    return State(_("处理中"), "now") if fault.officer_id else State(_("待指派"), "refused")


def _in_state(rows: QuerySet[DeviceFault], words: Sequence[str]) -> QuerySet[DeviceFault]:
    meant = {
        "new": Q(ended_at__isnull=True, officer__isnull=True),
        "given": Q(ended_at__isnull=True, officer__isnull=False),
        "closed": Q(ended_at__isnull=False),
    }
    return rows.filter(reduce(or_, (meant[word] for word in words if word in meant), Q(pk__in=[])))


FAULTS: Listing[DeviceFault] = Listing(
    room="device-faults",
    filters=(
        Filter(
            "state",
            gettext_lazy("状态"),
            _in_state,
            choices=lambda _r: [("new", _("待指派")), ("given", _("处理中")), ("closed", _("已处理"))],
        ),
        Filter(
            "kind",
            gettext_lazy("故障"),
            one_of("kind"),
            choices=lambda _r: [(k.value, _(label)) for k, label in rules.FAULT_LABELS.items()],
        ),
    ),
    sorts=(Sort("new", gettext_lazy("发现时间"), "-since"), Sort("old", gettext_lazy("最早发现"), "since")),
    columns=(
        Column(gettext_lazy("设备"), lambda f: f.device.name),
        Column(gettext_lazy("配属单位"), lambda f: f.device.unit.name),
        Column(gettext_lazy("故障"), lambda f: _(f.get_kind_display())),
        Column(gettext_lazy("情况"), lambda f: f.what),
        Column(gettext_lazy("发现时间"), lambda f: f.since),
        Column(gettext_lazy("处理人员"), lambda f: f.officer.name if f.officer else ""),
        Column(gettext_lazy("处理时间"), lambda f: f.ended_at),
        Column(gettext_lazy("处理情况"), lambda f: f.note),
    ),
    views=(
        View(gettext_lazy("待指派"), "state=new&sort=old"),
        View(gettext_lazy("处理中"), "state=given&sort=old"),
        View(gettext_lazy("已处理"), "state=closed"),
        View(gettext_lazy("全部"), ""),
    ),
)


@in_room("devices")
def faults(request: Request) -> HttpResponseBase:
    base = queries.faults(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("设备故障"), FAULTS.columns, FAULTS.ordered(request, base))
    shown = FAULTS.show(request, base)
    context = {"shown": shown, "rows": [(f, state_of(f)) for f in shown.rows], "room": "device-faults"}
    return show(request, "web/observations/faults.html", context, part="web/observations/_faults.html")


@in_room("devices")
def fault(request: Request, pk: int) -> HttpResponse:
    """One fault: what is known, who mends it, and the two forms for whoever may."""
    found = get_object_or_404(queries.faults(request.actor), pk=pk)
    if request.method == "POST":
        permissions.check_can_assign(found.device, request.actor)
    may_assign = found.ended_at is None and permissions.can_assign(found.device, request.actor)
    form = Form(
        _assigning(request, found) if may_assign else [],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and may_assign:
        try:
            said = form.values()
            person = get_object_or_404(org.officers(request.actor), pk=int(said["officer"]))
            actions.assign_fault(fault=found, officer=person, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            messages.success(request, _("故障已指派。"))
            return redirect("web:device-fault", pk=pk)
    seen = queries.devices(request.actor).filter(pk=found.device_id).exists()
    context = {
        "fault": found,
        "state": state_of(found),
        "form": form if may_assign else None,
        "sees_device": seen,
        "is_open": found.ended_at is None,
    }
    status = 422 if form.errors or form.general else 200
    return show(request, "web/observations/fault.html", context, status=status)


def _assigning(request: Request, fault: DeviceFault) -> list[Field]:
    people = org.officers_of(fault.device.unit, request.today)
    choices = [(str(o.pk), f"{o.name} {o.staff_no}") for o in people]
    initial = str(fault.officer_id) if fault.officer_id else None
    return [
        Field(
            "officer", _("处理人员"), Kind.CHOICE, required=True, choices=choices, initial=initial, wide=True
        )
    ]


@in_room("devices")
def report(request: Request, pk: int) -> HttpResponse:
    device = get_object_or_404(queries.devices(request.actor), pk=pk)
    form = Form(
        [Field("what", _("故障情况"), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        try:
            made = actions.report_fault(
                device=device, what=form.values()["what"], by=request.actor, at=request.at
            )
        except Invalid as error:
            form.take(error)
        else:
            return redirect("web:device-fault", pk=made.pk)
    return form_page(request, form, _("报修"), device)


@require_POST
@in_room("devices")
def mend(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.open_faults(request.actor), pk=pk)
    actions.mend(fault=found, note=request.POST.get("note", ""), by=request.actor, at=request.at)
    messages.success(request, _("故障已处理。"))
    return redirect("web:device-fault", pk=pk)
