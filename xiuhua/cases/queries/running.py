"""The deadlines of a case that run now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xiuhua.cases.models import Case
from xiuhua.cases.procedure import clocks
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.lapsing import Lapse, lapse_of
from xiuhua.cases.procedure.tables import table_on
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.workdays import Calendar


def running_clocks(case: Case, file: File, on: date) -> Sequence[clocks.RunningClock]:
    """The deadlines that run now, the nearest first."""
    return clocks.running(file, case.state, on, kernel.calendar())


def nearest_clock(
    file: File, state: str, on: date, calendar: Calendar | None = None
) -> tuple[str, date | None, bool]:
    """Code, last day and whether it is provisional of the nearest deadline: the columns of a case; ("", None, False).

    Whoever asks for many files brings the calendar along.
    """
    running = clocks.running(file, state, on, calendar or kernel.calendar())
    return (running[0].clock_id, running[0].due.day, running[0].provisional) if running else ("", None, False)


def lapse(case: Case, file: File, on: date, calendar: Calendar | None = None) -> Lapse | None:
    """What time will do to the case where it stands, by the law in force on `on`; None if it does nothing."""
    return lapse_of(table_on(case.procedure, on), case.state, file, calendar or kernel.calendar())
