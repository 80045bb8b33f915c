"""What time itself does: the moves of the system, and the last day of the wait that each of them ends. Pure.

A wait ends on its last day; from the day after the move is possible. Where the same day is asked by a guard, it is
read by the same function as there, so that table and guard cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.hearing import asked_until
from xiuhua.cases.procedure.guards.notice import defence_until
from xiuhua.cases.procedure.guards.payment import instalment_until
from xiuhua.cases.procedure.guards.reading import block, iso, owed, paid, pay_until
from xiuhua.cases.procedure.moves import Table
from xiuhua.kernel.workdays import ONE, Calendar

Until = Callable[[File, Calendar], date | None]


@dataclass(frozen=True, slots=True)
class Lapse:
    """`move` becomes possible when the day `last` is over."""

    move: str
    last: date

    @property
    def first(self) -> date:
        """The first day on which the move is possible."""
        return self.last + ONE


def _unpaid(file: File, calendar: Calendar) -> date | None:
    """The last day to pay, while something is owed and nothing was deferred (PPL21 §67); of several parties, the first
    of theirs.
    """
    if apart.pays_apart(file):
        return min(filter(None, (pay_until(a, calendar) for a in apart.open_shares(file))), default=None)
    if block(file, "deferral").get("approved_on") or paid(file) >= owed(file) - 0.005:
        return None
    return pay_until(file, calendar)


def _unasked(file: File, calendar: Calendar) -> date | None:
    """The last day to ask for a hearing, while nobody has asked in time."""
    until, asked = asked_until(file, calendar), block(file, "hearing").get("requested_on")
    return None if until and asked and iso(asked) <= until else until


LAPSES: Mapping[str, Until] = {
    "let_defence_lapse": lambda file, calendar: defence_until(file),
    "let_hearing_lapse": _unasked,
    "fall_overdue": _unpaid,
    "break_deferral": lambda file, calendar: instalment_until(file),
}


def lapse_of(table: Table, state: str, file: File, calendar: Calendar) -> Lapse | None:
    """What time will do to a case that stays in `state` as its file is now; None where it does nothing."""
    for move in table.leaving(state):
        if "system" in move.roles and (last := LAPSES[move.id](file, calendar)):
            return Lapse(move.id, last)
    return None
