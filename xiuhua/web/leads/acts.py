"""What is done with one lead: a button that acts at once, or a small form beside the lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.leads import actions, queries, rules
from xiuhua.leads.models import Lead
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.leads import forms
from xiuhua.web.leads.lead import AT_ONCE, STOPS, facts, find

# What stands on the button of a move's form: the name of the act itself.
VERBS = {
    "dispatch": "派发",
    "merge": "并入",
    "settle": "办结",
    "refuse": "不予受理",
    "return": "退回",
    "transfer_out": "移送",
    "tell_reporter": "记下已告知",
}


@in_room("leads", "leads.see")
def act(request: Request, pk: int, move: str) -> HttpResponse:
    """Raises Http404 for a move that is none or has no form."""
    lead = find(request, pk)
    if move not in rules.MOVES or move not in AT_ONCE | set(VERBS):
        raise Http404
    if refusals := queries.refusals_of(rules.MOVES[move], lead, request.actor):
        raise Refused(*refusals)
    key = f"lead-{pk}-{move}"
    form = Form(
        forms.fields_for(move, lead, request, suggested(lead, request)),
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        draft=drafts.find(request.actor, key),
    )
    if request.method == "POST":
        try:
            DO[move](request, lead, form.values())
        except Invalid as error:
            form.take(error)
        else:
            drafts.done(request, key)
            return go(request, reverse("web:lead", args=[pk]))
    if move in AT_ONCE:
        return go(request, reverse("web:lead", args=[pk]))
    return _form(request, lead, move, form, key)


def _form(request: Request, lead: Lead, move: str, form: Form, key: str) -> HttpResponse:
    table = rules.MOVES[move]
    context = {
        "lead": lead,
        "form": form,
        "key": key,
        "title": table.label_en if in_english() else _(VERBS[move]),
        "stop": move in STOPS,
        "ground": table.ground,
        "facts": facts(lead),
        "near": queries.near_duplicates(
            request.actor, lead.kind, lead.lon, lead.lat, lead.received_at, leave_out=lead.pk
        )
        if move == "merge"
        else [],
    }
    return show(request, "web/leads/act.html", context, status=422 if form.errors or form.general else 200)


def suggested(lead: Lead, request: Request) -> Unit | None:
    """Who handles such a thing at that place today, as the authority matrix says."""
    group = (lead.cause_hint or lead.kind.cause)[:2] or "*"
    return org.handling_unit_at(lead.area, group, clock.day_of(request.at))


def _dispatch(request: Request, lead: Lead, said: dict[str, Any]) -> None:
    unit = org.unit_by_code(said["unit"])
    actions.dispatch(lead=lead, unit=unit, by=request.actor, at=request.at)


def _merge(request: Request, lead: Lead, said: dict[str, Any]) -> None:
    into = queries.leads(request.actor).filter(number=said["into"]).first()
    if into is None:
        raise Invalid({"into": "没有这个编号的线索，或者您看不到它"})
    actions.merge(lead=lead, into=into, by=request.actor, at=request.at)


def _settle(request: Request, lead: Lead, said: dict[str, Any]) -> None:
    actions.settle(
        lead=lead,
        outcome=said["outcome"],
        note=said["note"],
        public_note=said["public_note"] or "",
        by=request.actor,
        at=request.at,
    )


def _transfer(request: Request, lead: Lead, said: dict[str, Any]) -> None:
    actions.transfer_out(lead=lead, to=said["to"], reason=said["reason"], by=request.actor, at=request.at)


def _tell(request: Request, lead: Lead, said: dict[str, Any]) -> None:
    actions.tell_reporter(lead=lead, way=said["way"], note=said["note"], by=request.actor, at=request.at)


Do = Callable[[Request, Lead, dict[str, Any]], Any]
DO: dict[str, Do] = {
    "verify": lambda r, lead, said: actions.verify(lead=lead, by=r.actor, at=r.at),
    "accept": lambda r, lead, said: actions.accept(lead=lead, by=r.actor, at=r.at),
    "arrive": lambda r, lead, said: actions.arrive(lead=lead, by=r.actor, at=r.at),
    "refuse": lambda r, lead, said: actions.refuse(lead=lead, reason=said["reason"], by=r.actor, at=r.at),
    "return": lambda r, lead, said: actions.return_(lead=lead, reason=said["reason"], by=r.actor, at=r.at),
    "dispatch": _dispatch,
    "merge": _merge,
    "settle": _settle,
    "transfer_out": _transfer,
    "tell_reporter": _tell,
}
