"""The clocks of a matter: until when its next moves should come, and from when those that wait may. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from xiuhua.cases.procedure.file import at
from xiuhua.cases.procedure.guards.reading import iso
from xiuhua.cases.procedure.moves import ClockRule, Move
from xiuhua.cases.procedure.periods import clock_on
from xiuhua.cases.procedure.side.shape import Side
from xiuhua.kernel.workdays import ONE, Calendar, Due

HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Running:
    """`move` should come by the end of `due.day`, or by `moment` where the law counts hours; if it `waits`, not before.

    `moment` is local time without a zone, as files keep moments. What `opens` is a wait beside the move's own clock.
    """

    move: Move
    due: Due
    moment: datetime | None
    opens: bool = False

    @property
    def waits(self) -> bool:
        return self.opens or self.move.waits

    @property
    def first(self) -> date:
        """The first day after the wait."""
        return self.due.day + ONE


def running(side: Side, state: str, file: Mapping[str, Any], on: date, calendar: Calendar) -> list[Running]:
    """The clocks of the moves that leave `state` by the law of `on`, the nearest first.

    A clock whose event has not happened yet does not run, nor one that counts back from an event to come.
    """
    found = _found(side, state, file, on, calendar)
    return sorted(found, key=lambda r: (r.due.day, r.moment or datetime.combine(r.due.day, time.max)))


def _found(
    side: Side, state: str, file: Mapping[str, Any], on: date, calendar: Calendar
) -> Iterator[Running]:
    for move in side.table_on(on).leaving(state):
        if move.id in side.opens and (shut := side.opens[move.id](file, calendar)) and shut >= on:
            yield Running(move, Due(shut, provisional=shut > calendar.known_until), None, opens=True)
            if move.waits:
                continue
        if (reckon := side.until.get(move.id)) and (day := reckon(file, calendar)):
            yield Running(move, Due(day, provisional=day > calendar.known_until), None)
        elif last := at(file, side.ends.get(move.id, "")):
            yield Running(move, Due(date.fromisoformat(last[:10])), None)
        elif move.clock and move.clock.length > 0 and (start := _start(side, move.clock, file, calendar)):
            yield _from(start, move, _rule(side, move, move.clock, start), calendar)


def _rule(side: Side, move: Move, clock: ClockRule, start: str) -> ClockRule:
    """The clock of the move, in the length that the law set on the day of the event."""
    row = clock_on(side.families[move.id], iso(start)) if move.id in side.families else None
    return ClockRule(clock.start_event, row.length, row.unit) if row and row.length else clock


def _start(side: Side, clock: ClockRule, file: Mapping[str, Any], calendar: Calendar) -> str:
    """The day or moment on which a clock began, as ISO text; empty where it does not run."""
    if reckon := side.reckoned.get(clock.start_event):
        day = reckon(file, calendar)
        return day.isoformat() if day else ""
    return str(at(file, side.events[clock.start_event]) or "")


def _from(start: str, move: Move, clock: ClockRule, calendar: Calendar) -> Running:
    if clock.unit == HOUR:
        moment = datetime.fromisoformat(start) + timedelta(hours=clock.length)
        return Running(move, Due(moment.date()), moment)
    return Running(move, calendar.due(date.fromisoformat(start[:10]), clock.length, clock.unit), None)


def lapse(side: Side, state: str, file: Mapping[str, Any], on: date, calendar: Calendar) -> Running | None:
    """The move that time itself makes of a matter that stays in `state`; None where it makes none."""
    return next((r for r in running(side, state, file, on, calendar) if "system" in r.move.roles), None)
