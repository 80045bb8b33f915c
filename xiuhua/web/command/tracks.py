"""The track of a shift: asked with a reason, drawn with a slider, and kept in the list that the person reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiuhua.command import queries
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.observations import actions, rules
from xiuhua.observations import queries as observations
from xiuhua.observations.queries import Device
from xiuhua.web.command import words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, show

# A drawing needs no more than these; the figures beside it are of all of them.
DRAWN = 2000


def _name(device: Device) -> str:
    return device.plate or (device.officer.name if device.officer else device.name)


def _shifts(device: Device, request: Request) -> list[tuple[str, str]]:
    """The stretches of duty of the last days that have begun, the latest first: value and words."""
    now = queries.milliseconds(request.at)
    begun = [h for h in observations.hours_of(device, request.at) if h.starts <= now]
    return [(str(h.starts), _span(h, request.at)) for h in reversed(begun[-14:])]


def _span(hours: rules.Hours, now: datetime) -> str:
    # A device that is kept always has one endless stretch: of it the last day is shown.
    starts, ends = (words.moment(t) for t in _bounds(hours, now))
    return f"{starts:%m-%d %H:%M}–{ends:%H:%M}"


def _bounds(hours: rules.Hours, now: datetime) -> tuple[int, int]:
    end = min(hours.ends, queries.milliseconds(now))
    return max(hours.starts, end - 24 * 3_600_000), end


@in_room("command", "positions.see", "duty.work")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: Request, pk: int) -> HttpResponse:
    """First why, then the track: each look is written down before anything is shown."""
    device = get_object_or_404(queries.followed(request.actor).select_related("unit", "officer"), pk=pk)
    own = device.officer_id is not None and device.officer_id == request.actor.officer_id
    choices = _shifts(device, request)
    latest = choices[0][0] if choices else None
    form = Form(
        [
            Field(
                "shift",
                _("班次"),
                Kind.CHOICE,
                required=True,
                choices=choices,
                initial=latest,
            ),
            Field("reason", _("查看事由"), required=not own, wide=True, focus=True),
        ],
        now=request.at,
        data=request.POST or None,
    )
    context: dict[str, Any] = {
        "device": device,
        "name": _name(device),
        "own": own,
        "form": form,
        "shifts": choices,
    }
    if request.method == "POST" and choices:
        try:
            said = form.values()
            context.update(_looked(device, int(said["shift"]), said["reason"] or "", request))
        except Invalid as error:
            form.take(error)
    status = 422 if form.errors or form.general else 200
    return show(request, "web/command/track.html", context, status=status)


def _looked(device: Device, starts: int, reason: str, request: Request) -> dict[str, Any]:
    """Every day that the shift touches is a look of its own."""
    hours = next((h for h in observations.hours_of(device, request.at) if h.starts == starts), None)
    if hours is None:
        raise Invalid({"shift": "没有这个班次"})
    begin, end = _bounds(hours, request.at)
    day, last = (clock.day_of(words.moment(t)) for t in (begin, max(begin, end - 1)))
    fixes: list[rules.Fix] = []
    while day <= last:
        found = actions.look_at_track(device=device, day=day, reason=reason, by=request.actor, at=request.at)
        fixes += [fix for fix in found.fixes if begin <= fix.at < end]
        day += timedelta(days=1)
    drawn = rules.thinned(fixes, DRAWN)
    return {
        "looked": True,
        "reason": reason,
        "kilometres": f"{rules.track_metres(fixes) / 1000:.1f}",
        "n_fixes": len(fixes),
        "stops": [
            (words.moment(s.starts), words.moment(s.ends), round(s.seconds / 60)) for s in rules.stops(fixes)
        ],
        "data": {"fixes": [[f.at, f.lon, f.lat] for f in drawn]},
        "first": words.moment(fixes[0].at) if fixes else None,
        "last": words.moment(fixes[-1].at) if fixes else None,
    }
