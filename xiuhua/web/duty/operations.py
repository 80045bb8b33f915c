"""Operations: joint ones with other bodies, and those of one unit."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.duty import actions, permissions, queries
from xiuhua.duty.models import Operation
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.web.duty import words
from xiuhua.web.duty.roster import form_page
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show


@in_room("duty", "duty.see")
def operations(request: Request) -> HttpResponse:
    rows = queries.operations(request.actor).prefetch_related("bodies")[:100]
    context = {"operations": rows, "may_task": request.actor.can("duty.task")}
    return show(request, "web/duty/operations.html", context)


def read_bodies(lines: Sequence[str]) -> list[tuple[str, int]]:
    """`公安分局 12`, a line each; without a number nobody is counted."""
    out = []
    for line in lines:
        name, _sep, number = line.rpartition(" ")
        out.append((name.strip(), int(number)) if number.isdecimal() and name.strip() else (line.strip(), 0))
    return out


def _may_report(row: Operation, request: Request) -> bool:
    return (
        row.reported_at is None
        and row.held_on <= clock.day_of(request.at)
        and permissions.can_task(row.unit_id, request.actor)
    )


@in_room("duty", "duty.see")
def operation(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.operations(request.actor), pk=pk)
    context = {
        "operation": found,
        "bodies": found.bodies.order_by("pk"),
        "may_report": _may_report(found, request),
    }
    return show(request, "web/duty/operation.html", context)


@in_room("duty", "duty.task")
def operation_new(request: Request) -> HttpResponse:
    unit = words.unit_of(request)
    form = Form(
        [
            Field(
                "joint",
                _("种类"),
                Kind.CHIPS,
                required=True,
                choices=[("yes", _("联合执法")), ("no", _("本单位行动"))],
                initial="yes",
            ),
            Field("title", _("名称"), required=True, wide=True),
            Field("held_on", _("日期"), Kind.DAY, required=True, initial=request.today),
            Field("place", _("地点"), required=True),
            Field("our_people", _("本局参加人数"), Kind.NUMBER),
            Field(
                "bodies",
                _("参加的其他单位"),
                Kind.LINES,
                hint=_("联合执法填写，一行一个，后面写人数，如：公安分局 12"),
            ),
            Field("what", _("内容"), Kind.LONG),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()
            made = actions.plan_operation(
                unit=unit,
                joint=said["joint"] == "yes",
                title=said["title"],
                held_on=said["held_on"],
                place=said["place"],
                our_people=max(said["our_people"] or 0, 0),
                bodies=read_bodies(said["bodies"]),
                what=said["what"] or "",
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:duty-operation", args=[made.pk]))
    return form_page(
        request,
        form,
        _("登记执法行动"),
        back=reverse("web:duty-operations"),
        note=words.unit_name(unit),
        unit=unit.code,
    )


@in_room("duty", "duty.task")
def operation_report(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.operations(request.actor), pk=pk)
    counts = ("checked", _("检查户次")), ("persuaded", _("教育劝阻人次")), ("found", _("发现问题"))
    form = Form(
        [
            *(Field(name, label, Kind.NUMBER) for name, label in counts),
            Field("result", _("结果"), Kind.LONG, required=True),
        ],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-operation", args=[pk])
    if request.method == "POST":
        try:
            said = form.values()
            actions.report_operation(
                operation=found,
                result=said["result"],
                by=request.actor,
                at=request.at,
                **{name: max(said[name] or 0, 0) for name, _label in counts},
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("报行动结果"), back=back, note=found.title)
