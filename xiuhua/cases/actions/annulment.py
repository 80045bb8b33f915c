"""What the platform does by itself after a reconsideration or suit: it orders the withdrawal of what was published of a
decision that fell, and writes down that a right of the party ran out.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiuhua.cases import queries
from xiuhua.cases.actions.annulment_rows import WAITS_IN
from xiuhua.cases.actions.matters import begin
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.kernel import clock, outbox
from xiuhua.kernel.authz import SYSTEM

RECALL = "publication_recall"


def recall_publication(*, case: Case, at: datetime) -> Matter | None:
    """Order the withdrawal of what was published of the decision of `case`, if it fell and stands published.

    There is no connection to the places of publication: what is ours is the day on which it fell, the clock of the law
    and the work that waits for whoever publishes. The withdrawal itself is made there and stated here. None where there
    is nothing to withdraw, or its withdrawal is under way; of several parties published apart, the last one ordered.
    """
    made = None
    with transaction.atomic():
        for party in queries.whose(queries.sides()[RECALL], queries.file_of(case)):
            made = _by_itself(case, RECALL, "order_recall", at, party) or made
        outbox.finish()
    return made


def lapse_right(*, case: Case, procedure: str, move: str, at: datetime) -> Matter | None:
    """Write down that the party let its time for a remedy go by, if it did; None where it did not, or it is known."""
    if case.state != WAITS_IN:
        outbox.finish()
        return None
    with transaction.atomic():
        made = _by_itself(case, procedure, move, at)
        outbox.finish()
    return made


def _by_itself(case: Case, procedure: str, move: str, at: datetime, party: str = "") -> Matter | None:
    """Begin a matter as the system, if its guards say so; the caller ends the job in the same transaction."""
    side, today = queries.sides()[procedure], clock.day_of(at)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    place, setting = queries.place_in(locked, side, today, party=party), queries.setting(today)
    row = place.table.move(move)
    begun = locked.matters.filter(procedure=procedure, state=row.target, party=party).exists()
    proved = all(GUARDS[name].check(place.file, setting) for name in row.guards)
    made = None
    if proved and not begun and queries.may_begin(locked, side):
        made = begin(case=locked, procedure=procedure, move=move, values={}, by=SYSTEM, at=at, party=party)
    return made
