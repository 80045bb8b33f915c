"""The clocks that run on a lead: statutory answers and the desk's own targets. Pure.

A period begins with an event of the lead and ends with another; both are moments that the lead keeps. Which periods
there are, how long and on what ground is data (`reference/lead_clocks.csv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xiuhua.kernel.workdays import Calendar, Unit
from xiuhua.leads.rules.states import CLOSED, State

STARTS = ("received", "verified", "dispatched", "accepted")
ENDS = ("verified", "dispatched", "accepted", "on_scene", "answered", "closed")


@dataclass(frozen=True, slots=True)
class Period:
    """A row of the table of clocks. `length` None: the hours to verify that the kind of lead gives.

    `every`: runs on leads of every kind. `for_reporter`: runs only where somebody reported.
    """

    code: str
    label: str
    label_en: str
    starts: str
    ends: str
    length: int | None
    unit: str
    every: bool
    for_reporter: bool
    article: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Moments:
    """What clocks ask of a lead. Moments are aware; None: not yet."""

    state: str
    has_reporter: bool
    kind_clocks: frozenset[str]
    verify_hours: int
    received: datetime
    verified: datetime | None = None
    dispatched: datetime | None = None
    accepted: datetime | None = None
    on_scene: datetime | None = None
    answered: datetime | None = None

    def at(self, event: str) -> datetime | None:
        found: datetime | None = getattr(self, event)
        return found

    def has_ended(self, event: str) -> bool:
        """Whether a period that ends with `event` is over. A closed lead owes nothing but the answer."""
        if event == "answered":
            return self.answered is not None
        if self.state in CLOSED or self.state == State.HANDED:
            return True
        return event != "closed" and self.at(event) is not None


@dataclass(frozen=True, slots=True)
class Running:
    """A deadline that runs: its last day, for hours also the moment, and whether the calendar was known that far."""

    period: Period
    day: date
    moment: datetime | None
    provisional: bool


def _day(moment: datetime) -> date:
    """The day where the moment was told: moments come in the bureau's own zone."""
    return moment.date()


def _running(period: Period, lead: Moments, start: datetime, calendar: Calendar) -> Running:
    length = lead.verify_hours if period.length is None else period.length
    if period.unit == Unit.HOUR:
        moment = start + timedelta(hours=length)
        return Running(period, _day(moment), moment, provisional=False)
    due = calendar.due(_day(start), length, period.unit)
    # Calendar days and months do not hang on the calendar of working days.
    return Running(period, due.day, None, due.provisional and period.unit == Unit.WORKING_DAY)


def running(periods: Iterable[Period], lead: Moments, calendar: Calendar) -> Sequence[Running]:
    """The deadlines that run on `lead`, the nearest first. The text of the day of receipt counts."""
    found = []
    for period in periods:
        start = lead.at(period.starts)
        if start is None or not period.holds_on(_day(lead.received)):
            continue
        if not (period.every or period.code in lead.kind_clocks):
            continue
        if period.for_reporter and not lead.has_reporter:
            continue
        if not lead.has_ended(period.ends):
            found.append(_running(period, lead, start, calendar))
    return sorted(found, key=_order)


def _order(clock: Running) -> tuple[date, float, str]:
    end_of_day = float("inf")
    return clock.day, clock.moment.timestamp() if clock.moment else end_of_day, clock.period.code


def nearest(clocks: Sequence[Running]) -> Running | None:
    return clocks[0] if clocks else None
