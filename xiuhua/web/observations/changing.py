"""Registering a device, changing it, a new key, a track from a file, withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.kernel.authz import Invalid
from xiuhua.observations import actions, queries, rules
from xiuhua.observations.models import Device
from xiuhua.org import queries as org
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, in_english, show

LONGEST_FILE = 64 << 20


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


def _facts(request: Request, said: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a device as they were typed, for registering and changing alike."""
    return {
        "identity": said["identity"],
        "name": said["name"],
        "unit": get_object_or_404(org.units(request.actor), pk=int(said["unit"])),
        "officer": org.officers(request.actor).filter(pk=int(said.get("officer") or 0)).first(),
        "plate": said.get("plate"),
        "datum": rules.Datum(int(said["datum"])),
        "lenient": bool(said["lenient"]),
    }


@in_room("devices", "devices.manage")
def new(request: Request) -> HttpResponse:
    form = Form(_fields(request), now=request.at, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            said = form.values()
            facts = _facts(request, said)
            made = actions.register(
                **{**facts, "plate": facts["plate"] or ""},
                kind=said["kind"],
                protocol=said["protocol"],
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


def _changes(request: Request, device: Device) -> list[Field]:
    """The facts that may change, as they are now."""
    asked = {field.name: field for field in _fields(request)}
    now = {
        "name": device.name,
        "identity": device.identity,
        "unit": str(device.unit_id),
        "plate": device.plate,
        "officer": str(device.officer_id or ""),
        "datum": str(device.datum),
        "lenient": device.lenient,
    }
    rows = [replace(asked[name], initial=value, focus=False) for name, value in now.items()]
    gone = "officer" if device.kind == rules.DeviceKind.VEHICLE_TERMINAL else "plate"
    reason = Field("reason", _("变更原因"), required=True, wide=True, hint=_("如：换SIM卡、换号牌、调拨"))
    return [row for row in rows if row.name != gone] + [reason]


@in_room("devices", "devices.manage")
def change(request: Request, pk: int) -> HttpResponse:
    """A new SIM card, plate, bearer or unit, with its reason; what it was stays in the history of the device."""
    found = get_object_or_404(queries.devices(request.actor).filter(withdrawn_at__isnull=True), pk=pk)
    form = Form(
        _changes(request, found), now=request.at, data=request.POST if request.method == "POST" else None
    )
    if request.method == "POST":
        try:
            said = form.values()
            facts = _facts(request, said)
            actions.change(
                **facts,
                device=found,
                reason=said["reason"],
                nobody=facts["officer"] is None,
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            messages.success(request, _("设备已变更。"))
            return redirect("web:device", pk=pk)
    return form_page(request, form, _("变更设备"), found)


def form_page(request: Request, form: Form, title: str, device: Device) -> HttpResponse:
    status = 422 if form.errors or form.general else 200
    context = {
        "form": form,
        "title": title,
        "device": device,
        "back": reverse("web:device", args=[device.pk]),
    }
    return show(request, "web/observations/form.html", context, status=status)


@in_room("devices", "devices.manage")
def import_track(request: Request, pk: int) -> HttpResponse:
    """A track from a GPX file; what lies outside duty hours is not kept."""
    found = get_object_or_404(queries.devices(request.actor).filter(withdrawn_at__isnull=True), pk=pk)
    form = Form(
        [
            Field(
                "file",
                _("GPX 文件"),
                Kind.FILES,
                required=True,
                wide=True,
                capture=False,
                hint=_("只留存当班时段内的位置"),
            )
        ],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        files=request.FILES or None,
    )
    if request.method == "POST":
        try:
            (file, *_more) = form.values()["file"]
            kept, outside = actions.import_track(
                device=found, text=_text(file), by=request.actor, at=request.at
            )
        except Invalid as error:
            form.take(error)
        else:
            said = _("留存 %(kept)s 个位置，%(outside)s 个在当班时段外，未留存。")
            messages.success(request, said % {"kept": kept, "outside": outside})
            return redirect("web:device", pk=pk)
    return form_page(request, form, _("导入 GPX"), found)


def _text(file: UploadedFile[Any]) -> str:
    """Raises Invalid for a file that is too long or no text in UTF-8."""
    if (file.size or 0) > LONGEST_FILE:
        raise Invalid({"file": _("文件最大 64 MB")})
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid({"file": _("文件应为 UTF-8")}) from error
