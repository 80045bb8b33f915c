"""Frames that were not taken, for whoever sees the device in the registry; those of strangers for the administrator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import RecordEntry
from xiuhua.kernel.record import subject_of
from xiuhua.observations.models import Device, OddFrame

LOOKED = "observations.look_at_odd"


def odd_frames(user: Actor) -> QuerySet[OddFrame]:
    """The last first. Frames lie in a file of their own, so devices are named by their numbers."""
    rows = OddFrame.objects.order_by("-at", "-pk")
    if user.is_system or user.can("devices.manage"):
        return rows
    mine: dict[str, set[str]] = {}
    for protocol, identity in Device.objects.visible(user).values_list("protocol", "identity"):
        mine.setdefault(protocol, set()).add(identity)
    seen = Q(pk__in=[])
    for protocol, identities in mine.items():
        seen |= Q(protocol=protocol, identity__in=identities)
    return rows.filter(seen)


def devices_of_odd(frames: Iterable[OddFrame], user: Actor) -> Mapping[tuple[str, str], Device]:
    """Protocol and number → the device in use that `user` sees."""
    named = {frame.identity for frame in frames}
    found = Device.objects.visible(user).filter(identity__in=named, withdrawn_at__isnull=True)
    return {(device.protocol, device.identity): device for device in found.select_related("unit")}


def looks(frames: Iterable[OddFrame]) -> Mapping[int, RecordEntry]:
    """Frame → the entry of whoever looked at it; the caller has made sure that the frames may be seen."""
    named = {subject_of(frame): frame.pk for frame in frames}
    found = RecordEntry.objects.filter(verb=LOOKED, subject__in=list(named)).order_by("pk")
    return {named[entry.subject]: entry for entry in found}


def look_of(frame: OddFrame) -> RecordEntry | None:
    """Who looked at it; None while nobody did."""
    return kernel.history(subject_of(frame)).filter(verb=LOOKED).first()
