"""How a stretch of a file of the street is worked: its rows are checked, held against what stands, and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from xiuhua.duty.backfill.known import Known
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Cells
from xiuhua.kernel.stretches import Numbered, Turn
from xiuhua.leads.backfill import Result, RowFault

P = TypeVar("P")


@dataclass(frozen=True)
class Job:
    """What all stretches of a run share: what is known, from which file, who brings it in, and when."""

    known: Known
    sha256: str
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Steps(Generic[P]):
    """What a kind of file does with its rows: `check` one, `sort` them into a result, `write` the good ones."""

    check: Callable[[int, Cells, Known, datetime], P | list[RowFault]]
    sort: Callable[[Sequence[P | list[RowFault]], Result[P], Job], None]
    write: Callable[[Sequence[P], Job], None]


def work(steps: Steps[P], job: Job, write: bool, stretch: Numbered[Cells], turn: Turn) -> Result[P]:
    checked = [steps.check(number, cells, job.known, job.at) for number, cells in stretch]
    result: Result[P] = Result(len(stretch))
    with turn, transaction.atomic():
        steps.sort(checked, result, job)
        if write and result.good:
            steps.write(result.good, job)
    return result
