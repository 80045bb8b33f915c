"""The panel of discretion asked anew: alone by htmx, or with the whole form for a browser without scripts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from xiuhua.cases import queries
from xiuhua.web.cases import discretion, on_spot, steps
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show


@in_room("cases", "cases.work")
@require_POST
def step(request: Request, pk: int, move: str) -> HttpResponse:
    """The panel of a step for what its form says now. Nothing is written."""
    place = queries.road_of(case_of(request, pk), request.today)
    steps.move_of(place, move)
    context = discretion.of_step(request, place, move, request.POST)
    wanted = request.GET.get("of") or request.POST.get(discretion.TAKE)
    if "weighs" in context:
        found = next((p for p in context["weighs"] if p.key == wanted), None)
        context = _as_one(found)
    if request.htmx:
        return show(request, "web/cases/_weigh.html", context)
    data: QueryDict = request.POST
    found = context["weigh"]
    if found is not None and discretion.TAKE in data:
        data = discretion.taken_over(data, found.fills)
    address = (pk, move)
    urls = (reverse("web:case-step", args=address), reverse("web:case-step-preview", args=address))
    return steps.page(request, place, move, None, key=f"case-{pk}-{move}", urls=urls, data=data)


def _as_one(found: discretion.Panel | None) -> dict[str, Any]:
    """One of several panels as the template of one reads it."""
    if found is None:
        return {"weigh": None}
    return {"weigh": found, "weigh_url": found.url, "weigh_fills": found.fills_said}


@in_room("cases", "cases.work")
@require_POST
def spot(request: Request) -> HttpResponse:
    """The panel for the cause and the party of the form of the street as it stands. Nothing is written."""
    if request.htmx:
        context = discretion.of_spot(request, request.POST, request.POST)
        answer = show(request, "web/cases/_weigh.html", context)
        found = context["weigh"]
        if found is not None and found.of == request.POST.get(discretion.OF):
            # The boxes are the same: they stay, so that nothing ticked meanwhile is lost.
            answer["HX-Retarget"] = answer["HX-Reselect"] = "#weigh-now"
        return answer
    return on_spot.page(request, data=request.POST)
