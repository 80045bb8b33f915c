"""The deadlines of a case that run now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xiuhua.cases.models import Case
from xiuhua.cases.procedure import clocks
from xiuhua.cases.procedure.file import File
from xiuhua.kernel import queries as kernel


def running_clocks(case: Case, file: File, on: date) -> Sequence[clocks.RunningClock]:
    """The deadlines that run now, the nearest first."""
    return sorted(clocks.running(file, case.state, on, kernel.calendar()), key=lambda c: c.due.day)
