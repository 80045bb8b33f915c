"""Tasks: the list, one task with its notes, and what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.duty.models import Task
from xiuhua.kernel.authz import Invalid
from xiuhua.org import queries as org
from xiuhua.web.duty import words
from xiuhua.web.duty.roster import form_page
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.clocks import moment_clock
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(k.value, label) for k, label in rules.TASK_KIND_LABELS.items()]


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in rules.TASK_LABELS.items()]


def _units(request: Request) -> Sequence[tuple[str, str]]:
    return [(u.code, words.unit_name(u)) for u in words.units_seen(request)]


TASKS: Listing[Task] = Listing(
    room="duty-tasks",
    filters=(
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=_states),
        Filter("kind", gettext_lazy("种类"), one_of("kind"), choices=_kinds),
        Filter("unit", gettext_lazy("单位"), one_of("unit__code"), choices=_units),
        Filter("day", gettext_lazy("下达日期"), between("day"), kind="day"),
    ),
    sorts=(
        Sort("issued", gettext_lazy("下达时间"), "-issued_at"),
        Sort("due", gettext_lazy("期限"), "due_at"),
    ),
    columns=(
        Column(gettext_lazy("任务"), lambda t: t.title),
        Column(gettext_lazy("种类"), lambda t: _(t.get_kind_display())),
        Column(gettext_lazy("单位"), lambda t: t.unit.short_name),
        Column(gettext_lazy("承办人"), lambda t: t.officer.name if t.officer else ""),
        Column(gettext_lazy("状态"), lambda t: _(t.get_state_display())),
        Column(gettext_lazy("期限"), lambda t: t.due_at),
        Column(gettext_lazy("结果"), lambda t: t.result),
    ),
    views=(
        View(gettext_lazy("待签收"), "state=issued&sort=due"),
        View(gettext_lazy("进行中"), "state=received&sort=due"),
        View(gettext_lazy("全部"), ""),
    ),
)


def _clock(task: Task, request: Request) -> Any:
    return moment_clock(_("任务期限"), task.due_at, now=request.at) if task.state in rules.TASK_OPEN else None


def _state(task: Task) -> tuple[str, str]:
    return _(task.get_state_display()), words.TASK_TONES[rules.TaskState(task.state)]


@in_room("duty", "duty.see")
def tasks(request: Request) -> HttpResponseBase:
    base = queries.tasks(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("任务"), TASKS.columns, TASKS.ordered(request, base))
    shown = TASKS.show(request, base)
    context = {
        "shown": shown,
        "rows": [(t, *_state(t), _clock(t, request)) for t in shown.rows],
        "room": "duty-tasks",
        "may_task": request.actor.can("duty.task"),
    }
    return show(request, "web/duty/tasks.html", context, part="web/duty/_tasks.html")


@in_room("duty", "duty.see")
def task(request: Request, pk: int) -> HttpResponse:
    """One task. The buttons are what may be done now; a form that was wrong comes back."""
    found = get_object_or_404(queries.tasks(request.actor), pk=pk)
    label, tone = _state(found)
    may = permissions.can_carry_out(found, request.actor)
    context = {
        "task": found,
        "label": label,
        "tone": tone,
        "clock": _clock(found, request),
        "notes": found.notes.select_related("officer").order_by("at", "pk"),
        "inspections": queries.inspections(request.actor).filter(task=found),
        "may_inspect": may
        and found.state == rules.TaskState.RECEIVED
        and permissions.can_inspect(request.actor),
        "may_see_recordings": request.actor.can("evidence.see"),
        "may_receive": may and found.state == rules.TaskState.ISSUED,
        "may_report": may and found.state == rules.TaskState.RECEIVED,
        "may_withdraw": permissions.can_task(found.unit_id, request.actor) and found.state in rules.TASK_OPEN,
    }
    return show(request, "web/duty/task.html", context)


ASKS = {"note": ("text", "进展"), "report": ("result", "结果"), "withdraw": ("reason", "撤销的原因")}
TITLES = {"note": "记进展", "report": "报结果", "withdraw": "撤销任务", "receive": "签收"}


@in_room("duty", "duty.see")
def task_act(request: Request, pk: int, do: str) -> HttpResponse:
    """Sign for it, note progress, report the result, take it back."""
    found = get_object_or_404(queries.tasks(request.actor), pk=pk)
    back, by, at = reverse("web:duty-task", args=[pk]), request.actor, request.at
    if do == "receive" and request.method == "POST":
        actions.receive_task(task=found, by=by, at=at)
    if do not in ASKS:
        return go(request, back)
    name, label = ASKS[do]
    form = Form(
        [Field(name, _(label), Kind.LONG, required=True, focus=True)], now=at, data=request.POST or None
    )
    if request.method == "POST":
        acts: dict[str, Any] = {
            "note": actions.note_progress,
            "report": actions.report_task,
            "withdraw": actions.withdraw_task,
        }
        try:
            acts[do](task=found, by=by, at=at, **{name: form.values()[name]})
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    return form_page(request, form, _(TITLES[do]), back=back, note=found.title)


@in_room("duty", "duty.task")
def task_new(request: Request) -> HttpResponse:
    units = [u for u in org.handling_units() if permissions.can_task(u.pk, request.actor)]
    own = next((u.code for u in units if u.pk == request.actor.unit_id), None)
    people = org.officers_of(units[0], request.today) if len(units) == 1 else []
    kinds = [(k.value, _(rules.TASK_KIND_LABELS[k])) for k in (rules.TaskKind.DAILY, rules.TaskKind.SPECIAL)]
    form = Form(
        [
            Field("kind", _("种类"), Kind.CHIPS, required=True, choices=kinds, initial="daily"),
            Field(
                "unit",
                _("承办单位"),
                Kind.CHOICE,
                required=True,
                initial=own,
                choices=[(u.code, words.unit_name(u)) for u in units],
            ),
            Field("title", _("任务"), required=True, wide=True),
            Field("what", _("要求"), Kind.LONG),
            Field("officer", _("承办人"), Kind.CHOICE, choices=[(str(o.pk), o.name) for o in people]),
            Field(
                "due_at",
                _("期限"),
                Kind.MOMENT,
                required=True,
                initial=(request.at + timedelta(days=1)).replace(minute=0),
            ),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()
            made = actions.issue_task(
                kind=said["kind"],
                title=said["title"],
                what=said["what"] or "",
                unit=next(u for u in units if u.code == said["unit"]),
                officer=next((o for o in people if str(o.pk) == said["officer"]), None),
                due_at=said["due_at"],
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:duty-task", args=[made.pk]))
    return form_page(request, form, _("下达任务"), back=reverse("web:duty-tasks"))
