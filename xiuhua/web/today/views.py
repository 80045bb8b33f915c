"""今日: what runs out, what waits for me, what came back, how my unit stands."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.models import Day
from xiuhua.leads import permissions
from xiuhua.org.rules import ROLES
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import short_day
from xiuhua.web.frame.http import Request, show
from xiuhua.web.org.record import latest
from xiuhua.web.today import ledger, street, work

AHEAD = 60
LATEST = 12


@in_room("today")
def today(request: Request) -> HttpResponse:
    clocks = {
        "strip": work.strip(request),
        "due": work.due(request),
        "day": work.chosen_day(request),
        "mine": "mine" in request.GET,
        "of_unit": work.is_of_unit(request) and request.actor.can("cases.work"),
    }
    if request.htmx:
        return show(request, "web/today/today.html", clocks, part="web/today/_clocks.html")
    context = {
        "holiday": holiday_after(request.today),
        "tasks": work.tasks(request),
        "back": work.came_back(request),
        "figures": ledger.figures(request),
        "has_clocks": request.actor.can("leads.see") or request.actor.can("cases.see"),
        "entries": latest(request, LATEST) if request.actor.can("record.see") else [],
        "roles": [ROLES[name] for name in sorted(request.actor.roles)],
        "may_register": request.actor.can("leads.register"),
        "may_find": permissions.can_register_finding(request.actor),
        "street": street.now(request),
        "may_work": request.actor.can("cases.work") and work.is_of_unit(request),
    }
    return show(request, "web/today/today.html", clocks | context)


def holiday_after(day: date) -> str:
    """The next holiday within two months, with the day it begins; nothing if none is known."""
    known = kernel.calendar()
    coming = sorted(d for d in known.named if 0 <= (d - day).days <= AHEAD)
    if not coming:
        return ""
    name = Day.objects.filter(pk=coming[0]).values_list("name", flat=True).first()
    return _("%(name)s %(day)s放假") % {"name": name, "day": short_day(coming[0], day)}
