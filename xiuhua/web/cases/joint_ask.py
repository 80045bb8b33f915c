"""Asking a town squad to work on a case: the form with purpose, basis and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.kernel.authz import Invalid
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.sending import tried

TASKS = (1, 2, 3)


def _ask_fields(request: Request) -> list[Field]:
    squads = [
        (str(u.pk), (in_english() and u.name_en) or u.short_name) for u in queries.town_squads(request.actor)
    ]
    fields = [
        Field("squad", _("协查中队"), Kind.CHOICE, required=True, choices=squads),
        Field("basis", _("依据"), required=True, initial="SHUM §4"),
        Field("purpose", _("协查事由"), Kind.LONG, required=True, hint=_("为什么要请镇中队，不超过300字")),
    ]
    for n in TASKS:
        must = n == 1
        fields.append(Field(f"task_{n}", _("任务%(n)s") % {"n": n}, required=must))
        fields.append(Field(f"due_{n}", _("任务%(n)s期限") % {"n": n}, Kind.DAY, required=must))
    return fields


@in_room("cases", "cases.work")
def ask(request: Request, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    form = Form(_ask_fields(request), now=request.at, data=request.POST if request.method == "POST" else None)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        made = actions.ask(
            case=case,
            squad=queries.town_squads(request.actor).get(pk=values["squad"]),
            purpose=values["purpose"],
            basis=values["basis"],
            tasks=_tasks(values, request.today),
            by=request.actor,
            at=request.at,
        )
        messages.success(request, _("已请求协查，等待中队答复。"))
        return go(request, reverse("web:joint", args=[made.pk]))

    done = tried(request, form, act)
    context = {"case": case, "form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/joint_ask.html", context, status=done.status)


def _tasks(values: Mapping[str, Any], today: date) -> list[actions.Asked]:
    """The tasks that were typed; one without a day is named by its field."""
    found = []
    for n in TASKS:
        what, due = values[f"task_{n}"], values[f"due_{n}"]
        if not what:
            continue
        if due is None or due < today:
            raise Invalid({f"due_{n}": _("期限不能早于今天")})
        found.append(actions.Asked(what, due))
    return found
