"""Events and emergencies: levels, guarded places, reserve teams, calls; joint operations with other bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.duty.actions import Guarded
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Area
from xiuhua.org import queries as org
from xiuhua.web.duty import words
from xiuhua.web.duty.roster import form_page
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show

PARTS = 3


@in_room("duty", "duty.see")
def events(request: Request) -> HttpResponse:
    context = {
        "events": queries.events(request.actor)[:60],
        "may_order": permissions.can_order(request.actor),
    }
    return show(request, "web/duty/events.html", context)


@in_room("duty", "duty.see")
def event(request: Request, pk: int) -> HttpResponse:
    """One event: what is guarded at which level, who stands ready, who was called and comes."""
    found = get_object_or_404(queries.events(request.actor), pk=pk)
    calls = queries.Call.objects.visible(request.actor).filter(event=found)
    reserves = queries.Reserve.objects.visible(request.actor).filter(event=found)
    plan = found.plan
    context = {
        "event": found,
        "orders": found.orders.select_related("area").order_by("level", "place_kind", "pk"),
        "reserves": reserves.select_related("unit").prefetch_related("members"),
        "calls": calls.select_related("officer", "unit").order_by("unit", "officer")[:200],
        "called": calls.count(),
        "coming": calls.filter(coming=True).count(),
        "tasks": queries.tasks(request.actor).filter(event=found)[:60],
        "checks": ((in_english() and plan.checks_en) or plan.checks) if plan else "",
        "is_over": found.ended_at is not None,
        "may_order": permissions.can_order(request.actor),
        "may_count": found.plan_id is None and request.actor.can("reports.see"),
        "may_reserve": request.actor.can("duty.task"),
    }
    return show(request, "web/duty/event.html", context)


def read_orders(lines: Sequence[str]) -> list[Guarded]:
    """`一级 出入口及通道 名称`, a line each; an area by its name: `一级 街镇全域 花木街道`. Raises Invalid."""
    levels = {"一级": 1, "二级": 2, "1": 1, "2": 2}
    kinds = {label: kind for kind, label in rules.PLACE_KIND_LABELS.items()}
    kinds |= {kind.value: kind for kind in rules.PlaceKind}
    areas = {area.name: area for area in Area.objects.all()}
    out = []
    for number, line in enumerate(lines, 1):
        parts = line.split(None, PARTS - 1)
        if len(parts) < PARTS - 1 or parts[0] not in levels or parts[1] not in kinds:
            raise Invalid({"orders": _("第%(n)s行应为：一级 出入口及通道 名称") % {"n": number}})
        kind, name = kinds[parts[1]], parts[2] if len(parts) == PARTS else ""
        area = areas.get(name) if kind is rules.PlaceKind.AREA else None
        if kind is rules.PlaceKind.AREA and name and area is None:
            raise Invalid({"orders": _("第%(n)s行：没有这个街镇") % {"n": number}})
        out.append(Guarded(levels[parts[0]], kind, name, area))
    return out


def _counted(said: Mapping[str, Any]) -> tuple[date, date] | None:
    """The days over which figures are counted; both or none. Raises Invalid for one of them."""
    first, last = said["counted_from"], said["counted_to"]
    if (first is None) is not (last is None):
        raise Invalid({"counted_to": _("统计时段的起止应一并填写")})
    return (first, last) if first and last else None


@in_room("duty", "duty.order")
def event_new(request: Request) -> HttpResponse:
    form = Form(
        [
            Field("name", _("名称"), required=True, wide=True),
            Field("starts_on", _("起"), Kind.DAY, required=True, initial=request.today),
            Field("ends_on", _("止"), Kind.DAY, required=True, initial=request.today + timedelta(days=7)),
            Field("all_hands", _("全员上岗"), Kind.FLAG),
            Field("counted_from", _("统计起"), Kind.DAY, hint=_("统计时段与保障期间不同才填")),
            Field("counted_to", _("统计止"), Kind.DAY),
            Field(
                "orders",
                _("保障区域和点位"),
                Kind.LINES,
                required=True,
                hint=_("一行一个，如：一级 宾馆 示例宾馆；二级 街镇全域 写街镇名，不写就是全区"),
            ),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()
            made = actions.declare_event(
                name=said["name"],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                all_hands=said["all_hands"],
                counted=_counted(said),
                orders=read_orders(said["orders"]),
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:duty-event", args=[made.pk]))
    return form_page(request, form, _("启动重大活动保障"), back=reverse("web:duty-events"))


@in_room("duty", "duty.order")
def plan_start(request: Request) -> HttpResponse:
    """An emergency plan: which hazard and colour, for how long, where."""
    plans = {
        f"{p.hazard}-{p.colour}": (
            p,
            f"{_(p.get_hazard_display())}　{_(p.get_colour_display())}　{_(rules.LEVEL_LABELS[p.level])}　"
            + _("召集 %(n)s%%") % {"n": p.call_share},
        )
        for p in queries.plans()
    }
    areas = [(a.code, a.name) for a in Area.objects.order_by("code")]
    form = Form(
        [
            Field(
                "plan",
                _("预案"),
                Kind.CHOICE,
                required=True,
                choices=[(k, label) for k, (_p, label) in plans.items()],
                wide=True,
            ),
            Field("starts_on", _("起"), Kind.DAY, required=True, initial=request.today),
            Field("ends_on", _("止"), Kind.DAY, required=True, initial=request.today + timedelta(days=1)),
            Field("areas", _("街镇"), Kind.MANY, choices=areas, hint=_("不选就是全区")),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()
            made = actions.start_plan(
                plan=plans[said["plan"]][0],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                areas=list(Area.objects.filter(code__in=said["areas"])),
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:duty-event", args=[made.pk]))
    return form_page(request, form, _("启动应急预案"), back=reverse("web:duty-events"))


@in_room("duty", "duty.order")
def event_end(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.events(request.actor), pk=pk)
    form = Form(
        [Field("summary", _("小结"), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-event", args=[pk])
    if request.method == "POST":
        try:
            actions.end_event(event=found, summary=form.values()["summary"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("解除保障"), back=back, note=found.name)


@in_room("duty", "duty.task")
def reserve_new(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.events(request.actor), pk=pk)
    unit = words.unit_of(request)
    people = {str(o.pk): o for o in org.officers_of(unit, found.starts_on)}
    form = Form(
        [
            Field("name", _("队伍名称"), required=True, wide=True),
            Field(
                "members", _("队员"), Kind.MANY, choices=[(k, o.name) for k, o in people.items()], wide=True
            ),
        ],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-event", args=[pk])
    if request.method == "POST":
        try:
            said = form.values()
            actions.form_reserve(
                event=found,
                unit=unit,
                name=said["name"],
                members=[people[k] for k in said["members"]],
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _("组建机动队伍"), back=back, note=words.unit_name(unit), unit=unit.code)


@in_room("duty", "duty.work")
@require_POST
def call_answer(request: Request, pk: int) -> HttpResponse:
    call = get_object_or_404(queries.calls_of(request.actor), pk=pk)
    actions.answer_call(
        call=call,
        coming=request.POST.get("do") == "coming",
        note=request.POST.get("note", ""),
        by=request.actor,
        at=request.at,
    )
    return go(request, reverse("web:duty-mine"))
