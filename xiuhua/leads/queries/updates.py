"""What happened to public reports within a time, step by step, as the public is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from xiuhua.kernel import record
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads import rules
from xiuhua.leads.models import Lead
from xiuhua.leads.queries.public import UNDER_WAY

# Entries of the record that change what the public is told → the state they lead to.
_TOLD = {
    "leads.verify": rules.State.VERIFIED,
    "leads.dispatch": rules.State.DISPATCHED,
    "leads.accept": rules.State.ACCEPTED,
    "leads.return": rules.State.RETURNED,
    "leads.hand_to_case": rules.State.HANDED,
}
_CLOSING = (
    "leads.settle",
    "leads.refuse",
    "leads.transfer_out",
    "leads.record_outcome",
    "leads.share_outcome",
)


@dataclass(frozen=True, slots=True)
class Update:
    """One step of a report, as the public is told of it; `id` is that of its entry in the record."""

    id: int
    public_id: str
    is_closed: bool
    at: datetime
    sentence: str


# How many subjects one query asks about.
_ASKED = 500


def updates_of(rows: QuerySet[Lead], start: datetime, end: datetime, most: int) -> Sequence[Update]:
    """What happened to `rows` from `start` to `end`, oldest first, the first `most`."""
    # Whatever changed since `start` has its last change no earlier.
    changed = rows.filter(Q(state_since__gte=start) | Q(outcome_at__gte=start), received_at__lte=end)
    touched = {record.subject_of(lead): lead for lead in changed}
    subjects = list(touched)
    updates: list[Update] = []
    for first in range(0, len(subjects), _ASKED):
        entries = RecordEntry.objects.filter(
            subject__in=subjects[first : first + _ASKED],
            at__gte=start,
            at__lte=end,
            verb__in=[*_TOLD, *_CLOSING],
        )
        found = entries.values_list("pk", "subject", "verb", "at")
        updates += [_update(pk, touched[about], verb, at) for pk, about, verb, at in found]
    return sorted(updates, key=lambda u: u.id)[:most]


def _update(entry: int, lead: Lead, verb: str, at: datetime) -> Update:
    closed = verb in _CLOSING
    return Update(entry, lead.public_id, closed, at, lead.outcome_note if closed else UNDER_WAY[_TOLD[verb]])
