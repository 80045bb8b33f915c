"""Sessions on hard cases: the list with its figure, calling one, opinions, and the minutes that the chair signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, figures, permissions, queries
from xiuhua.cases.models import Case, HardSession, SessionItem, SessionOpinion
from xiuhua.kernel.authz import Invalid
from xiuhua.org.figures import Period
from xiuhua.org.queries import Officer
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.sending import tried

SHOWN = 100
FIGURE = next(f for f in figures.GUIDANCE if f.id == "C02")


@in_room("cases", "cases.see")
def sessions(request: Request) -> HttpResponse:
    """The sessions somebody may see, of a year if one is asked for, with the figure of that year."""
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and 2000 <= int(said) <= request.today.year else request.today.year
    rows = queries.sessions(request.actor)
    if said:
        period = Period.year(year)
        rows = rows.filter(held_on__range=(period.start, period.end))
    found = list(rows[:SHOWN])
    context = {
        "rows": [(s, list(queries.items_of(request.actor, s)), s.seats.count()) for s in found],
        "figure": FIGURE.definition_en if in_english() else FIGURE.definition,
        "held": FIGURE.rows(request.actor, Period.year(year)).count(),
        "year": year,
        "years": range(request.today.year, request.today.year - 4, -1),
        "chosen": bool(said),
        "may_guide": permissions.can_guide(request.actor),
    }
    return show(request, "web/cases/sessions.html", context)


def _agenda(request: Request, lines: Sequence[str]) -> list[actions.Agenda]:
    """Lines of number and question. Raises Invalid naming a number under which no case is seen."""
    agenda, unknown = [], []
    for line in lines:
        number, _gap, question = line.replace("　", " ").partition(" ")
        case = queries.listed(request.actor).filter(number=number).first()
        if case is None:
            unknown.append(number)
        else:
            agenda.append(actions.Agenda(case, question.strip()))
    if unknown:
        raise Invalid({"cases": _("没有这件案件：%(numbers)s") % {"numbers": "、".join(unknown)}})
    return agenda


def _asked(request: Request) -> list[Case]:
    """The cases of the form as it was sent or as it is opened: whose people may be asked to come."""
    sent = request.POST.get("cases", "").splitlines()
    numbers = [line.replace("　", " ").split(" ")[0] for line in sent if line.strip()]
    rows = queries.listed(request.actor)
    pk = request.GET.get("case", "")
    return list(
        rows.filter(number__in=numbers) if numbers else rows.filter(pk=int(pk) if pk.isdigit() else 0)
    )


def _fields(request: Request, people: Sequence[Officer], cases: Sequence[Case]) -> list[Field]:
    choices = [(str(o.pk), o.name) for o in people]
    return [
        Field("held_on", _("日期"), Kind.DAY, required=True, initial=request.today),
        Field("place", _("地点"), required=True, initial=_("案件管理中心会议室")),
        Field(
            "chair",
            _("主持人"),
            Kind.CHOICE,
            required=True,
            choices=choices,
            initial=str(request.actor.officer_id or ""),
        ),
        Field("participants", _("参加人"), Kind.MANY, required=True, choices=choices),
        Field(
            "cases",
            _("案件和议题"),
            Kind.LINES,
            required=True,
            hint=_("每行一件：案号，空格，议题"),
            initial=[f"{case.number} " for case in cases],
        ),
    ]


@in_room("cases", "reviews.guide")
def new(request: Request) -> HttpResponse:
    cases = _asked(request)
    people = queries.may_sit(cases, request.today)
    sent = request.POST if request.method == "POST" else None
    form = Form(_fields(request, people, cases), now=request.at, data=sent)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        made = _convene(request, values, {str(o.pk): o for o in people})
        messages.success(request, _("已召集会商。"))
        return go(request, reverse("web:session", args=[made.pk]))

    done = tried(request, form, act)
    context = {"form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/session_new.html", context, status=done.status)


def _convene(request: Request, values: Mapping[str, Any], people: Mapping[str, Officer]) -> HardSession:
    try:
        return actions.convene(
            held_on=values["held_on"],
            place=values["place"],
            chair=people[values["chair"]],
            participants=[people[key] for key in values["participants"]],
            agenda=_agenda(request, values["cases"]),
            by=request.actor,
            at=request.at,
        )
    except Invalid as error:
        # The question of a case stands in its line.
        errors = dict(error.errors)
        if "question" in errors:
            errors["cases"] = errors.pop("question")
        raise Invalid(errors) from error


def _sign_fields(items: Sequence[SessionItem]) -> list[Field]:
    asked = [
        Field(f"conclusion-{i.pk}", _("会商意见：%(n)s") % {"n": i.case.number}, Kind.LONG, required=True)
        for i in items
    ]
    return [*asked, Field("minutes", _("纪要全文"), Kind.LONG, required=True)]


@in_room("cases", "cases.see")
def session(request: Request, pk: int) -> HttpResponse:
    """One session: its cases with what each said; the chair signs the minutes here."""
    found = get_object_or_404(queries.sessions(request.actor), pk=pk)
    items = list(queries.items_of(request.actor, found))
    sent = request.POST if request.method == "POST" else None
    form = Form(_sign_fields(items), now=request.at, data=sent)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        _sign(request, found, items, values)
        messages.success(request, _("纪要已签署，不再改动。"))
        return go(request, reverse("web:session", args=[found.pk]))

    done = tried(request, form, act)
    context = {**_context(request, found, items), "form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/session.html", context, status=done.status)


def _sign(
    request: Request, found: HardSession, items: Sequence[SessionItem], values: Mapping[str, Any]
) -> None:
    actions.sign_minutes(
        session=found,
        conclusions={i.pk: values[f"conclusion-{i.pk}"] for i in items},
        minutes=values["minutes"],
        by=request.actor,
        at=request.at,
    )


def _context(request: Request, found: HardSession, items: Sequence[SessionItem]) -> dict[str, Any]:
    seats = found.seats.select_related("officer").order_by("pk")
    opinions = SessionOpinion.objects.visible(request.actor).filter(item__in=items)
    said = list(opinions.select_related("officer").order_by("at"))
    mine, me = {o.item_id: o.text for o in said if o.officer_id == request.actor.officer_id}, request.actor
    sits = any(seat.officer_id == me.officer_id for seat in seats)
    return {
        "session": found,
        "seats": [seat.officer.name for seat in seats],
        "rows": [(i, [o for o in said if o.item_id == i.pk], mine.get(i.pk, "")) for i in items],
        "may_say": sits and found.signed_at is None,
        "may_sign": me.officer_id == found.chair_id and found.signed_at is None,
        # The minutes tell of every case of the session: who does not see all of them reads none.
        "may_read": len(items) == found.items.count(),
    }


@in_room("cases", "cases.see")
def say(request: Request, pk: int, item_pk: int) -> HttpResponse:
    """One's own opinion on one case of the session."""
    found = get_object_or_404(queries.sessions(request.actor), pk=pk)
    item = get_object_or_404(queries.items_of(request.actor, found).select_related("session"), pk=item_pk)
    sent = request.POST if request.method == "POST" else None
    before = item.opinions.filter(officer=request.actor.officer_id or 0).first()
    text = Field(
        "text", _("意见"), Kind.LONG, required=True, initial=before.text if before else None, focus=True
    )
    form = Form([text], now=request.at, data=sent)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        actions.say_opinion(item=item, text=values["text"], by=request.actor, at=request.at)
        messages.success(request, _("意见已记下。"))
        return go(request, reverse("web:session", args=[found.pk]))

    done = tried(request, form, act)
    context = {"session": found, "item": item, "form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/session_say.html", context, status=done.status)
