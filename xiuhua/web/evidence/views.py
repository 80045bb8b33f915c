"""Lists of exhibits and recordings, the page of one exhibit, and the stations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q, Sum
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.evidence import actions, queries
from xiuhua.evidence.rules import recordings as rules
from xiuhua.web.evidence import page
from xiuhua.web.evidence.listing import EXHIBITS, RECORDINGS
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show


@in_room("evidence", "evidence.see")
def exhibits(request: Request) -> HttpResponseBase:
    base = queries.exhibits(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("证据"), EXHIBITS.columns, EXHIBITS.ordered(request, base))
    context = {"shown": EXHIBITS.show(request, base), "room": "exhibits", "tab": "exhibits"}
    return show(request, "web/evidence/exhibits.html", context, part="web/evidence/_exhibits.html")


@in_room("evidence", "evidence.see")
def recordings(request: Request) -> HttpResponseBase:
    base = queries.recordings(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("执法记录"), RECORDINGS.columns, RECORDINGS.ordered(request, base))
    shown = RECORDINGS.show(request, base)
    tones = {
        rules.State.DOCKED: "wait",
        rules.State.ARRIVED: "done",
        rules.State.QUARANTINED: "refused",
        rules.State.DESTROYED: "back",
    }
    table = [(row, row.get_state_display(), tones[rules.State(row.state)]) for row in shown.rows]
    context = {"shown": shown, "table": table, "room": "recordings", "tab": "recordings"}
    return show(request, "web/evidence/recordings.html", context, part="web/evidence/_recordings.html")


@in_room("evidence", "evidence.see")
@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask the station for the file of a recording."""
    recording = get_object_or_404(queries.recordings(request.actor), pk=pk)
    actions.ask_for(recording=recording, by=request.actor, at=request.at)
    messages.success(request, _("已调取：采集站下次联络时上传。"))
    return go(request, reverse("web:recordings"))


@in_room("evidence", "evidence.see")
def stations(request: Request) -> HttpResponse:
    docked = Q(recordings__state=rules.State.DOCKED)
    rows = queries.stations(request.actor).annotate(
        docked=Count("recordings", filter=docked),
        arrived=Count("recordings", filter=Q(recordings__state=rules.State.ARRIVED)),
        kept_apart=Count("recordings", filter=Q(recordings__state=rules.State.QUARANTINED)),
        asked=Count("recordings", filter=docked & Q(recordings__asked_at__isnull=False)),
        bytes_there=Sum("recordings__size", filter=docked),
        last=Max("recordings__docked_at"),
    )
    return show(request, "web/evidence/stations.html", {"stations": rows, "tab": "stations"})


@in_room("evidence", "evidence.see")
def exhibit(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.exhibits(request.actor).select_related("file", "unit"), pk=pk)
    actions.use(exhibit=found, how="view", by=request.actor, at=request.at)
    context: dict[str, Any] = page.context(request, found)
    return show(request, "web/evidence/exhibit.html", context)
