"""Alarms: the list, one alarm that is looked into, and the switches."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.command import actions, permissions, queries, rules
from xiuhua.command.models import Alarm
from xiuhua.kernel.authz import Invalid
from xiuhua.web.command import words
from xiuhua.web.command.orders import entries_of
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of
from xiuhua.web.frame.parts import Fact, State


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(k.value, label) for k, label in rules.ALARM_LABELS.items()]


def measured(alarm: Alarm) -> str:
    """How far or how long, and what was allowed."""
    if alarm.kind == rules.AlarmKind.STILL:
        return _("停留 %(n)s 分钟（阈值 %(m)s 分钟）") % {"n": alarm.measured, "m": alarm.limit}
    return _("在辖区外 %(n)s 米（阈值 %(m)s 米）") % {"n": alarm.measured, "m": alarm.limit}


def state_of(alarm: Alarm) -> State:
    if alarm.ended_at is not None:
        return State(_("已解除"), "done")
    return State(_("已核查"), "wait") if alarm.note else State(_("待核查"), "now")


def who(alarm: Alarm) -> str:
    return alarm.officer.name if alarm.officer else alarm.device.plate or alarm.device.name


ALARMS: Listing[Alarm] = Listing(
    room="command-alarms",
    filters=(
        Filter("kind", gettext_lazy("种类"), one_of("kind"), choices=_kinds),
        Filter(
            "open",
            gettext_lazy("状态"),
            lambda rows, values: rows.filter(ended_at__isnull="open" in values) if len(values) == 1 else rows,
            choices=lambda _request: [("open", gettext_lazy("未解除")), ("ended", gettext_lazy("已解除"))],
        ),
        Filter("since", gettext_lazy("日期"), between("since__date"), kind="day"),
    ),
    sorts=(Sort("since", gettext_lazy("起"), "-since"),),
    columns=(
        Column(gettext_lazy("名称"), who),
        Column(gettext_lazy("单位"), lambda a: a.unit.short_name),
        Column(gettext_lazy("种类"), lambda a: _(a.get_kind_display())),
        Column(gettext_lazy("实测"), measured),
        Column(gettext_lazy("起"), lambda a: a.since),
        Column(gettext_lazy("解除"), lambda a: a.ended_at),
        Column(gettext_lazy("核查情况"), lambda a: a.note),
    ),
    views=(View(gettext_lazy("未解除"), "open=open"), View(gettext_lazy("全部"), "")),
)


@in_room("command", "positions.see", "duty.work")
@require_safe
def alarms(request: Request) -> HttpResponseBase:
    base = queries.alarms(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("位置提醒"), ALARMS.columns, ALARMS.ordered(request, base))
    shown = ALARMS.show(request, base)
    context = {
        "shown": shown,
        "rows": [(a, who(a), measured(a), state_of(a)) for a in shown.rows],
        "room": "command-alarms",
        "switches": [
            (k.value, _(rules.ALARM_LABELS[k]), row) for k, row in queries.switches(request.actor).items()
        ],
        "may_switch": permissions.can_switch(request.actor),
    }
    return show(request, "web/command/alarms.html", context, part="web/command/_alarms.html")


@in_room("command", "positions.see", "duty.work")
@require_http_methods(["GET", "HEAD", "POST"])
def alarm(request: Request, pk: int) -> HttpResponse:
    """What was found, by which threshold; whoever may writes what it was."""
    found = get_object_or_404(queries.alarms(request.actor), pk=pk)
    form = Form(
        [Field("note", _("核查情况"), Kind.LONG, required=True)], now=request.at, data=request.POST or None
    )
    if request.method == "POST":
        try:
            actions.handle(alarm=found, note=form.values()["note"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:command-alarms") + "?open=open")
    facts = [
        Fact(_("单位"), words.unit_name(found.unit)),
        Fact(_("实测"), measured(found)),
        Fact(_("起"), f"{found.since.astimezone():%Y-%m-%d %H:%M}"),
    ]
    if found.note:
        facts.append(Fact(_("核查情况"), found.note, note=found.handled_by))
    context = {
        "alarm": found,
        "who": who(found),
        "state": state_of(found),
        "facts": facts,
        "form": form if permissions.can_handle(found, request.actor) else None,
        "entries": entries_of(found),
    }
    return show(
        request, "web/command/alarm.html", context, status=422 if form.errors or form.general else 200
    )


@in_room("command", "duty.order")
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: Request, kind: str) -> HttpResponse:
    """Turn a kind of alarm off, or on again, with the reason."""
    label = dict(_kinds(request)).get(kind, "")
    row = next((r for k, r in queries.switches(request.actor).items() if k.value == kind), None)
    on = row is None or row.on
    form = Form(
        [Field("reason", _("原因"), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:command-alarms")
    if request.method == "POST":
        try:
            said = form.values()["reason"]
            actions.switch(kind=kind, on=not on, reason=said, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    title = _("关闭提醒：%(kind)s") if on else _("开启提醒：%(kind)s")
    context = {
        "form": form,
        "title": title % {"kind": _(label)},
        "back": back,
        "note": row.reason if row else "",
    }
    return show(request, "web/command/form.html", context, status=422 if form.errors or form.general else 200)
