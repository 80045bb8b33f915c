"""Orders, and who could be sent somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from xiuhua.command import rules
from xiuhua.command.models import Order
from xiuhua.command.queries.limits import limits
from xiuhua.command.queries.picture import Mover, movers
from xiuhua.kernel import areas, clock
from xiuhua.kernel.authz import Actor
from xiuhua.leads.queries import Lead
from xiuhua.observations.rules import metres
from xiuhua.org import queries as org


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody on the map with what the rule says of sending him or her."""

    mover: Mover
    ranked: rules.Ranked


def orders(user: Actor) -> QuerySet[Order]:
    rows = Order.objects.visible(user).select_related("unit", "officer", "lead__kind")
    return rows.order_by("-sent_at", "-pk")


def waiting_for(user: Actor) -> QuerySet[Order]:
    """What this person has to sign for or carry out, and what rose to him or her because nobody signed."""
    mine = Q(officer=user.officer_id or 0, state__in=rules.ORDER_OPEN)
    risen = Q(pk__in=[])
    scope = user.scope("duty.task")
    if scope.units:
        risen |= Q(unit__in=scope.units, level__gte=1)
    if scope.everything:
        risen |= Q(level__gte=rules.HIGHEST_LEVEL)
    return orders(user).filter(mine | risen & Q(state=rules.OrderState.SENT))


def group_of(lead: Lead | None) -> str:
    """The group of causes that a lead most likely belongs to; `*` where nothing is known."""
    return "*" if lead is None else (lead.cause_hint or lead.kind.cause)[:2] or "*"


def _with_power(units: Iterable[org.Unit], lon: float, lat: float, group: str, at: datetime) -> set[int]:
    """The units that may handle causes of the group at the place on this day (SHUM §4, §14)."""
    area, day = areas.area_at(lon, lat), clock.day_of(at)
    found = set()
    for unit in units:
        covered = {a.pk for a in unit.areas.all()}
        here = not covered or (area is not None and area.pk in covered)
        if here and org.authority_for(unit, group, day) is not None:
            found.add(unit.pk)
    return found


def offered(
    user: Actor, lon: float, lat: float, at: datetime, *, lead: Lead | None = None
) -> Sequence[Offered]:
    """Everybody on foot whom `user` may follow, those who may go first and the nearest of them first.

    With a lead law is enforced: power over the place and the matter, a certificate and a colleague near are asked for.
    """
    found = [m for m in movers(user, at, limits().lost_minutes) if m.device.officer is not None]
    units = {m.device.unit_id: m.device.unit for m in found}
    power = _with_power(units.values(), lon, lat, group_of(lead), at)
    day = clock.day_of(at)
    certified = {o.pk for unit in units.values() for o in org.officers_of(unit, day, certified=True)}
    by_officer = {m.device.officer_id or 0: m for m in found}
    candidates = [
        rules.Candidate(
            officer=officer,
            unit=m.device.unit_id,
            metres=metres((lon, lat), (m.seen.lon, m.seen.lat)),
            on_duty=True,
            lost=m.standing == rules.Standing.LOST,
            busy=m.order is not None or m.task is not None,
            has_power=m.device.unit_id in power,
            certified=officer in certified,
            nearest_colleague=_nearest(m, found),
        )
        for officer, m in by_officer.items()
    ]
    judged = rules.ranked(candidates, limits(), enforces=lead is not None)
    return [Offered(by_officer[r.candidate.officer], r) for r in judged]


def _nearest(mover: Mover, found: Iterable[Mover]) -> float | None:
    """How far the next one of the same unit is who can be heard."""
    here = (mover.seen.lon, mover.seen.lat)
    return min(
        (
            metres(here, (other.seen.lon, other.seen.lat))
            for other in found
            if other.key != mover.key
            and other.device.unit_id == mover.device.unit_id
            and other.standing != rules.Standing.LOST
        ),
        default=None,
    )
