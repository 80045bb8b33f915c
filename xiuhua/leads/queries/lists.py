"""Lists of leads, near-duplicates, what somebody can do with one, and how it went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Refusal
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads import rules
from xiuhua.leads.models import Lead, LeadKind, LeadMedia, Reporter

NEAR_AT_MOST = 20


def leads(user: Actor) -> QuerySet[Lead]:
    """The leads `user` may see, the last received first."""
    return Lead.objects.visible(user).select_related("kind", "unit", "area").order_by("-received_at", "-pk")


@dataclass(frozen=True, slots=True)
class Near:
    """A lead that may be the same thing: how far away, and how long before (negative: after)."""

    lead: Lead
    metres: int
    apart: timedelta


def near_duplicates(
    user: Actor, kind: LeadKind, lon: float | None, lat: float | None, at: datetime, *, leave_out: int = 0
) -> Sequence[Near]:
    """Leads that `user` may see, of the same kind, near in place and time as the kind says; the nearest first.

    Merged and refused ones do not count, nor the lead with pk `leave_out`. Nothing without coordinates.
    """
    if lon is None or lat is None:
        return []
    box, days = rules.box_around(lon, lat, kind.near_metres), timedelta(days=kind.near_days)
    found = (
        leads(user)
        .filter(
            kind=kind,
            received_at__gte=at - days,
            received_at__lte=at + days,
            lon__gte=box.west,
            lon__lte=box.east,
            lat__gte=box.south,
            lat__lte=box.north,
        )
        .exclude(state__in=[rules.State.MERGED, rules.State.REFUSED])
        .exclude(pk=leave_out)
    )
    near = [
        Near(lead, round(metres), at - lead.received_at)
        for lead in found
        if (metres := rules.metres_between(lon, lat, lead.lon or 0.0, lead.lat or 0.0)) <= kind.near_metres
    ]
    return sorted(near, key=lambda n: (n.metres, abs(n.apart), n.lead.pk))[:NEAR_AT_MOST]


# What waits for whom: name of the heap → the states in it and the permission of those whose work it is.
HEAPS: dict[str, tuple[Collection[str], str]] = {
    "to_verify": ({rules.State.REGISTERED}, "leads.verify"),
    "to_dispatch": ({rules.State.VERIFIED, rules.State.RETURNED}, "leads.dispatch"),
    "to_accept": ({rules.State.DISPATCHED}, "leads.work"),
    "in_hand": ({rules.State.ACCEPTED}, "leads.work"),
}


def counts_for(user: Actor, today: date) -> dict[str, int]:
    """How many leads wait for `user` on each heap, and how many of all those are overdue; one query.

    A heap holds what the user may move on: the whole bureau's for the desk, the own unit's for people of a unit.
    Every page asks this: the rows are counted by state and unit, and the few sums are put on their heaps here.
    """
    scopes = {name: user.scope(permission) for name, (_states, permission) in HEAPS.items()}
    counted = {name: 0 for name, scope in scopes.items() if scope.everything or scope.units} | {"overdue": 0}
    waiting = {state for name in counted.keys() & HEAPS.keys() for state in HEAPS[name][0]}
    if not waiting:
        return counted
    late = Count("pk", filter=Q(due_on__lt=today))
    rows = Lead.objects.visible(user).filter(state__in=waiting).order_by()
    for state, unit, registered, n, overdue in rows.values_list("state", "unit", "registered_unit").annotate(
        n=Count("pk"), late=late
    ):
        held_by = registered if unit is None else unit
        for name in counted.keys() & HEAPS.keys():
            if state in HEAPS[name][0] and (scopes[name].everything or held_by in scopes[name].units):
                counted[name] += n
                counted["overdue"] += overdue
    return counted


def to_do(user: Actor) -> QuerySet[Lead]:
    """Visible leads that wait for `user`: the heaps of `counts_for` together."""
    mine = [_mine(user, permission, states) for states, permission in HEAPS.values()]
    held = [condition for condition in mine if condition is not None]
    return leads(user).filter(reduce(or_, held)) if held else leads(user).none()


def _mine(user: Actor, permission: str, states: Collection[str]) -> Q | None:
    """Leads in `states` that `permission` reaches, as `rules.refusals` says it of one; None if it reaches none."""
    scope = user.scope(permission)
    if scope.everything:
        return Q(state__in=states)
    if not scope.units:
        return None
    there = Q(unit__in=scope.units) | Q(unit__isnull=True, registered_unit__in=scope.units)
    return Q(state__in=states) & there


def due_soon(user: Actor, until: date) -> QuerySet[Lead]:
    """Visible leads with a deadline up to and with `until`, the most urgent first."""
    return leads(user).filter(due_on__lte=until).order_by("due_on", "due_at", "pk")


def media_of(lead: Lead) -> Sequence[LeadMedia]:
    """What was sent with a lead, in the order of arrival."""
    return list(LeadMedia.objects.filter(lead=lead).select_related("file").order_by("pk"))


def reporter_known(lead: Lead, user: Actor) -> bool:
    """Whether there is a reporter whom `user` may ask to see (`actions.reveal_reporter`)."""
    return Reporter.objects.visible(user).filter(lead=lead).exists()


def timeline(lead: Lead) -> QuerySet[RecordEntry]:
    """Every entry of the record about a lead that the caller got through `visible`, oldest first."""
    return kernel.history(record.subject_of(lead))


def refusals_of(move: rules.Move, lead: Lead, by: Actor) -> Sequence[Refusal]:
    """Why `by` may not make `move` on `lead` now; empty if it is allowed."""
    return rules.refusals(move, lead.state, by, lead.unit_id, lead.registered_unit_id)


def moves(lead: Lead, user: Actor) -> Sequence[tuple[rules.Move, Sequence[Refusal]]]:
    """Every move of the table with the reasons why `user` cannot make it on `lead` now; no reasons: it can be made."""
    return [(move, refusals_of(move, lead, user)) for move in rules.MOVES.values()]
