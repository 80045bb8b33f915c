"""Figures of the day beside the map; each opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.command import queries, rules
from xiuhua.duty import queries as duty
from xiuhua.leads import queries as leads
from xiuhua.web.frame.formats import number
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.parts import Figure


def _link(name: str, **query: object) -> str:
    return f"{reverse(name)}?{urlencode(query, doseq=True)}" if query else reverse(name)


def of_the_day(request: Request, found: Sequence[queries.Mover]) -> list[Figure]:
    """Who is on duty and seen, what is in hand, what waits."""
    out = [
        Figure(_("在图上"), number(len(found)), "#list", _("失联 %(n)s") % {"n": _lost(found)}),
    ]
    if request.actor.can("duty.see"):
        shifts = duty.on_duty(request.actor, request.at)
        here = shifts.filter(attended_at__isnull=False).count()
        out.append(Figure(_("在班到岗"), f"{number(here)}/{number(shifts.count())}", _link("web:duty")))
    if request.actor.can("leads.see"):
        rows = leads.leads(request.actor).filter(state__in=queries.IN_HAND)
        over = rows.filter(due_at__lt=request.at).count()
        states = [state.value for state in queries.IN_HAND]
        out.append(Figure(_("在办线索"), number(rows.count()), _link("web:leads", state=states)))
        out.append(
            Figure(_("超期线索"), number(over), _link("web:leads", state=states, sort="due"), over=bool(over))
        )
    orders = queries.waiting_for(request.actor).count()
    alarms = queries.open_alarms(request.actor).filter(note="").count()
    out.append(Figure(_("待我办的调度令"), number(orders), _link("web:command-orders"), over=bool(orders)))
    out.append(
        Figure(_("待核查提醒"), number(alarms), _link("web:command-alarms", open="open"), over=bool(alarms))
    )
    return out


def _lost(found: Sequence[queries.Mover]) -> str:
    return number(sum(m.standing == rules.Standing.LOST for m in found))
