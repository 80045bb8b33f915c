"""The deadlines of a case that run now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xiuhua.cases.models import Case
from xiuhua.cases.procedure import clocks, demolition_clocks
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.lapsing import Lapse, lapse_of
from xiuhua.cases.procedure.tables import table_on
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.workdays import Calendar


def running_clocks(case: Case, file: File, on: date) -> Sequence[clocks.RunningClock]:
    """The deadlines that run now, the nearest first."""
    return _running(file, case.state, on, kernel.calendar())


def _running(file: File, state: str, on: date, calendar: Calendar) -> Sequence[clocks.RunningClock]:
    own = (file.get("case") or {}).get("procedure") == Case.Procedure.DEMOLITION
    if own:
        return demolition_clocks.running(file, state, on, calendar)
    return clocks.running(file, state, on, calendar)


def nearest_clock(
    file: File, state: str, on: date, calendar: Calendar | None = None
) -> tuple[str, date | None, bool, datetime | None]:
    """Code, last day, whether it is provisional, and the moment where the law counts hours, of the nearest deadline.

    They are the columns of a case; ("", None, False, None) where nothing runs.

    Whoever asks for many files brings the calendar along.
    """
    running = _running(file, state, on, calendar or kernel.calendar())
    if not running:
        return "", None, False, None
    first = running[0]
    moment = first.moment.replace(tzinfo=clock.SHANGHAI) if first.moment else None
    return first.clock_id, first.due.day, first.provisional, moment


def lapse(case: Case, file: File, on: date, calendar: Calendar | None = None) -> Lapse | None:
    """What time will do to the case where it stands, by the law in force on `on`; None if it does nothing."""
    return lapse_of(table_on(case.procedure, on), case.state, file, calendar or kernel.calendar())
