"""One group of causes that lies with a town: its papers, the mentoring, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.org import actions, permissions, queries, rules
from xiuhua.org.models import Delegation, MentoringSession, Officer
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.org.delegating import groups

SHOWN = 200


def _mentors(request: Request, delegation: Delegation) -> Sequence[Officer]:
    """Who may have taught: the certified people of the bureau's own brigades and detachments, and its heads."""
    kinds = (
        rules.UnitKind.BRIGADE,
        rules.UnitKind.DETACHMENT,
        rules.UnitKind.CASE_CENTRE,
        rules.UnitKind.BUREAU,
    )
    found: dict[int, Officer] = {}
    for unit in queries.units(request.actor).filter(kind__in=kinds):
        found |= {o.pk: o for o in queries.officers_of(unit, request.today) if o.kind == Officer.Kind.OFFICER}
    return sorted(found.values(), key=lambda o: o.staff_no)


def _forms(request: Request, found: Delegation, doing: str) -> dict[str, Form]:
    mentors = [(str(o.pk), o.name) for o in _mentors(request, found)]
    fields = {
        "mentor": [
            Field("held_on", _("日期"), Kind.DAY, required=True, initial=request.today),
            Field("mentor", _("带教人"), Kind.CHOICE, required=True, choices=mentors),
            Field("place", _("地点"), required=True),
            Field("attendees", _("参加人次"), Kind.NUMBER, required=True),
            Field("parties_checked", _("检查户数"), Kind.NUMBER, initial=0),
            Field("programme", _("带教内容"), required=True, wide=True),
        ],
        "back": [
            Field("last_day", _("最后一日"), Kind.DAY, required=True, initial=request.today),
            Field("document", _("收回文件"), required=True, hint=_("名称和文号")),
        ],
    }
    return {
        name: Form(asked, now=request.at, data=request.POST if name == doing else None)
        for name, asked in fields.items()
    }


@in_room("units")
def delegation(request: Request, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(queries.delegations(request.actor), pk=pk))


def _page(
    request: Request,
    found: Delegation,
    forms: Mapping[str, Form] | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    sessions = queries.mentoring(request.actor).filter(delegation=found)
    context = {
        "found": found,
        "group": dict(groups()).get(found.row.cause_group, ""),
        "sessions": sessions[:SHOWN],
        "taught": MentoringSession.objects.visible(request.actor)
        .filter(delegation=found)
        .aggregate(people=Sum("attendees"), parties=Sum("parties_checked")),
        "forms": forms or _forms(request, found, ""),
        "refusals": refusals,
        "may_mentor": permissions.can_mentor(request.actor),
        "may_take_back": permissions.can_delegate(request.actor) and found.back_at is None,
    }
    return show(request, "web/org/delegation.html", context, status=status)


@in_room("units", "org.mentor")
def mentor(request: Request, pk: int) -> HttpResponse:
    """Record a session that was held."""
    return _sent(request, pk, "mentor")


@in_room("units", "org.delegate")
def take_back(request: Request, pk: int) -> HttpResponse:
    return _sent(request, pk, "back")


def _sent(request: Request, pk: int, doing: str) -> HttpResponse:
    found = get_object_or_404(queries.delegations(request.actor), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    forms = _forms(request, found, doing)
    try:
        said = _do(request, found, doing, forms[doing].values())
    except Invalid as error:
        forms[doing].take(error)
        return _page(request, found, forms, status=422)
    except Refused as error:
        return _page(request, found, forms, error.refusals, 409)
    messages.success(request, said)
    return go(request, reverse("web:delegation", args=[pk]))


def _do(request: Request, found: Delegation, doing: str, values: Mapping[str, Any]) -> str:
    if doing == "back":
        actions.take_back(
            delegation=found,
            last_day=values["last_day"],
            document=values["document"],
            by=request.actor,
            at=request.at,
        )
        return _("已登记收回。")
    mentors = {str(o.pk): o for o in _mentors(request, found)}
    held = actions.Held(
        held_on=values["held_on"],
        place=values["place"],
        programme=values["programme"],
        mentor=mentors[values["mentor"]],
        attendees=values["attendees"],
        parties_checked=values["parties_checked"] or 0,
    )
    actions.record_mentoring(delegation=found, held=held, by=request.actor, at=request.at)
    return _("已登记带教。")
