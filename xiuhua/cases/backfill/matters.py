"""The matters of a history (seizures, hearings, suits beside the road) as the rows to be written. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from xiuhua.cases.backfill.history import History, Moment
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.side import clocks
from xiuhua.cases.procedure.side.clocks import Running
from xiuhua.cases.procedure.side.folding import Own, as_read_in
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.workdays import Calendar

# Columns of a matter, in the order in which `Beside` holds their values.
MATTER = (
    "procedure",
    "number",
    "party",
    "state",
    "state_since",
    "ended",
    "clock",
    "due_on",
    "due_at",
    "due_provisional",
    "opened_at",
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A matter that may be written: the values of its columns, its block, the places of its steps from 0, and the wait
    that time alone will end.
    """

    values: tuple[Any, ...]
    procedure: str
    since: datetime
    block: Mapping[str, Any]
    steps: tuple[int, ...]
    ends: Running | None


@dataclass(frozen=True, slots=True)
class _Walked:
    """A history that was walked without a fault, and the day on which it comes in."""

    said: History
    run: walk.Replay
    today: date
    calendar: Calendar


def of_run(said: History, run: walk.Replay, today: date, calendar: Calendar) -> tuple[Beside, ...]:
    """The matters of a history that was walked without a fault, in the order in which they began."""
    walked, whole = _Walked(said, run, today, calendar), run.whole if run.matters else {}
    return tuple(_beside(name, own, walked, as_read_in(whole, own)) for name, own in run.matters.items())


def _beside(name: str, own: Own, walked: _Walked, file: Mapping[str, Any]) -> Beside:
    said, run, today, calendar = walked.said, walked.run, walked.today, walked.calendar
    places = [i for i, step in enumerate(said.steps) if step.matter == name]
    entered = [i for i in places if not run.made[i][0].stays or i == places[0]]
    since: Moment = said.steps[entered[-1]]
    ended = own.side.table_on(today).state(own.state).final
    running = [] if ended else clocks.running(own.side, own.state, file, today, calendar)
    nearest = next((r for r in running if not r.waits), None)
    values = (
        own.side.procedure,
        int(name.partition(":")[2]),
        own.party,
        own.state,
        since.kept,
        ended,
        nearest.move.id if nearest else "",
        nearest.due.day.isoformat() if nearest else None,
        _kept(nearest.moment) if nearest and nearest.moment else None,
        bool(nearest and nearest.due.provisional),
        said.steps[places[0]].kept,
    )
    ends = None if ended else clocks.lapse(own.side, own.state, file, today, calendar)
    stood = datetime.fromisoformat(since.kept).replace(tzinfo=UTC)
    return Beside(
        values, own.side.procedure, stood, dict(own.block) or _shared(file, own), tuple(places), ends
    )


def _shared(file: Mapping[str, Any], own: Own) -> dict[str, Any]:
    """The block of a matter of which a case has one at a time lies in the file itself."""
    return dict(file.get(own.side.block) or {})


def _kept(moment: datetime) -> str:
    """A local moment as the tables keep it."""
    return moment.replace(tzinfo=SHANGHAI).astimezone(UTC).replace(tzinfo=None).isoformat(" ")
