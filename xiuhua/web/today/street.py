"""Where one should be now: the shift that runs, its next stop, and how much of the street was done today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.duty import permissions, queries, rules
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import Figure


@dataclass(frozen=True, slots=True)
class Here:
    """The shift of this moment as the page shows it. `place` is the next stop, else the beat or the unit."""

    kind: str
    place: str
    due_at: datetime | None
    figures: list[Figure]


def now(request: Request) -> Here | None:
    """None for people without duty on the street, and outside shifts."""
    if not permissions.can_work(request.actor):
        return None
    shift = queries.shift_at(request.actor.officer_id or 0, request.at, queries.known_limits())
    if shift is None:
        return None
    stops = queries.stops_of(request.actor, shift)
    coming = next((s for s in stops if s.reached_at is None), None)
    found = queries.findings(request.actor).filter(shift=shift, officer=shift.officer)
    done = sum(1 for s in stops if s.reached_at)
    fallback = shift.beat.name if shift.beat else shift.unit.short_name
    url = reverse("web:duty-mine")
    tasks = queries.tasks(request.actor).filter(state__in=rules.TASK_OPEN, officer=shift.officer)
    return Here(
        kind=(in_english() and shift.kind.name_en) or shift.kind.name,
        place=coming.point.name if coming else fallback,
        due_at=coming.due_at if coming else None,
        figures=[
            Figure(_("签到"), f"{done}/{len(stops)}", url),
            Figure(_("发现"), str(found.count()), reverse("web:duty-shift", args=[shift.pk])),
            Figure(_("任务"), str(tasks.count()), reverse("web:duty-tasks")),
        ],
    )
