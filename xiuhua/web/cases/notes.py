"""Guidance notes: the list to manage them, a new one, and withdrawing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, permissions, queries
from xiuhua.cases.models import Case, GuidanceNote
from xiuhua.cases.procedure.demolition_road import DEMOLITION
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.tables import latest
from xiuhua.kernel.authz import Invalid
from xiuhua.org.rules import CAUSE_GROUP_LABELS
from xiuhua.web.cases.marking import beside
from xiuhua.web.cases.words import side_label
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.sending import tried

STEPS = ("move", "move_2", "move_3")


def moves() -> Mapping[str, str]:
    """The steps that people make and that have a form, by their names: of the roads, then of matters beside them."""
    found = {m.id: _(str(m.label)) for m in latest("ordinary").moves if m.id in FORMS}
    for procedure, forms in (("summary", FORMS), ("demolition", DEMOLITION.forms)):
        kind = _(Case.Procedure(procedure).label)
        for m in latest(procedure).moves:
            if m.id in forms and m.id not in found:
                found[m.id] = _between(kind, _(str(m.label)))
    for name, side in queries.sides().items():
        for m in side.tables[-1].moves:
            if m.id in side.forms and "system" not in m.roles and m.id not in side.followers:
                found[f"{name}:{m.id}"] = _between(side_label(side), _(str(m.label)))
    return found


def _between(kind: str, step: str) -> str:
    return f"{kind}: {step}" if in_english() else f"{kind}：{step}"


def _scopes(request: Request) -> list[tuple[str, str]]:
    groups = [(code, f"{_(label)} {code}") for code, label in CAUSE_GROUP_LABELS.items()]
    causes = queries.causes(request.today)
    return groups + [(c.code, f"{(in_english() and c.name_en) or c.name} {c.code}") for c in causes]


@in_room("cases", "cases.see")
def notes(request: Request) -> HttpResponse:
    """Those that stand today with their readers' marks, and those that stand no more or not yet."""
    now = list(queries.notes_on(request.actor, request.today))
    standing = {n.pk for n in now}
    names, scopes = moves(), dict(_scopes(request))

    def said(rows: Sequence[GuidanceNote]) -> list[tuple[Any, str, str]]:
        return [
            (
                row,
                "、".join(names.get(m, m) for m in row.note.moves.split(";")),
                scopes.get(row.note.cause, ""),
            )
            for row in beside(request, rows)
        ]

    others = [n for n in queries.notes(request.actor) if n.pk not in standing]
    context = {
        "now": said(now),
        "others": said(others),
        "may_guide": permissions.can_guide(request.actor),
    }
    return show(request, "web/cases/notes.html", context)


def _fields(request: Request) -> list[Field]:
    steps = list(moves().items())
    return [
        Field("title", _("标题"), required=True, focus=True),
        Field("cause", _("案由或者大类"), Kind.CHOICE, choices=_scopes(request), hint=_("不选则适用于全部")),
        Field("text", _("内容"), Kind.LONG, required=True, hint=_("说清这一步怎么做，不超过800字")),
        Field(STEPS[0], _("所在步骤"), Kind.CHOICE, required=True, choices=steps),
        Field(STEPS[1], _("又一步骤"), Kind.CHOICE, choices=steps),
        Field(STEPS[2], _("再一步骤"), Kind.CHOICE, choices=steps),
        Field("valid_from", _("自"), Kind.DAY, required=True, initial=request.today),
        Field("valid_to", _("至"), Kind.DAY),
    ]


@in_room("cases", "reviews.guide")
def new(request: Request) -> HttpResponse:
    form = Form(_fields(request), now=request.at, data=request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            _publish(request, form.values())
        except Invalid as error:
            form.take(error)
            status = 422
        else:
            messages.success(request, _("已发布指引。"))
            return go(request, reverse("web:notes"))
    return show(request, "web/cases/note_new.html", {"form": form}, status=status)


def _publish(request: Request, values: Mapping[str, Any]) -> None:
    actions.publish_note(
        title=values["title"],
        text=values["text"],
        moves=list(dict.fromkeys(values[step] for step in STEPS if values[step])),
        cause=values["cause"] or "",
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        by=request.actor,
        at=request.at,
    )


@in_room("cases", "reviews.guide")
def withdraw(request: Request, pk: int) -> HttpResponse:
    note = get_object_or_404(queries.notes(request.actor), pk=pk)
    reason = Field("reason", _("撤下理由"), Kind.LONG, required=True, wide=True)
    form = Form([reason], now=request.at, data=request.POST if request.method == "POST" else None)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        actions.withdraw_note(note=note, reason=values["reason"], by=request.actor, at=request.at)
        messages.success(request, _("已撤下。"))
        return go(request, reverse("web:notes"))

    done = tried(request, form, act)
    context = {"note": note, "form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/note_withdraw.html", context, status=done.status)
