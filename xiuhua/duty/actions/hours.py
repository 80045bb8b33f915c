"""Whoever keeps positions is told when people are on duty: outside their shifts nobody is followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xiuhua.duty.models import Shift
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor
from xiuhua.observations import actions as observations


def tell_hours(*, shifts: Iterable[Shift], by: Actor, at: datetime) -> None:
    """The hours of each shift that is not over, in place of what was said of it before; a cancelled one has none."""
    for shift in shifts:
        if shift.ends_at <= at:
            continue
        span = (shift.starts_at, shift.ends_at)
        # The cars of a unit, which nobody bears, are on the road while somebody of the unit is.
        hours = (
            observations.Stretch(*span, officer=shift.officer),
            observations.Stretch(*span, unit=shift.unit),
        )
        observations.put_hours(
            source=record.subject_of(shift), stretches=() if shift.cancelled else hours, by=by, at=at
        )
