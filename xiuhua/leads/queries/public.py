"""What is told outside: to whoever reported, by the number they hold, and to everybody, coarsely.

Only leads that came in through the open interface are public at all. What officers find, what other agencies pass on
and what runs as a case is not told here; nobody learns from this where officers will look next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import QuerySet

from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.workdays import Calendar
from xiuhua.leads import rules
from xiuhua.leads.models import Lead
from xiuhua.leads.queries.clocks import moments_of, periods

# Public sentences while a lead is open: what is being done, and no more.
UNDER_WAY = {
    rules.State.REGISTERED: "已收到，正在核实。",
    rules.State.VERIFIED: "已核实，正在派发承办单位。",
    rules.State.DISPATCHED: "已派发承办单位。",
    rules.State.RETURNED: "正在重新确定承办单位。",
    rules.State.ACCEPTED: "承办单位正在处理。",
    rules.State.HANDED: "承办单位正在依法查处。",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the public is told of one report."""

    is_closed: bool
    sentence: str
    updated_at: datetime
    outcome: str


def answer_of(lead: Lead) -> Answer:
    """Where a report stands. A merged one is answered by the lead it was merged into."""
    head = lead.merged_into or lead
    if head.outcome:
        return Answer(True, head.outcome_note, head.outcome_at or head.state_since, head.outcome)
    sentence = UNDER_WAY[rules.State(head.state)]
    return Answer(False, sentence, max(head.state_since, lead.state_since), "")


def posted_by(user: Actor) -> QuerySet[Lead]:
    """The leads that a machine posted itself, with everything that was posted but the reporter."""
    own = user.scope("leads.post").own_id
    rows = Lead.objects.visible(user).select_related("kind", "area", "unit", "merged_into")
    rows = rows.prefetch_related("media")
    return rows.filter(registered_by=own) if own is not None else rows.none()


def published() -> QuerySet[Lead]:
    """Reports that came in through the open interface, for anybody. The face shows kind, area, a coarse place, status
    and times only; content, exact place and pictures are for the one who posted them.
    """
    return (
        Lead.objects.filter(source=rules.Source.OPEN311)
        .select_related("kind", "area", "unit", "merged_into")
        .defer("content", "attributes", "place", "search")
        .order_by("-received_at", "-pk")
    )


def answer_clocks() -> tuple[Sequence[rules.Period], Calendar]:
    """The periods within which a reporter is answered, and the calendar they are counted by."""
    return [p for p in periods() if p.ends == "answered"], kernel.calendar()


def expected_at(lead: Lead, table: Sequence[rules.Period], calendar: Calendar) -> datetime | None:
    """When the answer is due at the latest: the end of the day of the nearest clock. None if it was given."""
    found = rules.nearest(rules.running(table, moments_of(lead), calendar))
    if found is None or lead.outcome:
        return None
    return found.moment or datetime.combine(found.day, time(23, 59, 59), clock.SHANGHAI)
