"""The clocks of a lead, with the periods of the table and the calendar of working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.leads import rules
from xiuhua.leads.models import Lead, LeadClock

CLOCKS_FILE = "reference:lead_clocks.csv"
_COLUMNS = [field.name for field in fields(rules.Period)]


@lru_cache(maxsize=4)
def _periods(stamp: tuple[int | None, ...]) -> Sequence[rules.Period]:
    return [rules.Period(*row) for row in LeadClock.objects.order_by("pk").values_list(*_COLUMNS)]


def periods() -> Sequence[rules.Period]:
    """Every row of the table of clocks; read once and kept until the table changes."""
    return _periods(kernel.loaded(LeadClock, CLOCKS_FILE))


def _here(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.SHANGHAI) if moment else None


def moments_of(lead: Lead) -> rules.Moments:
    """What the clocks ask of a lead, in the bureau's own zone."""
    return rules.Moments(
        state=lead.state,
        has_reporter=lead.has_reporter,
        kind_clocks=frozenset(lead.kind.clocks.split(";")),
        verify_hours=lead.kind.verify_hours,
        received=lead.received_at.astimezone(clock.SHANGHAI),
        verified=_here(lead.verified_at),
        dispatched=_here(lead.dispatched_at),
        accepted=_here(lead.accepted_at),
        on_scene=_here(lead.on_scene_at),
        answered=_here(lead.answered_at),
    )


def clocks_of(lead: Lead) -> Sequence[rules.Running]:
    """Every deadline that runs on `lead`, the nearest first."""
    return rules.running(periods(), moments_of(lead), kernel.calendar())


def due_columns(lead: Lead) -> dict[str, Any]:
    """The columns that tell the nearest deadline."""
    with kernel.one_look(LeadClock, CLOCKS_FILE):
        found = rules.nearest(clocks_of(lead))
    return {
        "due_clock": found.period.code if found else "",
        "due_on": found.day if found else None,
        "due_at": found.moment if found else None,
        "due_provisional": found.provisional if found else False,
    }
