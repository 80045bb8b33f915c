"""Leads come in: the form at the desk, showing what may be the same thing before it saves; the finding on patrol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiuhua.duty import actions as duty
from xiuhua.duty import queries as duty_queries
from xiuhua.duty.queries import Finding
from xiuhua.kernel import areas
from xiuhua.kernel.authz import Invalid
from xiuhua.leads import actions, permissions, queries, rules
from xiuhua.leads.models import Lead, LeadKind
from xiuhua.web.duty.phone import KEY, key_of, moment_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms import drafts, kept
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, show
from xiuhua.web.leads import forms

SAME_PLACE_AT_MOST = 5
SHOWN_AT_ONCE = 7
USUAL = timedelta(days=90)


def _kind(request: Request) -> LeadKind | None:
    code = request.POST.get("kind") or request.GET.get("kind") or ""
    return queries.kind_by_code(code) if code else None


def point_of(request: Request) -> tuple[float | None, float | None]:
    """The point that came with the form; what is no number is none, and is told when the form is sent."""
    said = request.POST or request.GET
    try:
        return float(said["lon"]), float(said["lat"])
    except (KeyError, ValueError):
        return None, None


@in_room("leads", "leads.register")
def new(request: Request) -> HttpResponse:
    key = "lead-new"
    kind = _kind(request)
    sent = request.method == "POST"
    form = Form(
        forms.new_fields(kind, request),
        now=request.at,
        data=request.POST if sent else request.GET if request.htmx else None,
        files=request.FILES,
        draft=drafts.find(request.actor, key),
    )
    if sent:
        try:
            lead = _register(request, form, photos_of(request, key))
        except Invalid as error:
            form.take(error)
        else:
            drafts.done(request, key)
            return redirect("web:lead", pk=lead.pk)
    context = {
        "form": form,
        "key": key,
        "kind": kind,
        "same": same_thing(request, kind),
        "kept": kept.of(request.actor, key),
    }
    status = 422 if form.errors or form.general else 200
    return show(request, "web/leads/new.html", context, part="web/leads/_new_form.html", status=status)


def _register(request: Request, form: Form, photos: list[actions.Sent]) -> Lead:
    said = form.values()
    kind = queries.kind_by_code(said["kind"])
    if kind is None:
        raise Invalid({"kind": "请从所列各项中选"})
    lon, lat = point_of(request)
    reporter = actions.Reported(name=said["reporter_name"] or "", phone=said["reporter_phone"] or "")
    return actions.register(
        kind=kind,
        source=said["source"],
        content=said["content"],
        place=said["place"] or "",
        lon=lon,
        lat=lat,
        received_at=said["received_at"],
        source_ref=said["source_ref"] or "",
        attributes=_answers(said),
        media=photos,
        reporter=reporter,
        by=request.actor,
        at=request.at,
    )


def _answers(said: dict[str, Any]) -> dict[str, Any]:
    """`attribute[code]` fields as code → answer, in the plain types the questions take."""
    out = {}
    for name, value in said.items():
        if name.startswith("attribute[") and value not in (None, "", []):
            plain = value.isoformat() if hasattr(value, "isoformat") else value
            out[name[10:-1]] = plain if isinstance(plain, str | list) else str(plain)
    return out


def photos_of(request: Request, key: str) -> list[actions.Sent]:
    """What was sent now and with earlier tries; it stays until the lead is registered."""
    kept.add(request.actor, key, request.FILES.getlist("photos"), request.at)
    return [actions.Sent(data=bytes(f.data), name=f.name) for f in kept.of(request.actor, key)]


def same_thing(request: Request, kind: LeadKind | None) -> list[dict[str, Any]]:
    """What may be the same: near in place and time as the kind says; without a point, the same words of place."""
    if kind is None or not request.actor.can("leads.see"):
        return []
    lon, lat = point_of(request)
    near = queries.near_duplicates(request.actor, kind, lon, lat, request.at)
    if near:
        return [{"lead": n.lead, "metres": n.metres} for n in near]
    place = (request.POST or request.GET).get("place", "").strip().lower()
    if len(place) < 3:
        return []
    found = (
        queries.leads(request.actor)
        .filter(Q(search__contains=place), kind=kind)
        .exclude(state__in=rules.CLOSED)[:SAME_PLACE_AT_MOST]
    )
    return [{"lead": lead, "metres": None} for lead in found]


@in_room("leads", "leads.register")
def near(request: Request) -> HttpResponse:
    """The list of what may be the same, asked while the form is typed."""
    return show(request, "web/leads/_same.html", {"same": same_thing(request, _kind(request))})


@in_room("leads", "leads.register")
def where(request: Request) -> HttpResponse:
    """The area in which a point lies, said back under the place, and words for a place that nobody wrote yet."""
    lon, lat = point_of(request)
    area = areas.area_at(lon, lat) if lon is not None and lat is not None else None
    context = {"area": area, "asked": lon is not None, "name": ""}
    if area is not None and lon is not None and lat is not None:
        near = nearest_point(request, lon, lat)
        # It becomes text of the register, so it does not follow the language of the page.
        context["name"] = f"{area.name}{near}附近" if near else area.name
    return show(request, "web/leads/_where.html", context)


def nearest_point(request: Request, lon: float, lat: float) -> str:
    """The name of the nearest check-in point in whose radius the place lies; empty where there is none."""
    found = [
        (rules.metres_between(lon, lat, point.lon, point.lat), point.name)
        for point in duty_queries.points(request.actor, request.today)
        if rules.metres_between(lon, lat, point.lon, point.lat) <= point.radius
    ]
    return min(found)[1] if found else ""


@in_room("leads", "leads.register")
def finding(request: Request) -> HttpResponse:
    """Photo first, then what and where; then what is done about it. An assistant's finding is a lead to be verified."""
    key = "finding"
    sent = request.method == "POST"
    kind = _kind(request)
    form = Form(
        forms.finding_fields(kind),
        now=request.at,
        data=request.POST if sent else None,
        files=request.FILES,
        draft=drafts.find(request.actor, key),
    )
    if sent:
        try:
            answer = _taken(request, form, kind)
        except Invalid as error:
            form.take(error)
        else:
            drafts.done(request, key, tell=not wants_json(request))
            return JsonResponse(answer) if wants_json(request) else redirect(answer["url"])
    kinds = [(k.code, forms.kind_label(k)) for k in by_frequency(request)]
    chosen = form["kind"].text
    context = {
        "form": form,
        "key": key,
        "kept": kept.of(request.actor, key),
        "kinds": kinds[:SHOWN_AT_ONCE],
        "rare": kinds[SHOWN_AT_ONCE:],
        "chosen": chosen,
        "chosen_is_rare": chosen in {code for code, _label in kinds[SHOWN_AT_ONCE:]},
        "works": permissions.can_register_finding(request.actor),
        "next": request.POST.get("next", "later"),
    }
    return show(
        request, "web/leads/finding.html", context, status=422 if form.errors or form.general else 200
    )


def by_frequency(request: Request) -> list[LeadKind]:
    """The kinds, those first that the person's own leads of the last 90 days were about most often."""
    since = request.at - USUAL
    seen = queries.leads(request.actor).filter(received_at__gte=since).order_by()
    often = Counter(seen.values_list("kind_id", flat=True)[:2000])
    return sorted(queries.kinds(), key=lambda k: -often[k.pk])


def _taken(request: Request, form: Form, kind: LeadKind | None) -> Mapping[str, Any]:
    """The finding is taken once under the key that the phone gave it; a browser that gives none is taken as it is."""

    def do() -> Mapping[str, Any]:
        finding = _found(request, form, kind, photos(request))
        lead = finding.lead
        url = _next(request, lead)
        return {"finding": finding.pk, "lead": lead.pk, "said": lead.number, "url": url}

    # A phone keeps its photos itself until they are taken; a browser's stay with us, should the form be wrong.
    photos = _sent_photos if request.META.get(KEY) else lambda r: photos_of(r, "finding")
    if not request.META.get(KEY):
        return do()
    answer, _done_now = duty.once(key=key_of(request), kind="finding", by=request.actor, at=request.at, do=do)
    return answer


def _sent_photos(request: Request) -> list[actions.Sent]:
    return [actions.Sent(data=f.read(), name=f.name or "") for f in request.FILES.getlist("photos")]


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _found(request: Request, form: Form, kind: LeadKind | None, photos: list[actions.Sent]) -> Finding:
    said = form.values()
    if kind is None:
        raise Invalid({"kind": "请选一种，或者选“其他”"})
    lon, lat = point_of(request)
    facts: dict[str, Any] = {
        "kind": kind,
        "content": said["content"] or kind.name,
        "place": said["place"] or "",
        "lon": lon,
        "lat": lat,
        "by": request.actor,
        "at": request.at,
        "found_at": moment_of(request, "found_at"),
    }
    persuaded = request.POST.get("next") == "persuade" and permissions.can_register_finding(request.actor)
    return duty.find(**facts, photos=photos, persuasion=(persuaded and said["persuasion"]) or "")


def _next(request: Request, lead: Lead) -> str:
    """Where a finding leads on to."""
    wanted = request.POST.get("next", "later")
    if wanted == "persuade" and permissions.can_settle(lead, request.actor):
        return reverse("web:lead-act", args=[lead.pk, "settle"])
    names = {"ordinary": "web:case-new", "on_spot": "web:case-on-spot", "demolition": "web:case-demolition"}
    if wanted in names and permissions.can_hand_to_case(lead, request.actor):
        return f"{reverse(names[wanted])}?{urlencode({'lead': lead.pk})}"
    return reverse("web:lead", args=[lead.pk])
