"""How completely a case is recorded: seconds by step, holes, and recordings that a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from xiuhua.cases.models import Case
from xiuhua.cases.procedure.guards.reading import case_officers
from xiuhua.cases.procedure.recordings import Need, needs
from xiuhua.cases.queries.files import file_of
from xiuhua.evidence import queries as evidence
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules import uses
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor
from xiuhua.observations import queries as observations

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
    """A recording that may belong to a step: at its time, of an officer of the case, or of one whose device was near
    its place (then `metres` is set).
    """

    recording: Recording
    step: str
    stated: str
    seconds: int
    named: bool = True
    metres: int | None = None


def kept_of(case: Case, user: Actor) -> list[Kept]:
    """Every recording that the case needs, with what `user` may see of it."""
    found = needs(_fragments(case))
    ids = {int(item) for need in found for item in need.items if item.isdigit()}
    rows = {str(row.exhibit_id): row for row in evidence.recordings(user).filter(exhibit__in=ids)}
    return [_kept(need, tuple(rows[i] for i in need.items if i in rows)) for need in found]


@dataclass(frozen=True, slots=True)
class Complete:
    """How many acts of a case must be recorded, and on how many something is left to tie or to explain."""

    needed: int
    left: int


def complete_of(case: Case, user: Actor) -> Complete:
    """The completeness of a case in two numbers."""
    kept = kept_of(case, user)
    return Complete(len(kept), sum(not one.complete for one in kept))


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
    """Recordings that `user` should look at, those of its officers and the longest in common first; what was decided is
    left out.
    """
    wanted = {f"{n.step} {n.stated}": span for n in needs(_fragments(case)) if (span := span_of(n))}
    file = file_of(case)
    named = case_officers(file) or [str(o.get("id", "")) for o in file.get("officers") or ()]
    officers = frozenset(int(i) for i in named if i.isdigit())
    if not wanted or not officers:
        return []
    slack = timedelta(seconds=SLACK_SECONDS)
    decided = {row.exhibit_id for row in evidence.decisions(record.subject_of(case))}
    ours = Q(officer__in=officers) | Q(unit=case.handling_unit_id)
    rows: dict[int, Recording] = {}
    near: dict[str, Mapping[int, int]] = {}
    # Step by step: between two of them lie weeks in which the unit recorded other things.
    for key, (since, until) in wanted.items():
        found = evidence.recorded_during(user, since - slack, until + slack).exclude(exhibit__in=decided)
        here = {row.pk: row for row in found.filter(ours)}
        near[key] = _near(case, (since, until), here.values())
        rows |= here
    spans = [
        (row.pk, (row.started_at, row.ended_at), row.officer_id)
        for row in rows.values()
        if row.started_at and row.ended_at
    ]
    matched = uses.proposed(wanted, spans, officers.union(*near.values()), SLACK_SECONDS)
    made = [_proposal(rows[pk], key, seconds, officers, near[key]) for pk, key, seconds in matched]
    return sorted((one for one in made if one.named or one.metres is not None), key=lambda one: not one.named)


def _near(case: Case, span: uses.Span, rows: Iterable[Recording]) -> Mapping[int, int]:
    """Officer → metres from the place of the case at the nearest, of those who recorded while a step lasted."""
    if case.lon is None or case.lat is None:
        return {}
    people = {row.officer_id for row in rows if row.officer_id is not None}
    return observations.passed_near(people, (case.lon, case.lat), evidence.link_limits()["metres"], *span)


def _proposal(
    recording: Recording, key: str, seconds: float, officers: frozenset[int], near: Mapping[int, int]
) -> Proposal:
    step, _, stated = key.partition(" ")
    officer = recording.officer_id or 0
    return Proposal(recording, step, stated, int(seconds), officer in officers, near.get(officer))
