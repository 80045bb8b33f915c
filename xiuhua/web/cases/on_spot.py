"""当场处罚: one page from a finding to the delivered decision, twelve inputs beside the party's name and number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case
from xiuhua.cases.procedure.facts.field import is_empty
from xiuhua.cases.procedure.facts.on_spot import ON_SPOT, party_kind
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.leads.queries import Lead
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.web.cases.opening import area_of, lead_of, partners, unit_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import checks, drafts
from xiuhua.web.frame.forms.facts import field_of
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show


def fields(request: Request, unit: Unit, lead: Lead | None) -> list[Field]:
    """The party's name and number, then the twelve inputs, filled from the finding."""
    initial = {
        "cause.code": lead.cause_hint if lead else None,
        "violation.place": lead.place if lead else None,
        "violation.facts": lead.content if lead else None,
        "scene.arrived_at": request.at.astimezone(clock.SHANGHAI),
        "paying": "bank",
    }
    second = [(str(o.pk), o.name) for o in partners(request, unit)]
    out = [
        Field("party.name", _("当事人姓名或名称"), required=True, focus=True),
        Field(
            "party.number",
            _("证件号码或统一社会信用代码"),
            required=True,
            check=lambda text: (checks.id_number if party_kind(text) == "citizen" else checks.credit_code)(
                text
            ),
        ),
    ]
    for fact in ON_SPOT:
        field = replace(
            field_of(fact), initial=initial.get(fact.path), hint=_(fact.help) if fact.help else ""
        )
        if fact.path == "cause.code":
            field = replace(
                field, kind=Kind.SEARCH, suggest=reverse("web:case-causes"), shown=_cause_words(request, lead)
            )
        elif fact.path == "second_officer":
            field = replace(field, choices=second, initial=second[0][0] if len(second) == 1 else None)
        elif fact.path == "confirmed":
            field = replace(field, kind=Kind.FLAG)
        out.append(field)
    return out


def _cause_words(request: Request, lead: Lead | None) -> str:
    cause = queries.cause_on(lead.cause_hint, request.today) if lead and lead.cause_hint else None
    return f"{cause.code} {cause.name}" if cause else ""


@in_room("cases", "cases.work")
def on_spot(request: Request) -> HttpResponse:
    unit, lead = unit_of(request), lead_of(request)
    key = f"on-spot-{lead.pk if lead else 0}"
    form = Form(
        fields(request, unit, lead),
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        draft=drafts.data_of(drafts.find(request.actor, key)),
    )
    refused: Refused | None = None
    if request.method == "POST":
        try:
            case = _penalise(request, form.values(), unit, lead)
        except Invalid as error:
            form.take(error)
        except Refused as error:
            refused = error
        else:
            drafts.drop(request.actor, key)
            return go(request, reverse("web:case", args=[case.pk]))
    wrong = bool(form.errors or form.general)
    context = {"form": form, "lead": lead, "unit": unit, "draft_key": key, "refused": refused}
    return show(request, "web/cases/on_spot.html", context, status=422 if wrong else 409 if refused else 200)


def _penalise(request: Request, values: Mapping[str, Any], unit: Unit, lead: Lead | None) -> Case:
    cause = queries.cause_on(values["cause.code"], request.today)
    if cause is None:
        raise Invalid({"cause.code": _("今天没有这一案由，请重新选")})
    wanted = {request.actor.officer_id, int(values["second_officer"])}
    found = [o for o in org.officers_of(unit, request.today) if o.pk in wanted]
    found.sort(key=lambda o: o.pk != request.actor.officer_id)
    lon, lat = (lead.lon, lead.lat) if lead else (None, None)
    opening = actions.Opening(
        procedure=Case.Procedure.SUMMARY,
        unit=unit,
        cause=cause,
        place=values["violation.place"],
        found_on=clock.day_of(values["scene.arrived_at"]),
        officers=found,
        area=(lead.area if lead else None) or area_of(lon, lat, unit),
        lon=lon,
        lat=lat,
        new_party=_party(values),
        lead=lead,
        facts=values["violation.facts"],
    )
    said = {path: v for path, v in values.items() if not path.startswith("party.") and not is_empty(v)}
    return actions.penalise_on_spot(opening=opening, values=said, by=request.actor, at=request.at)


def _party(values: Mapping[str, Any]) -> dict[str, Any]:
    """The party by its number: what kind it is, the number says."""
    name, number = values["party.name"], values["party.number"].upper()
    kind = party_kind(number)
    fields = {"kind": kind, "name": name, "id_no" if kind == "citizen" else "credit_code": number}
    return fields | ({"operator": name} if kind == "individual_business" else {})
