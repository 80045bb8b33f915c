"""Rounds: roads patrolled and inspections made, and the two forms of the phone for them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.duty.models import Task
from xiuhua.kernel.authz import Invalid
from xiuhua.web.duty.roster import form_page
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show

PAGE = 40


@in_room("duty", "duty.see")
def rounds(request: Request) -> HttpResponse:
    """The last roads and inspections of the units one sees."""
    roads: Page[Any] = Paginator(queries.road_patrols(request.actor), PAGE).get_page(request.GET.get("roads"))
    inspections: Page[Any] = Paginator(queries.inspections(request.actor), PAGE).get_page(
        request.GET.get("inspections")
    )
    context = {
        "roads": roads,
        "inspections": inspections,
        "may_work": permissions.can_work(request.actor),
        "may_inspect": permissions.can_inspect(request.actor),
    }
    return show(request, "web/duty/rounds.html", context)


@in_room("duty", "duty.work")
def road_new(request: Request) -> HttpResponse:
    known = queries.roads_known(request.actor, request.actor.unit_id or 0)
    form = Form(
        [
            Field(
                "road",
                _("路名"),
                required=True,
                focus=True,
                wide=True,
                hint=_("常巡的路：%(roads)s") % {"roads": _("、").join(known)} if known else "",
            ),
            Field("at", _("巡查时间"), Kind.MOMENT, required=True, initial=request.at),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()
            actions.patrol_road(road=said["road"], went_at=said["at"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:duty-rounds"))
    return form_page(request, form, _("登记道路巡查"), back=reverse("web:duty-rounds"))


def _task(request: Request) -> Task | None:
    """The task of the address, if it names one that may be carried out."""
    named = request.GET.get("task", "")
    if not named.isdecimal():
        return None
    return get_object_or_404(queries.tasks(request.actor), pk=int(named))


@in_room("duty", "duty.work")
def inspection_new(request: Request) -> HttpResponse:
    permissions.check_can_inspect(request.actor)
    task = _task(request)
    outcomes = [(o.value, _(rules.INSPECTION_LABELS[o])) for o in rules.InspectionOutcome]
    form = Form(
        [
            Field("whom", _("检查对象"), required=True, focus=True, wide=True),
            Field("place", _("地点"), required=True, wide=True),
            Field("outcome", _("检查情况"), Kind.CHIPS, required=True, choices=outcomes, initial="clear"),
            Field("note", _("情况说明"), Kind.LONG, hint=_("发现问题的另行登记线索")),
            Field("at", _("检查时间"), Kind.MOMENT, required=True, initial=request.at),
        ],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-task", args=[task.pk]) if task else reverse("web:duty-rounds")
    if request.method == "POST":
        try:
            said = form.values()
            actions.inspect(
                whom=said["whom"],
                place=said["place"],
                outcome=said["outcome"],
                note=said["note"] or "",
                task=task,
                inspected_at=said["at"],
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("登记执法检查"), back=back, note=task.title if task else "")
