"""Tracks as fixes. Who asks must have passed `actions.look_at_track`: these reads are for it and for jobs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from xiuhua.kernel import clock
from xiuhua.observations import rules
from xiuhua.observations.models import Device, Position
from xiuhua.observations.queries.known import milliseconds
from xiuhua.observations.queries.lake import file_of, fixes_in


def day_span(day: date) -> tuple[int, int]:
    """First moment of the day, and of the day after, where the bureau works."""
    start = datetime.combine(day, time.min, clock.SHANGHAI)
    return milliseconds(start), milliseconds(start + timedelta(days=1))


def fixes(device_id: int, since: int, until: int) -> list[rules.Fix]:
    """The fixes of a device from `since` up to `until`, which are still in the database."""
    rows = Position.objects.filter(device=device_id, at__gte=since, at__lt=until).order_by("at")
    return [rules.Fix(*row) for row in rows.values_list("at", "lon", "lat", "speed", "course", "altitude")]


def day_fixes(device: Device, day: date) -> list[rules.Fix]:
    """The fixes of a day, from the database and from the file of the day, each moment once."""
    there = {fix.at: fix for fix in fixes_in(file_of(day, device.kind), device.pk)}
    there |= {fix.at: fix for fix in fixes(device.pk, *day_span(day))}
    return [there[at] for at in sorted(there)]
