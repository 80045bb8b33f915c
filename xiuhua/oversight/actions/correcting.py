"""A decision of ours fell: the unit that made it is asked what went wrong and what it mends."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from xiuhua.kernel import clock, numbering, outbox, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import queries as org
from xiuhua.oversight import rules
from xiuhua.oversight.actions.looking import begin_clock
from xiuhua.oversight.models import Correction

if TYPE_CHECKING:
    from xiuhua.cases.queries import Remedy


def open_correction(*, remedy: Remedy, at: datetime) -> Correction | None:
    """Send the unit its suggestion to correct (纠正执法过错建议书), once for each remedy that was lost.

    None where the remedy did not go against the decision after all, or was answered for already.
    """
    ended = remedy.ended_on
    if ended is None or not remedy.overturned or Correction.objects.filter(remedy=remedy).exists():
        outbox.finish()
        return None
    case, bureau = remedy.case, org.bureau()
    with record.act("oversight.open_correction", by=SYSTEM, at=at) as act:
        number = numbering.take(
            kind="fault_correction",
            unit_code=bureau.code if bureau else "",
            year=clock.day_of(at).year,
            subject=record.subject_of(case),
            act=act,
        )
        row = Correction(
            number=number,
            remedy=remedy,
            case=case,
            unit=case.handling_unit,
            state=rules.State.SENT,
            outcome=remedy.outcome,
            ended_on=ended,
            ground=remedy.ground,
            found=remedy.found,
            opened_at=at,
        )
        begin_clock(row, at)
        row.save(force_insert=True)
        facts = {"case": case.number, "remedy": remedy.kind, "outcome": row.outcome, "due_on": row.due_on}
        act.entry(on=row, facts=facts)
        outbox.finish()
    return row
