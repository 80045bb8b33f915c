"""The clocks of leads as faces show them. The table of periods is read once a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.workdays import Calendar
from xiuhua.leads import queries, rules
from xiuhua.leads.models import Lead
from xiuhua.web.frame.clocks import Clock, day_clock, moment_clock
from xiuhua.web.frame.http import in_english


class LeadClocks:
    """Draws the deadlines of many leads at one moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.calendar: Calendar = kernel.calendar()
        self.periods: Mapping[str, rules.Period] = {p.code: p for p in queries.periods()}

    def nearest(self, lead: Lead) -> Clock | None:
        """The nearest deadline, from the columns of the lead: no query."""
        period = self.periods.get(lead.due_clock)
        if period is None or lead.due_on is None:
            return None
        return self._draw(period, lead.due_on, lead.due_at, lead.due_provisional)

    def all(self, lead: Lead) -> list[Clock]:
        """Every deadline that runs on the lead, the nearest first."""
        found = rules.running(self.periods.values(), queries.moments_of(lead), self.calendar)
        return [self._draw(r.period, r.day, r.moment, r.provisional) for r in found]

    def _draw(self, period: rules.Period, due_on: date, due_at: datetime | None, provisional: bool) -> Clock:
        what = period.label_en if in_english() else period.label
        if due_at is not None:
            return moment_clock(what, due_at, now=self.now, ground=period.article)
        return day_clock(
            what,
            due_on,
            today=self.now.date(),
            calendar=self.calendar,
            unit=period.unit,
            length=period.length,
            ground=period.article,
            provisional=provisional,
        )
