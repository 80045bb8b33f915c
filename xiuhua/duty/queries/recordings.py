"""Recordings that may belong to a task, to what was found on patrol, or to a lead: by officer, time and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from xiuhua.duty.models import Finding, Task
from xiuhua.evidence import queries as evidence
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules import links
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor
from xiuhua.leads.queries import Lead
from xiuhua.leads.rules import Source
from xiuhua.observations import queries as observations

# So many recordings of one time are looked through.
MOST = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """For what recordings are sought. `subject` names it in the record; `complaint`: what is taken is held for it."""

    on: Task | Finding | Lead
    label: str
    unit: int | None
    since: datetime
    until: datetime
    officers: frozenset[int] = frozenset()
    place: tuple[float, float] | None = None
    complaint: bool = False

    @property
    def subject(self) -> str:
        return record.subject_of(self.on)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A recording, and why it is proposed."""

    recording: Recording
    match: links.Match


def sought_for_task(task: Task, at: datetime) -> Sought:
    """From when it was given until it was done, by the officer who has it."""
    officers = frozenset({task.officer_id} if task.officer_id else ())
    until = task.done_at or min(at, task.due_at)
    return Sought(task, task.title, task.unit_id, task.issued_at, max(until, task.issued_at), officers)


def sought_for_lead(lead: Lead) -> Sought:
    """Around the moment it was found on patrol, by who found it and at its place; else around when it was told."""
    around = timedelta(minutes=evidence.link_limits()["minutes"])
    place = (lead.lon, lead.lat) if lead.lon is not None and lead.lat is not None else None
    finding = Finding.objects.filter(lead=lead).first()
    if finding is not None:
        span = (finding.found_at - around, finding.found_at + around)
        return Sought(finding, lead.number, finding.unit_id, *span, frozenset({finding.officer_id}), place)
    span = (lead.received_at - around, lead.received_at + around)
    complaint = lead.source == Source.COMPLAINT
    return Sought(lead, lead.number, lead.unit_id, *span, place=place, complaint=complaint)


def proposals(sought: Sought, user: Actor) -> list[Proposed]:
    """What `user` may see and should look at; what was decided is left out."""
    decided = {row.exhibit_id for row in evidence.decisions(sought.subject)}
    found = evidence.recorded_during(user, sought.since, sought.until).exclude(exhibit__in=decided)
    rows = {row.pk: row for row in found[:MOST]}
    spans = [
        (row.pk, (row.started_at, row.ended_at), row.officer_id)
        for row in rows.values()
        if row.started_at and row.ended_at
    ]
    matched = links.matches(
        (sought.since, sought.until), spans, sought.officers, _near(sought, rows.values())
    )
    return [Proposed(rows[match.key], match) for match in matched]


def _near(sought: Sought, rows: Iterable[Recording]) -> dict[int, int]:
    """Officer → metres from the place, of those who recorded at that time."""
    if sought.place is None:
        return {}
    people = {row.officer_id for row in rows if row.officer_id}
    metres = evidence.link_limits()["metres"]
    return dict(observations.passed_near(people, sought.place, metres, sought.since, sought.until))


def taken(sought: Sought, user: Actor) -> Sequence[tuple[Recording | None, str, str, bool]]:
    """What was decided: the recording (None where `user` does not see it), by whom, why, and whether it was taken."""
    rows = evidence.decisions(sought.subject)
    seen = {
        r.exhibit_id: r for r in evidence.recordings(user).filter(exhibit__in=[d.exhibit_id for d in rows])
    }
    return [(seen.get(d.exhibit_id), d.by_name, d.reason, d.taken) for d in rows]
