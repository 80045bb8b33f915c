"""Recordings of a case are held for each reconsideration and suit until its last word, beside the hold of the case."""

from __future__ import annotations

from datetime import datetime

from xiuhua.cases.models import Case, Remedy
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as recordings
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.keeping import HoldKind
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM

KINDS = {
    Remedy.Kind.RECONSIDERATION: HoldKind.RECONSIDERATION,
    Remedy.Kind.LITIGATION: HoldKind.LITIGATION,
}
OVER = "复议、诉讼已终结"


def follow_remedy(row: Remedy, at: datetime) -> None:
    """What the case holds, its remedy holds too while it lasts; with its last word it lets go."""
    if row.ended_on is not None:
        evidence.end_holds(subject=record.subject_of(row), reason=OVER, by=SYSTEM, at=at)
        return
    for one in recordings.held_for(record.subject_of(row.case)):
        _hold(row, one, at)


def follow_recording(case: Case, recording: Recording, at: datetime) -> None:
    """A recording that the case holds from now on serves its running remedies, too."""
    for row in Remedy.objects.filter(case=case, ended_on__isnull=True).select_related("case"):
        _hold(row, recording, at)


def _hold(row: Remedy, recording: Recording, at: datetime) -> None:
    if recording.state == "destroyed":
        return
    evidence.hold(
        recording=recording,
        subject=record.subject_of(row),
        label=row.case.number,
        kind=KINDS[Remedy.Kind(row.kind)],
        by=SYSTEM,
        at=at,
    )
