"""Earlier cases of the same party, or near the same place: what whoever opens or weighs a case should have seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from xiuhua.cases.discretion.repeating import Before, counts, factor_of
from xiuhua.cases.models import Case, CaseParty, Cause
from xiuhua.cases.queries.law import parameters_on
from xiuhua.cases.queries.lists import listed
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.workdays import add_months
from xiuhua.leads.rules.near import box_around, metres_between

# States in which a decision no longer stands.
FALLEN = ("annulled", "withdrawn")
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """An act about to be handled: by whom, where, of which cause, on which day. What is not known is left out."""

    acted_on: date
    party: int | None = None
    cause: Cause | None = None
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    besides: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier case: whether it is the party's, how far away it was, whether it counts as one before."""

    case: Case
    by_party: bool
    metres: int | None
    same_cause: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found within `months`; `factor` is the circumstance of the cause that it would make, empty for none."""

    rows: Sequence[Earlier] = ()
    months: int = 0
    metres: int = 0
    factor: str = ""
    counted: Sequence[Earlier] = field(default=())


def of_case(user: Actor, case: Case) -> Found:
    """The same for a case that is open already."""
    wanted = Wanted(
        acted_on=case.found_on,
        party=case.party_id,
        cause=case.cause,
        place=case.place,
        lon=case.lon,
        lat=case.lat,
        besides=case.pk,
    )
    return earlier(user, wanted)


def earlier(user: Actor, wanted: Wanted) -> Found:
    """Cases that `user` may see of the same party or near the same place, found within the period of the parameters.

    The party's first, then the nearest, the newest first; at most a dozen.
    """
    params = parameters_on(wanted.acted_on)
    # A bureau whose law was loaded before these two came has no period to look back over, and its pages stand.
    months, metres = int(params.get("repeat_months", 0)), int(params.get("repeat_metres", 0))
    since = add_months(wanted.acted_on, -months)
    near = _near(wanted, metres)
    if not months or (wanted.party is None and near is None):
        return Found(months=months, metres=metres)
    condition, joined = near or Q(pk__in=[]), _joined(wanted.party)
    if wanted.party is not None:
        condition |= Q(party=wanted.party) | Q(pk__in=joined)
    rows = listed(user).filter(condition, found_on__gte=since, found_on__lte=wanted.acted_on)
    newest = rows.exclude(pk=wanted.besides or 0).order_by("-found_on", "-pk")
    found = [_earlier(case, wanted, case.pk in joined) for case in newest]
    kept = _ordered(e for e in found if e.by_party or e.metres is None or e.metres <= metres)
    again = [e for e in kept if e.counts]
    named = wanted.cause.tier_factors if wanted.cause else ""
    return Found(kept[:SHOWN], months, metres, factor_of(named, months) if again else "", again)


def _near(wanted: Wanted, metres: int) -> Q | None:
    """Written the same, or within a box around the point; None where no place is known."""
    place = wanted.place.strip()
    found = Q(place=place) if place else None
    if wanted.lon is not None and wanted.lat is not None:
        box = box_around(wanted.lon, wanted.lat, metres)
        inside = Q(lon__range=(box.west, box.east), lat__range=(box.south, box.north))
        found = inside if found is None else found | inside
    return found


def _joined(party: int | None) -> frozenset[int]:
    """The cases to which the party was joined and from which it was not released."""
    if party is None:
        return frozenset()
    rows = CaseParty.objects.filter(party=party, left_on__isnull=True)
    return frozenset(rows.values_list("case", flat=True))


def _earlier(case: Case, wanted: Wanted, joined: bool) -> Earlier:
    """What was found. The penalty of the case is that of its first party: one that was joined does not count by it."""
    by_party = wanted.party is not None and case.party_id == wanted.party
    same_cause = wanted.cause is not None and case.cause.code == wanted.cause.code
    before = Before(
        cause_code=case.cause.code,
        decided_on=case.decided_on,
        punished=bool(case.kinds) and case.state not in FALLEN,
        same_party=by_party,
    )
    again = wanted.cause is not None and counts(before, wanted.cause.code, wanted.acted_on)
    return Earlier(case, by_party or joined, _metres(case, wanted), same_cause, again)


def _metres(case: Case, wanted: Wanted) -> int | None:
    """How far apart, in whole metres; None where the places are only written the same, or one has no point."""
    if None in (case.lon, case.lat, wanted.lon, wanted.lat):
        return None
    lon, lat = case.lon or 0.0, case.lat or 0.0
    return round(metres_between(wanted.lon or 0.0, wanted.lat or 0.0, lon, lat))


def _ordered(found: Iterable[Earlier]) -> list[Earlier]:
    return sorted(found, key=lambda e: (not e.counts, not e.by_party, e.metres or 0))
