"""Beats and check-in points of a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.duty import actions, permissions, queries
from xiuhua.kernel.authz import Invalid
from xiuhua.web.duty import words
from xiuhua.web.duty.roster import form_page
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show


@in_room("duty", "duty.see")
def points(request: Request) -> HttpResponse:
    unit = words.unit_of(request)
    context = {
        "unit": unit,
        "units": words.units_seen(request),
        "points": queries.points(request.actor).filter(unit=unit),
        "beats": queries.beats(request.actor).filter(unit=unit),
        "may_plan": permissions.can_plan(unit.pk, request.actor),
    }
    return show(request, "web/duty/points.html", context)


@in_room("duty", "duty.plan")
def point_new(request: Request) -> HttpResponse:
    unit = words.unit_of(request)
    permissions.check_can_plan(unit.pk, request.actor)
    beats = [(str(b.pk), b.name) for b in queries.beats(request.actor).filter(unit=unit)]
    form = Form(
        [
            Field("code", _("代码"), required=True),
            Field("name", _("名称"), required=True),
            Field("lon", _("经度"), Kind.DECIMAL, required=True, hint=_("WGS-84，度")),
            Field("lat", _("纬度"), Kind.DECIMAL, required=True, hint=_("WGS-84，度")),
            Field(
                "radius",
                _("范围"),
                Kind.NUMBER,
                initial=queries.limits().radius_metres,
                unit=_("米"),
            ),
            Field("beat", _("巡区"), Kind.CHOICE, choices=beats),
            Field("is_post", _("固定岗"), Kind.FLAG),
        ],
        now=request.at,
        data=request.POST or None,
    )
    back = f"{reverse('web:duty-points')}?unit={unit.code}"
    if request.method == "POST":
        try:
            said = form.values()
            actions.add_point(
                unit=unit,
                code=said["code"],
                name=said["name"],
                lon=float(said["lon"]),
                lat=float(said["lat"]),
                radius=said["radius"],
                beat=queries.beats(request.actor).get(pk=int(said["beat"])) if said["beat"] else None,
                is_post=said["is_post"],
                active_from=request.today,
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("设签到点"), back=back, unit=unit.code)


@in_room("duty", "duty.plan")
def beat_new(request: Request) -> HttpResponse:
    unit = words.unit_of(request)
    form = Form(
        [Field("code", _("代码"), required=True), Field("name", _("名称"), required=True)],
        now=request.at,
        data=request.POST or None,
    )
    back = f"{reverse('web:duty-points')}?unit={unit.code}"
    if request.method == "POST":
        try:
            said = form.values()
            actions.add_beat(unit=unit, code=said["code"], name=said["name"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("设巡区"), back=back, unit=unit.code)


@in_room("duty", "duty.plan")
def point_close(request: Request, pk: int) -> HttpResponse:
    point = get_object_or_404(queries.points(request.actor), pk=pk)
    form = Form(
        [Field("on", _("最后一日"), Kind.DAY, required=True, initial=request.today)],
        now=request.at,
        data=request.POST or None,
    )
    back = f"{reverse('web:duty-points')}?unit={point.unit.code}"
    if request.method == "POST":
        try:
            actions.close_point(point=point, on=form.values()["on"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("停用签到点"), back=back, note=point.name)
