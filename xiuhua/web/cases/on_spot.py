"""当场处罚: one page from a finding to the delivered decision, twelve inputs beside the party's name and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Cause
from xiuhua.cases.procedure.facts.field import FactField, is_empty
from xiuhua.cases.procedure.facts.on_spot import ON_SPOT, SHEET, party_kind
from xiuhua.cases.queries.stock import in_hand
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.leads.queries import Lead
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.web.cases import amounts, discretion, repeating, words
from xiuhua.web.cases.arranging import grouped
from xiuhua.web.cases.opening import area_of, cause_words, last_partner, lead_of, partners, unit_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import checks, drafts
from xiuhua.web.frame.forms.facts import field_of
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show

# The page in the order of the street: who, what, what for it, what was said, how it is paid.
GROUPS = (
    ("当事人", ("party.name", "party.number")),
    ("违法行为", ("cause.code", "violation.place", "scene.arrived_at", "violation.facts")),
    ("处罚和缴款", ("notice.planned_kinds", "notice.planned_fine", "paying", "item.receipt_no", SHEET)),
    ("逐项确认", ("second_officer", "confirmed", "defence.content", "decision.refusal_text")),
)

MOST_SHEETS = 200


def fields(request: Request, unit: Unit, lead: Lead | None) -> list[Field]:
    """The party's name and number, then the twelve inputs, filled from the finding and from the last time."""
    second = [(str(o.pk), o.name) for o in partners(request, unit)]
    cause = queries.cause_on(lead.cause_hint, request.today) if lead and lead.cause_hint else None
    initial = {
        "cause.code": cause.code if cause else None,
        "violation.place": lead.place if lead else None,
        "violation.facts": lead.content if lead else None,
        "scene.arrived_at": _arrived(request, lead),
        "notice.planned_kinds": _only_kind(cause),
        "second_officer": last_partner(request, second),
        "paying": "bank",
    }
    return [
        Field("party.name", _("姓名或名称"), required=True, focus=True),
        Field("party.number", _("证件号码或统一社会信用代码"), required=True, check=_right_number),
        *(_field(fact, initial.get(fact.path), request, second) for fact in ON_SPOT),
        *_sheet(request),
    ]


def _sheet(request: Request) -> list[Field]:
    """For who has printed sheets in hand: on which of them the decision is written."""
    held = in_hand(request.actor).filter(kind="on_spot_decision").order_by("number")
    choices = [(number, number) for number in held.values_list("number", flat=True)[:MOST_SHEETS]]
    if not choices:
        return []
    hint = _("写在编号文书纸上的选其编号，不选由系统编号")
    return [Field(SHEET, _("编号文书纸"), Kind.CHOICE, choices=choices, hint=hint, wide=True)]


def _right_number(text: str) -> str:
    return (checks.id_number if party_kind(text) == "citizen" else checks.credit_code)(text)


def _field(fact: FactField, initial: Any, request: Request, second: Sequence[tuple[str, str]]) -> Field:
    field = replace(field_of(fact), initial=initial, hint=_(fact.help) if fact.help else "")
    match fact.path:
        case "cause.code":
            named = partial(cause_words, request.today)
            return replace(
                field, kind=Kind.SEARCH, suggest=reverse("web:case-causes"), named=named, wide=True
            )
        case "second_officer":
            return replace(field, choices=second)
        case "confirmed":
            return replace(field, kind=Kind.FLAG, wide=True)
        case "violation.place" | "paying" | "decision.refusal_text":
            return replace(field, wide=True)
        case _:
            return field


def _arrived(request: Request, lead: Lead | None) -> datetime:
    """A finding of today was made where and when the officers stood; else they are there now."""
    found = lead.received_at if lead and clock.day_of(lead.received_at) == request.today else request.at
    return found.astimezone(clock.SHANGHAI)


def _only_kind(cause: Cause | None) -> list[str]:
    """The penalty of the norm, where it knows one only."""
    kinds = cause.kinds_allowed.split(";") if cause else []
    return kinds if len(kinds) == 1 else []


@in_room("cases", "cases.work")
def on_spot(request: Request) -> HttpResponse:
    return page(request)


def page(request: Request, data: QueryDict | None = None) -> HttpResponse:
    """The form, and what came of it; with `data` it is shown as it stands, and nothing is made of it."""
    unit, lead = unit_of(request), lead_of(request)
    key = f"on-spot-{lead.pk if lead else 0}"
    form = Form(
        fields(request, unit, lead),
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        draft=drafts.find(request.actor, key),
    )
    reasons: list[Refusal] = []
    status = 200
    if request.method == "POST" and data is None:
        try:
            case = _penalise(request, form.values(), unit, lead)
        except Invalid as error:
            form.take(error)
            status = 422
        except Refused as error:
            status, reasons = 409, list(error.refusals)
        else:
            drafts.done(request, key)
            messages.success(request, _delivered(case, request))
            return go(request, reverse("web:case", args=[case.pk]))
    standing = {name: form[name].text for name in ("cause.code", "party.number", "notice.planned_fine")}
    context = {
        "form": form,
        "groups": grouped(form, ((_(title), names) for title, names in GROUPS)),
        "lead": lead,
        "unit": unit,
        "draft_key": key,
        "refusals": reasons,
        **amounts.asked({**standing, "lead": lead.pk if lead else ""}, request),
        **discretion.of_spot(request, standing, form.data),
        **repeating.context_of(request, {bound.field.name: bound.text for bound in form}, lead),
    }
    return show(request, "web/cases/on_spot.html", context, status=status)


def _delivered(case: Case, request: Request) -> str:
    said = _("已当场作出决定并交付，决定书 %(number)s。") % {"number": case.decision_number}
    return said + words.running(case, request.today)


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
