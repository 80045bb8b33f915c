"""The form of one move, with the document it feeds drawn beside it; and the form that adds evidence."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.cases.actions.papers import issues
from xiuhua.cases.actions.parties import published_of
from xiuhua.cases.documents.as_html import to_html
from xiuhua.cases.models import Case, Document, Step
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.facts.composing import ROWS
from xiuhua.cases.procedure.facts.field import FactField, as_lines, is_empty
from xiuhua.cases.procedure.facts.field import Kind as FactKind
from xiuhua.cases.procedure.file import merge
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.queries import Place
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer
from xiuhua.web.cases import copying, discretion, guiding, several, words
from xiuhua.web.cases.arranging import parted
from xiuhua.web.cases.findings import CHECKED_BEFORE, checked
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.cases.suggesting import suggestion
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.forms.facts import field_of
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show

PEOPLE = frozenset({FactKind.PERSON, FactKind.OFFICERS})
# Fields that name heads and hosts as well as the people of the unit.
HEADS = frozenset({"discussion.present_ids", "recusal.person_id"})
HOST = "hearing.host_id"
CAUSE = "added.cause_code"
# What a value that is only half typed makes the procedure and the forms of documents raise.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def move_of(place: Place, move: str) -> Move:
    """The move in the table of today. Raises 404 for one that the procedure does not have."""
    if not place.has(move):
        raise Http404(_("没有这一步"))
    return place.table.move(move)


def people_of(case: Case, request: Request) -> Sequence[tuple[str, str]]:
    """Who may be named as handling the case: certified people of the handling unit."""
    found = org.officers_of(case.handling_unit, request.today, certified=True)
    return [(str(o.pk), o.name) for o in found]


def heads_of(case: Case, request: Request) -> Sequence[tuple[str, str]]:
    """Who may be named besides: officers of the authority itself, its heads among them."""
    found = org.officers_of(case.authority, request.today)
    return [(str(o.pk), o.name) for o in found if o.kind == Officer.Kind.OFFICER]


def hosts_of(case: Case, request: Request) -> Sequence[tuple[str, str]]:
    """Who may host a hearing: whoever holds that post for the authority, and its officers."""
    found = org.holders_of("hearing_host", case.authority, request.today)
    return list(dict.fromkeys([*((str(o.pk), o.name) for o in found), *heads_of(case, request)]))


def fields_for(place: Place, move: str, request: Request) -> list[Field]:
    """The inputs of a move: what is known or usual stands in them already; what nobody is asked for is left out."""
    case, file = place.case, place.file
    known = queries.known_values(place, move, request.actor, request.at)
    now, people = request.at.astimezone(clock.SHANGHAI), people_of(case, request)
    paths = {fact.path for fact in place.forms[move]}
    both = list(dict.fromkeys([*people, *heads_of(case, request)])) if paths & HEADS else people
    named = {HOST: hosts_of(case, request)} if HOST in paths else {}
    shown = [
        _field(
            fact,
            suggestion(fact.path, known.get(fact.path), file, now),
            named.get(fact.path, both if fact.path in HEADS else people),
        )
        for fact in place.forms[move]
        if fact.shown
    ]
    return [several.searched(fld, request) if fld.name == CAUSE else fld for fld in shown]


def _field(fact: FactField, known: Any, people: Sequence[tuple[str, str]]) -> Field:
    shown = field_of(fact)
    if fact.kind in PEOPLE:
        shown = replace(shown, choices=people)
    if fact.kind is FactKind.CHOICES:
        shown = replace(shown, kind=Kind.MANY)
    if fact.kind is FactKind.GOODS and isinstance(known, list):
        known = as_lines(known)
    if fact.kind is FactKind.MOMENT and isinstance(known, str):
        known = datetime.fromisoformat(known)
    return replace(shown, initial=known, hint=_(fact.help) if fact.help else "")


def said_of(form: Form) -> dict[str, Any]:
    """Path → what was typed, as the procedure reads it; empty answers are left out."""
    return {path: value for path, value in form.values().items() if not is_empty(value)}


Take = Callable[[Mapping[str, Any]], Step]


@in_room("cases", "cases.work")
def step(request: Request, pk: int, move: str) -> HttpResponse:
    case = case_of(request, pk)
    address = (case.pk, move)
    return page(
        request,
        queries.road_of(case, request.today),
        move,
        lambda values: actions.take(case=case, move=move, values=values, by=request.actor, at=request.at),
        key=f"case-{case.pk}-{move}",
        urls=(reverse("web:case-step", args=address), reverse("web:case-step-preview", args=address)),
    )


def page(
    request: Request,
    place: Place,
    move: str,
    take: Take | None,
    *,
    key: str,
    urls: tuple[str, str],
    data: QueryDict | None = None,
) -> HttpResponse:
    """The form of one move, and what came of it. `urls` are where it is posted and where its papers are drawn.

    Without `take` nothing is made of it: the form is shown as it stands, with `data` where the panel changed it.
    """
    case, row = place.case, move_of(place, move)
    sent = (data or request.POST) if request.method == "POST" else None
    form = Form(
        fields_for(place, move, request),
        now=request.at,
        data=sent,
        draft=drafts.find(request.actor, key),
    )
    status, reasons = 200, list(blocked(place, row, request))
    if request.method == "POST" and take is not None:
        try:
            made = take(said_of(form))
        except Invalid as error:
            form.take(error)
            status, reasons = 422, []
        except Refused as error:
            status, reasons = 409, list(error.refusals)
        else:
            drafts.done(request, key)
            messages.success(request, words.done(case, made, request.today))
            return go(request, reverse("web:case", args=[case.pk]))
    asked, more = parted(form)
    context = {
        "case": case,
        "side": place.side,
        "side_label": words.side_label(place.side) if place.side else "",
        "asked": asked,
        "more": more,
        "more_open": any(placed.bound.error for placed in more),
        "move": row,
        "form": form,
        "refusals": reasons,
        "checked": checked(case) if row.id in CHECKED_BEFORE else None,
        "draft_key": key,
        "post_to": urls[0],
        "draw_at": urls[1],
        "papers": drawn(place, row, _typed(form, place, move, request), request),
        **discretion.of_step(request, place, move, sent),
        **guiding.of_step(request, place, move),
        **copying.of_step(request, place, move),
    }
    return show(request, "web/cases/step.html", context, status=status)


def blocked(place: Place, row: Move, request: Request) -> Sequence[Refusal]:
    """Why the move is not open now, said before anybody types: what of it can be judged without the form."""
    found = queries.choices(place, request.actor, request.today)
    choice = next((c for c in found if c.move.id == row.id), None)
    if choice is not None:
        return choice.refusals
    return () if row.source == place.state else (judging.of_state(place.table, row, place.state),)


def _typed(form: Form, place: Place, move: str, request: Request) -> dict[str, Any]:
    """What stands in the form now, faulty inputs left out, for the document beside it."""
    known = queries.known_values(place, move, request.actor, request.at)
    said = {}
    for bound in form:
        try:
            value = form.read(bound.field)
        except ValueError:
            continue
        if not is_empty(value):
            said[bound.field.name] = value
    return {**known, **said}


def drawn(
    place: Place, row: Move, values: Mapping[str, Any], request: Request
) -> list[tuple[str, SafeString]]:
    """The documents this move would issue, filled with what has been typed so far: (title, paper).

    Half a value is no fault here: what cannot be read yet is left out, and a document that cannot be drawn yet is
    named with an empty paper.
    """
    values = {**values, **published_of(place.file, values)}
    try:
        after = merge(_without(place, row.id, values), place.compose(row.id, values))
    except UNREADABLE:
        after = dict(place.file)
    return [
        _drawn(place.case, kind, after, request)
        for kind in row.documents
        if kind in queries.shelf().formed_kinds() and issues(kind, row, after, place.side)
    ]


def _without(place: Place, move: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The file without what the form asks anew and nobody has answered yet: an old answer is not the new one."""
    bare = copy.deepcopy(place.file)
    for fact in place.forms[move]:
        head, _dot, key = fact.path.partition(".")
        if fact.shown and fact.path not in values and head not in ROWS and isinstance(bare.get(head), dict):
            bare[head].pop(key, None)
    return bare


def _drawn(case: Case, kind: str, file: Mapping[str, Any], request: Request) -> tuple[str, SafeString]:
    blank = Document(case=case, kind=kind, issued_on=request.today)
    try:
        paper = queries.paper_of(blank, file, queries.audience_of(request.actor))
        # to_html escapes every fact itself; the rest is our own markup.
        return paper.title, mark_safe(to_html(paper))  # noqa: S308
    except UNREADABLE:
        return queries.shelf().kinds[kind].label_zh, SafeString("")


@in_room("cases", "cases.work")
def preview(request: Request, pk: int, move: str) -> HttpResponse:
    return papers_beside(request, queries.road_of(case_of(request, pk), request.today), move)


def papers_beside(request: Request, place: Place, move: str) -> HttpResponse:
    """The documents beside the form, drawn again while somebody types."""
    row = move_of(place, move)
    form = Form(fields_for(place, move, request), now=request.at, data=request.POST)
    papers = drawn(place, row, _typed(form, place, move, request), request)
    return show(request, "web/cases/_papers.html", {"papers": papers})
