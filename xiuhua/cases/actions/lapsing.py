"""What time itself does: the move of a wait that ran out.

Every step that leaves a case waiting asks the outbox to look again on the day after (`stepping.wait`). Whatever
happened meanwhile, the look is a new one: a case that moved on is left alone, a deadline that moved is waited for
anew, and the move is one like any other, with its guards and its entry, made by the system.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiuhua.cases import queries
from xiuhua.cases.actions.joined import take
from xiuhua.cases.actions.stepping import wait
from xiuhua.cases.models import Case, Step
from xiuhua.kernel import clock, outbox
from xiuhua.kernel.authz import SYSTEM


def lapse(*, case: Case, at: datetime) -> Step | None:
    """Make the move that time makes of `case`, if its wait is over at `at` by the law of that day; else None.

    Raises Refused where a guard speaks against it though the wait is over: somebody has to look. The job that asked
    for it is done in the same transaction.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        file, today = queries.file_of(locked), clock.day_of(at)
        due, step = queries.lapse(locked, file, today), None
        if due is not None and due.first <= today:
            step = take(case=case, move=due.move, values={}, by=SYSTEM, at=at)
        else:
            wait(locked, file, today)
        outbox.finish()
    return step
