"""The card of a person or vehicle: who, which unit, doing what, in which car, last seen."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiuhua.command import queries
from xiuhua.observations import actions as observations
from xiuhua.observations import permissions
from xiuhua.web.command import words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.parts import Fact


def mover_of(request: Request, pk: int) -> tuple[queries.Mover, list[queries.Mover]]:
    """The one who carries device `pk`, and everybody else on the map. Raises Http404."""
    observations.look_at_map(by=request.actor, at=request.at)
    found = queries.movers(request.actor, request.at, queries.limits().lost_minutes)
    for mover in found:
        if mover.device.pk == pk:
            return mover, found
    raise Http404


@in_room("command", "positions.see", "duty.work")
@require_safe
def mover(request: Request, pk: int) -> HttpResponse:
    """A page of its own, and the panel beside the map."""
    found, others = mover_of(request, pk)
    car = queries.car_of(found, others)
    facts = [
        Fact(_("单位"), words.unit_name(found.device.unit)),
        Fact(_("正在"), words.doing(found), url=words.doing_url(found)),
        Fact(
            _("最近位置"),
            f"{words.moment(found.seen.at):%H:%M:%S}",
            note=words.ago(found.seen.at, request.at),
        ),
    ]
    if found.seen.speed is not None:
        facts.append(Fact(_("速度"), _("%(v)s 公里/时") % {"v": round(found.seen.speed)}))
    if car is not None:
        note = _("相距 %(m)s，按位置推测") % {"m": words.distance(car[1])}
        facts.append(Fact(_("可能乘车"), car[0].name, note=note))
    context = {
        "mover": found,
        "kind": words.kind(found),
        "state": words.standing(found),
        "facts": facts,
        "own": found.device.officer_id is not None and found.device.officer_id == request.actor.officer_id,
        "may_follow": permissions.can_follow(found.device, request.actor),
    }
    return show(request, "web/command/card.html", context, part="web/command/_card.html")
