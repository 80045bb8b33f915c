"""How completely a case is recorded: seconds by step, holes, and recordings that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xiuhua.cases.models import Case
from xiuhua.cases.procedure.guards.reading import case_officers
from xiuhua.cases.procedure.recordings import Need, needs
from xiuhua.cases.queries.files import file_of
from xiuhua.evidence import queries as evidence
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules import uses
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor

# Clocks of people and of recorders differ by so much at most; what lies nearer is worth a look.
SLACK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A needed recording and what is there of it; `covered` is None where nobody told how long the act lasted."""

    need: Need
    tied: tuple[Recording, ...]
    covered: uses.Covered | None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to explain: enough is there (nine tenths), or the reason is."""
        if self.need.reason:
            return True
        if self.covered is None:
            return bool(self.tied)
        return bool(self.tied) and self.covered.recorded >= 0.9 * self.covered.required


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recording that may belong to a step: of an officer of the case, at its time."""

    recording: Recording
    step: str
    stated: str
    seconds: int


def kept_of(case: Case, user: Actor) -> list[Kept]:
    """Every recording that the case needs, with what `user` may see of it."""
    found = needs(_fragments(case))
    ids = {int(item) for need in found for item in need.items if item.isdigit()}
    rows = {str(row.exhibit_id): row for row in evidence.recordings(user).filter(exhibit__in=ids)}
    return [_kept(need, tuple(rows[i] for i in need.items if i in rows)) for need in found]


def _fragments(case: Case) -> list[dict[str, object]]:
    return [dict(case.base), *case.steps.order_by("seq").values_list("facts", flat=True)]


def _kept(need: Need, tied: tuple[Recording, ...]) -> Kept:
    span = span_of(need)
    spans = [(row.started_at, row.ended_at) for row in tied if row.started_at and row.ended_at]
    return Kept(need, tied, uses.covered(span, spans) if span else None)


def span_of(need: Need) -> uses.Span | None:
    """From when to when the act lasted, where it is told and is a span."""
    if not need.since or not need.until:
        return None
    start, end = _moment(need.since), _moment(need.until)
    return (start, end) if start < end else None


def _moment(text: str) -> datetime:
    """File times are those of the bureau's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def proposals(case: Case, user: Actor) -> list[Proposal]:
    """Recordings that `user` should look at, the longest in common first; what was decided is left out."""
    wanted = {f"{n.step} {n.stated}": span for n in needs(_fragments(case)) if (span := span_of(n))}
    file = file_of(case)
    named = case_officers(file) or [str(o.get("id", "")) for o in file.get("officers") or ()]
    officers = frozenset(int(i) for i in named if i.isdigit())
    if not wanted or not officers:
        return []
    slack = timedelta(seconds=SLACK_SECONDS)
    decided = {row.exhibit_id for row in evidence.decisions(record.subject_of(case))}
    near = evidence.recordings(user).filter(
        exhibit__isnull=False,
        officer__in=officers,
        started_at__lte=max(span[1] for span in wanted.values()) + slack,
        ended_at__gte=min(span[0] for span in wanted.values()) - slack,
    )
    rows = {row.pk: row for row in near.exclude(exhibit__in=decided)}
    spans = [
        (row.pk, (row.started_at, row.ended_at), row.officer_id)
        for row in rows.values()
        if row.started_at and row.ended_at
    ]
    found = uses.proposed(wanted, spans, officers, SLACK_SECONDS)
    return [_proposal(rows[pk], key, seconds) for pk, key, seconds in found]


def _proposal(recording: Recording, key: str, seconds: float) -> Proposal:
    step, _, stated = key.partition(" ")
    return Proposal(recording, step, stated, int(seconds))
