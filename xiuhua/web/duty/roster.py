"""The roster of a unit: a week as a grid, one shift planned or taken off, a week copied, a file brought in."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.duty.models import Shift
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Invalid
from xiuhua.leads import queries as leads
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit
from xiuhua.web.duty import sheets, words
from xiuhua.web.frame import exports, rooms
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.parts import State

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FAULTS = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """One shift in the grid."""

    shift: Shift
    label: str
    state: State


@dataclass(frozen=True, slots=True)
class Line:
    officer: Officer
    days: Sequence[tuple[date, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    rests: bool
    level: int


def _monday(request: Request) -> date:
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = request.today
    return rules.monday_of(day)


def _days(request: Request, unit: Unit, monday: date) -> list[Day]:
    """The week with its duty levels; of a unit with several areas the highest counts."""
    week = rules.week_of(monday)
    calendar = kernel.calendar()
    orders = queries.level_orders(request.actor, week[0], week[-1])
    areas: list[int | None] = list(unit.areas.values_list("pk", flat=True)) or [None]
    out = []
    for day in week:
        levels = [level for area in areas if (level := rules.level_on(area, day, orders))]
        out.append(Day(day, not calendar.is_working(day), min(levels, default=0)))
    return out


def _lines(request: Request, unit: Unit, monday: date) -> list[Line]:
    cells: dict[tuple[int, date], list[Cell]] = {}
    people = {o.pk: o for o in org.officers_of(unit, monday)}
    for shift in queries.roster(request.actor, unit, monday):
        people.setdefault(shift.officer_id, shift.officer)
        state = words.standing(shift, request)
        cell = Cell(shift, words.kind(shift.kind), state)
        cells.setdefault((shift.officer_id, shift.day), []).append(cell)
    week = rules.week_of(monday)
    ordered = sorted(people.values(), key=lambda o: o.staff_no)
    return [Line(o, [(day, cells.get((o.pk, day), [])) for day in week]) for o in ordered]


@in_room("duty", "duty.see")
def roster(request: Request) -> HttpResponseBase:
    """Officers × days."""
    unit, monday = words.unit_of(request), _monday(request)
    if exports.wanted(request):
        rows = queries.roster(request.actor, unit, monday)
        return exports.respond(request, _("排班"), sheets.COLUMNS, rows)
    swaps, appeals = queries.waiting_for(request.actor)
    context = {
        "unit": unit,
        "units": words.units_seen(request),
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "days": _days(request, unit, monday),
        "lines": _lines(request, unit, monday),
        "may_plan": permissions.can_plan(unit.pk, request.actor),
        "swaps": swaps,
        "appeals": appeals,
        "events": queries.active_events(request.actor, request.today),
        "query": f"unit={unit.code}&week={monday}",
    }
    return show(request, "web/duty/roster.html", context)


@rooms.counts("duty")
def count(request: Request) -> rooms.Count:
    """Swaps and appeals that wait for this person, calls not answered, and doubtful check-ins of an inspector."""
    swaps, appeals = queries.waiting_for(request.actor)
    rest = [appeals, queries.calls_of(request.actor)]
    if request.actor.can("duty.inspect"):
        rest.append(queries.doubtful(request.actor))
    # On every page, so one question.
    first, *others = (rows.order_by().values_list("pk") for rows in (swaps, *rest))
    return rooms.Count(first.union(*others, all=True).count())


def _back(unit: Unit, day: date) -> str:
    return f"{reverse('web:duty')}?unit={unit.code}&week={rules.monday_of(day)}"


def _shift_fields(request: Request, unit: Unit) -> list[Field]:
    people = [(str(o.pk), f"{o.staff_no}　{o.name}") for o in org.officers_of(unit, request.today)]
    kinds = [(k.code, f"{words.kind(k)}　{k.starts:%H:%M}-{k.ends:%H:%M}") for k in queries.shift_kinds()]
    beats = [(str(b.pk), b.name) for b in queries.beats(request.actor).filter(unit=unit)]
    return [
        Field(
            "officer",
            _("人员"),
            Kind.CHOICE,
            required=True,
            choices=people,
            initial=request.GET.get("officer"),
        ),
        Field("day", _("日期"), Kind.DAY, required=True, initial=request.GET.get("day") or request.today),
        Field("kind", _("班次"), Kind.CHIPS, required=True, choices=kinds, wide=True),
        Field("beat", _("巡区"), Kind.CHOICE, choices=beats, hint=_("巡区的签到点就是本班应到点")),
    ]


@in_room("duty", "duty.plan")
def shift_new(request: Request) -> HttpResponse:
    unit = words.unit_of(request)
    permissions.check_can_plan(unit.pk, request.actor)
    form = Form(_shift_fields(request, unit), now=request.at, data=request.POST or None)
    if request.method == "POST":
        try:
            shift = _plan(request, unit, form)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, _back(unit, shift.day))
    return form_page(request, form, _("排一个班"), back=_back(unit, request.today), unit=unit.code)


def _plan(request: Request, unit: Unit, form: Form) -> Shift:
    said = form.values()
    officer = org.officers(request.actor).get(pk=int(said["officer"]))
    kind = next(k for k in queries.shift_kinds() if k.code == said["kind"])
    beat = queries.beats(request.actor).get(pk=int(said["beat"])) if said["beat"] else None
    return actions.plan_shift(
        officer=officer,
        unit=unit,
        kind=kind,
        day=said["day"],
        beat=beat,
        by=request.actor,
        at=request.at,
    )


def form_page(
    request: Request, form: Form, title: str, *, back: str, act: str = "", note: str = "", **more: Any
) -> HttpResponse:
    """A small form of the street: its fields, one button, a way back."""
    context = {"form": form, "title": title, "back": back, "act": act or title, "note": note, **more}
    return show(request, "web/duty/form.html", context, status=422 if form.errors or form.general else 200)


def shift_of(request: Request, pk: int) -> Shift:
    return get_object_or_404(queries.shifts(request.actor), pk=pk)


@in_room("duty", "duty.see")
def shift(request: Request, pk: int) -> HttpResponse:
    """One shift: where one had to be, what was found, its swaps and its appeal."""
    found = shift_of(request, pk)
    actor, at = request.actor, request.at
    overseen = permissions.reaches("duty.oversee", found.unit_id, actor)
    mine = found.officer_id == actor.officer_id
    context = {
        "shift": found,
        "kind": words.kind(found.kind),
        "state": words.standing(found, request),
        "stops": queries.stops_of(actor, found),
        "check_ins": queries.check_ins(actor).filter(shift=found) if overseen or mine else [],
        "findings": queries.findings(actor).filter(shift=found, lead__in=leads.leads(actor)),
        "swaps": queries.swaps(actor).filter(shift=found),
        "appeal": queries.appeals(actor).filter(shift=found).first(),
        "may_swap": permissions.can_ask_swap(found, actor, at),
        "may_appeal": permissions.can_appeal(found, actor, at),
        "may_cancel": permissions.can_plan(found.unit_id, actor) and found.starts_at > at,
    }
    return show(request, "web/duty/shift.html", context)


@in_room("duty", "duty.plan")
def shift_cancel(request: Request, pk: int) -> HttpResponse:
    found = shift_of(request, pk)
    form = Form(
        [Field("reason", _("取消的原因"), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-shift", args=[pk])
    if request.method == "POST":
        try:
            actions.cancel_shift(shift=found, reason=form.values()["reason"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, _back(found.unit, found.day))
    return form_page(request, form, _("取消班次"), back=back, note=str(found))


@in_room("duty", "duty.plan")
def copy_week(request: Request) -> HttpResponse:
    """The week shown, once more in another week."""
    unit, monday = words.unit_of(request), _monday(request)
    form = Form(
        [Field("to", _("复制到哪一周"), Kind.DAY, required=True, initial=monday + timedelta(days=7))],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            to = form.values()["to"]
            done = actions.copy_week(unit=unit, monday=monday, to=to, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            said = {"n": done.written, "out": len(done.faults)}
            messages.success(request, _("已复制 %(n)s 个班次，%(out)s 个有冲突未排。") % said)
            return go(request, _back(unit, to))
    note = _("%(unit)s，%(day)s 起的一周") % {"unit": words.unit_name(unit), "day": monday}
    return form_page(request, form, _("复制一周"), back=_back(unit, monday), note=note, unit=unit.code)


@in_room("duty", "duty.plan")
def import_roster(request: Request) -> HttpResponse:
    """A file is checked first, with each row's fault; written only where it is asked for."""
    unit = words.unit_of(request)
    permissions.check_can_plan(unit.pk, request.actor)
    context: dict[str, Any] = {"unit": unit, "headings": list(sheets.HEADINGS)}
    sent = request.FILES.get("file") if request.method == "POST" else None
    if isinstance(sent, UploadedFile):
        try:
            lines = sheets.read(sent.read(), sent.name or "")
            do = request.POST.get("do", "check")
            done = actions.bring_in(
                unit=unit,
                lines=lines,
                by=request.actor,
                at=request.at,
                write=do != "check",
                skip_faulty=do == "good",
            )
        except Invalid as error:
            context["wrong"] = [_(reason) for reason in error.errors.values()]
        else:
            if done.written:
                messages.success(request, _("已排 %(n)s 个班次。") % {"n": done.written})
                return go(request, _back(unit, done.good[0].day))
            context |= _checked(lines, done)
    elif request.method == "POST":
        context["wrong"] = [_("请选择文件。")]
    return show(request, "web/duty/import.html", context)


def _checked(lines: Sequence[rules.Line], done: actions.Brought) -> dict[str, Any]:
    """What the dry run found; the faulty rows travel in the page as a file to save, so that nothing is kept."""
    by_row = {line.row: line for line in lines}
    out: dict[str, Any] = {
        "checked": done,
        "rows": len(lines),
        "faults": [(fault, by_row[fault.row]) for fault in done.faults[:SHOWN_FAULTS]],
    }
    if done.faults:
        out["faulty_file"] = base64.b64encode(sheets.faulty(lines, done.faults)).decode()
    return out


@in_room("duty", "duty.plan")
def faulty_rows(request: Request) -> HttpResponse:
    """The faulty rows that the dry run showed, as a file."""
    try:
        data = base64.b64decode(request.POST.get("file", ""), validate=True)
    except ValueError as error:
        raise Invalid({"file": "不能读取"}) from error
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="faulty-rows.xlsx"'
    return answer


@in_room("duty", "duty.plan")
def blank_sheet(request: Request) -> HttpResponse:
    """A file with the headings and one row of each kind of shift, to fill in."""
    unit = words.unit_of(request)
    people = org.officers_of(unit, request.today)
    rows = [
        (officer.staff_no, request.today.isoformat(), kind.name, "")
        for officer, kind in zip(people, queries.shift_kinds(), strict=False)
    ]
    answer = HttpResponse(sheets.written(list(sheets.HEADINGS), rows), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="roster.xlsx"'
    return answer
