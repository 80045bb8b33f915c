"""Stations, recordings, and who a station is."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiuhua.evidence.models import Derived, Destruction, Recording, Station
from xiuhua.evidence.rules import recordings as rules
from xiuhua.kernel.authz import Actor, Grant, Reach

# What the agent of a station may do: dock recordings and hand their files in. It sees nothing.
DOCKING = frozenset({"evidence.dock", "evidence.add"})


def token_hash(token: str) -> str:
    """What is kept of a station's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def station_of(token: str) -> Station | None:
    """The station that this token names; None for an unknown one and for a station that was closed."""
    if not token:
        return None
    found = Station.objects.filter(token_hash=token_hash(token), ended_at__isnull=True)
    return found.select_related("unit").first()


def station_actor(station: Station) -> Actor:
    """A station as the record names it."""
    grant = Grant("station", station.unit_id, None, DOCKING, Reach.UNIT)
    return Actor(name=station.name, unit_id=station.unit_id, unit_code=station.unit.code, grants=(grant,))


def stations(user: Actor) -> QuerySet[Station]:
    """The stations `user` may see, by name."""
    return Station.objects.visible(user).select_related("unit").order_by("name")


def recordings(user: Actor) -> QuerySet[Recording]:
    """The recordings `user` may see, the last docked first."""
    rows = Recording.objects.visible(user).select_related("station", "officer", "unit", "exhibit")
    return rows.order_by("-pk")


def wanted_of(station: Station) -> list[str]:
    """SHA-256 of the files that this station should send and has not sent, the oldest first."""
    waiting = Recording.objects.filter(station=station, state=rules.State.DOCKED).order_by("pk")
    rows = waiting.values_list("sha256", "important", "asked_at")
    return [
        sha256
        for sha256, important, asked_at in rows
        if rules.wanted(station.policy, important=important, asked=asked_at is not None)
    ]


def recording_of(exhibit: int) -> Recording | None:
    """The recording that became this exhibit; None for what came another way."""
    return Recording.objects.filter(exhibit=exhibit).first()


def recording_behind(exhibit: int) -> Recording | None:
    """The recording that became this exhibit, else the one, if it is still kept, from which it was cut or covered."""
    if (own := recording_of(exhibit)) is not None:
        return own
    parent = Derived.objects.filter(child=exhibit).values_list("parent", flat=True).first()
    behind = recording_behind(parent) if parent is not None else None
    return None if behind is None or behind.state == rules.State.DESTROYED else behind


def docked_at(station: int, sha256: str) -> Recording | None:
    """The recording of this hash that this station has docked and that was not destroyed."""
    found = Recording.objects.filter(station=station, station__ended_at__isnull=True, sha256=sha256)
    return (
        found.exclude(state=rules.State.DESTROYED).select_related("station__unit", "unit", "officer").first()
    )


def docked_between(user: Actor, start: datetime, end: datetime, at: datetime) -> QuerySet[Recording]:
    """Recordings that began between two moments, as they were known at `at`: docked by then, and neither kept
    apart nor gone by then. Asked later for the same moment, the same ones.
    """
    rows = Recording.objects.visible(user).filter(
        started_at__gte=start, started_at__lt=end, docked_at__lte=at
    )
    apart = Q(state=rules.State.QUARANTINED, arrived_at__lte=at)
    # One may stand on an earlier list that kept it: it went with the last of its lists.
    later = Destruction.objects.filter(recordings=OuterRef("pk"), done_at__gt=at)
    gone = Q(state=rules.State.DESTROYED) & ~Exists(later)
    return rows.exclude(apart).exclude(gone)


def recorded_during(user: Actor, start: datetime, end: datetime) -> QuerySet[Recording]:
    """Recordings with a file that run into the time between two moments, the earliest first."""
    rows = recordings(user).filter(exhibit__isnull=False, started_at__lte=end, ended_at__gte=start)
    return rows.order_by("started_at", "pk")
