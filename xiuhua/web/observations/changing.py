"""Registering, a new key, withdrawing a device, mending a fault."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.kernel.authz import Invalid
from xiuhua.observations import actions, queries, rules
from xiuhua.org import queries as org
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, in_english, show


def _fields(request: Request) -> list[Field]:
    english = in_english()
    units = [(str(u.pk), (english and u.name_en) or u.name) for u in org.units(request.actor)]
    people = [(str(o.pk), f"{o.name} {o.staff_no}") for o in org.officers(request.actor)]
    return [
        Field("name", _("名称"), required=True, focus=True),
        Field(
            "kind",
            _("设备种类"),
            Kind.CHIPS,
            required=True,
            choices=[(k.value, label) for k, label in rules.DEVICE_KIND_LABELS.items()],
            initial=rules.DeviceKind.VEHICLE_TERMINAL.value,
            wide=True,
        ),
        Field(
            "protocol",
            _("协议"),
            Kind.CHIPS,
            required=True,
            choices=[(p.value, label) for p, label in rules.PROTOCOL_LABELS.items()],
            initial=rules.Protocol.JT808.value,
            wide=True,
        ),
        Field("identity", _("设备号"), required=True, hint=_("终端手机号、设备号或国标编码")),
        Field("unit", _("配属单位"), Kind.CHOICE, required=True, choices=units),
        Field("plate", _("号牌"), Kind.PLATE, hint=_("车载终端填写")),
        Field("officer", _("使用人"), Kind.CHOICE, choices=people, hint=_("随人的设备填写")),
        Field(
            "datum",
            _("坐标系"),
            Kind.CHOICE,
            required=True,
            choices=[(str(int(d)), label) for d, label in rules.DATUM_LABELS.items()],
            initial=str(int(rules.Datum.WGS84)),
        ),
        Field("lenient", _("放宽校验：校验和、长度不符的报文也接受"), Kind.FLAG, wide=True),
    ]


@in_room("devices", "devices.manage")
def new(request: Request) -> HttpResponse:
    form = Form(_fields(request), now=request.at, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            said = form.values()
            unit = org.units(request.actor).filter(pk=int(said["unit"])).first()
            if unit is None:
                raise Invalid({"unit": "没有这个单位"})
            officer = org.officers(request.actor).filter(pk=int(said["officer"] or 0)).first()
            made = actions.register(
                kind=said["kind"],
                protocol=said["protocol"],
                identity=said["identity"],
                name=said["name"],
                unit=unit,
                officer=officer,
                plate=said["plate"] or "",
                datum=rules.Datum(int(said["datum"])),
                lenient=bool(said["lenient"]),
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return redirect("web:device", pk=made.pk)
    status = 422 if form.errors or form.general else 200
    return show(request, "web/observations/device_new.html", {"form": form}, status=status)


@require_POST
@in_room("devices", "devices.manage")
def code(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.devices(request.actor), pk=pk)
    made = actions.issue_code(device=found, by=request.actor, at=request.at)
    messages.success(request, _("新密钥只显示这一次：%(code)s") % {"code": made})
    return redirect("web:device", pk=pk)


@require_POST
@in_room("devices", "devices.manage")
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.devices(request.actor), pk=pk)
    reason = request.POST.get("reason", "")
    actions.withdraw(device=found, reason=reason, by=request.actor, at=request.at)
    messages.success(request, _("设备已停用。"))
    return redirect("web:device", pk=pk)


@require_POST
@in_room("devices")
def mend(request: Request, pk: int, fault_pk: int) -> HttpResponse:
    found = get_object_or_404(queries.open_faults(request.actor), pk=fault_pk, device=pk)
    note = request.POST.get("note", "")
    actions.mend(fault=found, note=note, by=request.actor, at=request.at)
    messages.success(request, _("故障已处理。"))
    return redirect("web:device", pk=pk)
