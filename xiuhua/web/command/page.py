"""The map, the same facts as a list under it, and the data that the map draws."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiuhua.command import queries, rules
from xiuhua.duty import queries as duty
from xiuhua.kernel.models import Area, Road
from xiuhua.leads.queries import Lead
from xiuhua.observations import actions as observations
from xiuhua.web.command import figures, words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.clocks import moment_clock
from xiuhua.web.frame.http import Request, in_english, show

# Rows of the list at once; a unit is chosen to see the rest.
LISTED = 100
LEADS_LISTED = 12


@in_room("command", "positions.see", "duty.work")
@require_safe
def command(request: Request) -> HttpResponse:
    """The page. What moves comes from `picture` and then from the stream."""
    limits = queries.limits()
    observations.look_at_map(by=request.actor, at=request.at)
    found = queries.movers(request.actor, request.at, limits.lost_minutes)
    leads = queries.leads_in_hand(request.actor)
    units = {unit.code: words.unit_name(unit) for unit in {m.device.unit for m in found}}
    wanted = request.GET.get("unit", "")
    listed = [m for m in found if not wanted or m.device.unit.code == wanted]
    context = {
        "layers": _layers(request, found, leads),
        "picture": _picture(request, found, leads),
        "lost_minutes": limits.lost_minutes,
        "figures": figures.of_the_day(request, found),
        "leads": [(lead, _clock(lead, request)) for lead in leads[:LEADS_LISTED]],
        "n_leads": len(leads),
        "rows": [_row(m, request) for m in listed[:LISTED]],
        "n_rows": len(listed),
        "units": sorted(units.items()),
        "wanted": wanted,
        "shown": LISTED,
        "may_order": request.actor.can("duty.task"),
        "source": _source(request),
        "grades": [(grade.value, grade.label) for grade in Road.Grade],
    }
    return show(request, "web/command/map.html", context)


def _source(request: Request) -> str:
    """Whose the boundaries are; where they are only a sketch, whose the centres are from which it was made."""
    area = Area.objects.visible(request.actor).order_by("pk").first()
    if area is None:
        return ""
    return _("示意图；中心点 © OpenStreetMap contributors, ODbL 1.0") if area.schematic else area.source


def _clock(lead: Lead, request: Request) -> Any:
    return moment_clock(_("期限"), lead.due_at, now=request.at) if lead.due_at else None


def _row(mover: queries.Mover, request: Request) -> dict[str, Any]:
    return {
        "mover": mover,
        "kind": words.kind(mover),
        "unit": words.unit_name(mover.device.unit),
        "doing": words.doing(mover),
        "state": words.standing(mover),
        "seen": words.ago(mover.seen.at, request.at),
    }


def _layers(
    request: Request, found: list[queries.Mover], leads: list[Lead]
) -> list[tuple[str, str, int | None, bool]]:
    """Key, label, how many, on at first."""
    cars = sum(m.is_car for m in found)
    lost = sum(m.standing == rules.Standing.LOST for m in found)
    points = duty.points(request.actor, request.today).count()
    return [
        ("people", _("队员"), len(found) - cars, True),
        ("cars", _("车辆"), cars, True),
        ("lost", _("失联"), lost, True),
        ("alarms", _("提醒"), queries.open_alarms(request.actor).count(), True),
        ("leads", _("线索"), len(leads), True),
        ("points", _("签到点"), points, False),
        ("heat", _("线索热力"), None, False),
        ("roads", _("道路"), Road.objects.visible(request.actor).count(), False),
    ]


@in_room("command", "positions.see", "duty.work")
@require_safe
def picture(request: Request) -> JsonResponse:
    """Everything that the map draws for this person, for pages that ask again and again."""
    observations.look_at_map(by=request.actor, at=request.at)
    found = queries.movers(request.actor, request.at, queries.limits().lost_minutes)
    return JsonResponse(_picture(request, found, queries.leads_in_hand(request.actor)))


def _picture(request: Request, found: list[queries.Mover], leads: list[Lead]) -> dict[str, Any]:
    """Rows as short as can be read; those of movers as the stream sends them, with the name; `t` is now."""
    people = [[m.key, m.device.pk, m.seen.lon, m.seen.lat, m.standing, m.seen.at, m.name] for m in found]
    english = in_english()
    reported = [
        [lead.pk, lead.lon, lead.lat, (english and lead.kind.name_en) or lead.kind.name] for lead in leads
    ]
    points = [[p.pk, p.lon, p.lat, p.name] for p in duty.points(request.actor, request.today)]
    alarms = [
        [a.pk, a.lon, a.lat, _(a.get_kind_display())]
        for a in queries.open_alarms(request.actor)
        if not a.note
    ]
    now = queries.milliseconds(request.at)
    return {"t": now, "movers": people, "leads": reported, "points": points, "alarms": alarms}


@in_room("command")
@require_safe
def areas(request: Request) -> JsonResponse:
    """The backdrop: boundaries are public."""
    found = [
        {
            "type": "Feature",
            "geometry": area.geometry,
            "properties": {"name": area.name, "kind": area.kind, "lon": area.lon, "lat": area.lat},
        }
        for area in Area.objects.visible(request.actor).order_by("code")
    ]
    answer = JsonResponse({"type": "FeatureCollection", "features": found})
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@in_room("command")
@require_safe
def roads(request: Request) -> JsonResponse:
    """Roads with their grades, for whoever switches the layer on; `source` says whose they are."""
    rows = list(Road.objects.visible(request.actor).order_by("code"))
    found = [
        {"type": "Feature", "geometry": road.geometry, "properties": {"name": road.name, "grade": road.grade}}
        for road in rows
    ]
    sketched = any(road.schematic for road in rows)
    source = _("道路为示意") if sketched else rows[0].source if rows else ""
    answer = JsonResponse({"type": "FeatureCollection", "source": source, "features": found})
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
