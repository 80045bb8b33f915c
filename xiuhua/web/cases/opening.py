"""Opening a case: from a lead, or from what officers found; a party is looked up or registered on the same page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Cause
from xiuhua.kernel import areas, clock
from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.leads import queries as leads
from xiuhua.leads.queries import Lead
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit
from xiuhua.registers import queries as registers
from xiuhua.registers import rules as register_rules
from xiuhua.registers.queries import Party
from xiuhua.web.cases import repeating, words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show

FOUND_AT_ONCE = 12
NEW_PARTY = ("kind", "name", "number", "representative", "address", "phone")


def unit_of(request: Request) -> Unit:
    """The unit in which the person works cases. Raises 404 for people who work none."""
    found = next((u for u in org.handling_units() if u.pk in request.actor.scope("cases.work").units), None)
    if found is None:
        raise Http404(_("您的岗位不登记案件"))
    return found


def lead_of(request: Request) -> Lead | None:
    text = request.GET.get("lead", "") or request.POST.get("lead", "")
    return get_object_or_404(leads.leads(request.actor), pk=text) if text.isdigit() else None


def partners(request: Request, unit: Unit) -> Sequence[Officer]:
    """Certified colleagues of the unit, the person asking left out."""
    return [
        o for o in org.officers_of(unit, request.today, certified=True) if o.pk != request.actor.officer_id
    ]


def last_partner(request: Request, choices: Sequence[tuple[str, str]]) -> str | None:
    """Whom the officer went out with the last time, if he or she may still enforce here; the only one there is."""
    keys = [key for key, _name in choices]
    mine = Case.objects.visible(request.actor).filter(officer=request.actor.officer_id)
    base = mine.order_by("-opened_at", "-pk").values_list("base", flat=True).first()
    went = [str(o.get("id")) for o in (base or {}).get("officers", ())]
    return next((key for key in went if key in keys), keys[0] if len(keys) == 1 else None)


def cause_words(on: date, code: str) -> str:
    """Code and name of the cause in force on the day; nothing for a code that no cause has."""
    cause = queries.cause_on(code, on)
    return _cause_words(cause) if cause else ""


def _cause_words(cause: Cause) -> str:
    return f"{cause.code} {cause.name_en if in_english() else cause.name}"


def party_words(request: Request, key: str) -> str:
    """The name of a party of the registers that the person may see."""
    found = registers.parties(request.actor).filter(pk=key).first() if key.isdigit() else None
    return found.name if found else ""


def party_fields(request: Request, prefix: str = "new_party") -> list[Field]:
    kinds = [(k.value, label) for k, label in register_rules.PARTY_KIND_LABELS.items()]
    return [
        Field(
            "party",
            _("名册中的当事人"),
            Kind.SEARCH,
            suggest=reverse("web:case-parties"),
            named=partial(party_words, request),
            wide=True,
        ),
        Field(f"{prefix}.kind", _("当事人种类"), Kind.CHIPS, choices=kinds, wide=True),
        Field(f"{prefix}.name", _("姓名或名称")),
        Field(f"{prefix}.number", _("证件号码或统一社会信用代码")),
        # A decision states it (PPL21 §59).
        Field(f"{prefix}.address", _("住址或住所"), wide=True),
    ]


def new_party_of(values: Mapping[str, Any], prefix: str = "new_party") -> dict[str, Any] | None:
    """The fields of a party to register: the number goes where a party of this kind has it."""
    said = {key: values.get(f"{prefix}.{key}") for key in NEW_PARTY}
    if not said["name"]:
        return None
    kind = said["kind"] or "citizen"
    number = said.pop("number") or ""
    fields = {key: value for key, value in said.items() if value} | {"kind": kind}
    if kind == "individual_business":
        fields["operator"] = fields["name"]
    if number:
        fields["id_no" if kind == "citizen" else "credit_code"] = number.upper()
    return fields


def _fields(request: Request, unit: Unit, lead: Lead | None) -> list[Field]:
    second = [(str(o.pk), o.name) for o in partners(request, unit)]
    return [
        Field(
            "cause",
            _("案由"),
            Kind.SEARCH,
            required=True,
            suggest=reverse("web:case-causes"),
            named=partial(cause_words, request.today),
            wide=True,
            initial=_hinted(lead, request.today),
            focus=True,
        ),
        Field("place", _("违法行为发生地点"), required=True, wide=True, initial=lead.place if lead else None),
        Field("found_on", _("发现日期"), Kind.DAY, required=True, initial=request.today),
        Field("occurred_on", _("发生日期"), Kind.DAY, hint=_("与发现同日可不填")),
        Field(
            "second",
            _("另一名执法人员"),
            Kind.CHOICE,
            required=True,
            choices=second,
            initial=last_partner(request, second),
        ),
        Field("facts", _("初步事实"), Kind.LONG, initial=lead.content if lead else None),
        *party_fields(request),
    ]


def _hinted(lead: Lead | None, on: date) -> str | None:
    """The cause that was guessed when the lead came in, if it is one today."""
    return lead.cause_hint if lead and lead.cause_hint and queries.cause_on(lead.cause_hint, on) else None


def _building_fields(request: Request, unit: Unit, lead: Lead | None) -> list[Field]:
    """For an illegal building hours count, and whether building goes on (SHDB §7)."""
    at = Field(
        "found_at",
        _("发现时间"),
        Kind.MOMENT,
        required=True,
        initial=lead.received_at if lead else request.at,
    )
    goes_on = [("no", _("已经建成")), ("yes", _("正在搭建"))]
    being_built = Field("being_built", _("搭建情况"), Kind.CHIPS, required=True, choices=goes_on, wide=True)
    plain = [f for f in _fields(request, unit, lead) if f.name not in ("found_on", "occurred_on")]
    return [*plain[:2], being_built, at, *plain[2:]]


@in_room("cases", "cases.work")
def new(request: Request) -> HttpResponse:
    return _page(request, Case.Procedure.ORDINARY)


@in_room("cases", "cases.work")
def new_demolition(request: Request) -> HttpResponse:
    return _page(request, Case.Procedure.DEMOLITION)


def draft_key(procedure: str, lead: int) -> str:
    """The key of the draft of a case about to be opened; `lead` is 0 for a finding."""
    return f"case-new-{lead}" if procedure == Case.Procedure.ORDINARY else f"case-new-{procedure}-{lead}"


def _page(request: Request, procedure: Case.Procedure) -> HttpResponse:
    unit, lead = unit_of(request), lead_of(request)
    building = procedure == Case.Procedure.DEMOLITION
    key = draft_key(procedure, lead.pk if lead else 0)
    form = Form(
        (_building_fields if building else _fields)(request, unit, lead),
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        draft=drafts.find(request.actor, key),
    )
    reasons: list[Refusal] = []
    status = 200
    if request.method == "POST":
        try:
            case = _open(request, form, unit, lead, procedure)
        except Invalid as error:
            form.take(error)
            status = 422
        except Refused as error:
            status, reasons = 409, list(error.refusals)
        else:
            drafts.done(request, key)
            said = _("已登记，案号 %(number)s。") % {"number": case.number}
            then = words.running(case, request.today) if building else _("先核查线索，再提请立案。")
            messages.success(request, said + then)
            return go(request, reverse("web:case", args=[case.pk]))
    context = {
        "form": form,
        "lead": lead,
        "unit": unit,
        "draft_key": key,
        "refusals": reasons,
        "building": building,
        **repeating.context_of(request, {bound.field.name: bound.text for bound in form}, lead),
    }
    return show(request, "web/cases/new.html", context, status=status)


def _open(request: Request, form: Form, unit: Unit, lead: Lead | None, procedure: Case.Procedure) -> Case:
    values = form.values()
    found_at = values.get("found_at")
    found_on = clock.day_of(found_at) if found_at else values["found_on"]
    cause = queries.cause_on(values["cause"], found_on)
    if cause is None:
        raise Invalid({"cause": _("发现之日没有这一案由，请重新选")})
    wanted = {request.actor.officer_id, int(values["second"])}
    found = [o for o in org.officers_of(unit, request.today) if o.pk in wanted]
    found.sort(key=lambda o: o.pk != request.actor.officer_id)
    lon, lat = (lead.lon, lead.lat) if lead else (None, None)
    opening = actions.Opening(
        procedure=procedure,
        unit=unit,
        cause=cause,
        place=values["place"],
        found_on=found_on,
        occurred_on=values.get("occurred_on"),
        officers=found,
        area=(lead.area if lead else None) or area_of(lon, lat, unit),
        lon=lon,
        lat=lat,
        party=party_of(request, values),
        new_party=new_party_of(values),
        lead=lead,
        facts=values["facts"] or "",
        found_at=found_at,
        being_built=values.get("being_built") == "yes",
    )
    return actions.open_case(opening=opening, by=request.actor, at=request.at)


def area_of(lon: float | None, lat: float | None, unit: Unit) -> Any:
    """Where the point lies; without a point the area of a unit that has only one."""
    if lon is not None and lat is not None:
        return areas.area_at(lon, lat)
    found = list(unit.areas.all()[:2])
    return found[0] if len(found) == 1 else None


def party_of(request: Request, values: Mapping[str, Any]) -> Party | None:
    key = values.get("party") or ""
    return get_object_or_404(registers.parties(request.actor), pk=key) if key.isdigit() else None


def _options(rows: Sequence[tuple[str, str, str]]) -> SafeString:
    """What a combo box shows: key, words, and a second line."""
    if not rows:
        return format_html('<li class="sub" aria-disabled="true">{}</li>', _("没有找到"))
    return format_html_join(
        "",
        '<li role="option" data-value="{}" data-shown="{}">{}<small>{}</small></li>',
        ((key, shown, shown, more) for key, shown, more in rows),
    )


@in_room("cases", "cases.work")
def causes(request: Request) -> HttpResponse:
    """Causes in force today by word, code or pinyin."""
    found = queries.causes(request.today, request.GET.get("q", ""))[:FOUND_AT_ONCE]
    rows = [
        (
            c.code,
            _cause_words(c),
            org.citation(c.basis, "en" if in_english() else "zh"),
        )
        for c in found
    ]
    return HttpResponse(_options(rows))


@in_room("cases", "registers.see")
def parties(request: Request) -> HttpResponse:
    """Parties the person may see, by name, pinyin initials or number; with how often they were punished."""
    found = registers.find(request.actor, request.GET.get("q", ""))[:FOUND_AT_ONCE]
    rows = []
    for party in found:
        block = registers.masked_block(party)
        cases = queries.of_party(request.actor, party.pk).count()
        number = block.get("usci") or block.get("id_no") or ""
        rows.append(
            (str(party.pk), party.name, f"{number} {_('%(n)s 件案件') % {'n': cases} if cases else ''}")
        )
    return HttpResponse(_options(rows))
