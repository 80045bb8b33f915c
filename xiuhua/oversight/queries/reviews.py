"""Draws and samples, and a draw done again from its seed."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from xiuhua.evidence import queries as evidence
from xiuhua.kernel import clock, record
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.oversight import rules
from xiuhua.oversight.models import Draw, Finding, Sample


def month_of(day: date) -> date:
    """The first day of its month, by which months are named."""
    return day.replace(day=1)


def month_span(month: date) -> tuple[datetime, datetime]:
    """From its first moment to the first of the next month, where the bureau works."""
    start = datetime(month.year, month.month, 1, tzinfo=clock.SHANGHAI)
    year, last = divmod(month.month, 12)
    return start, datetime(month.year + year, last + 1, 1, tzinfo=clock.SHANGHAI)


def samples(user: Actor) -> QuerySet[Sample]:
    """The drawn recordings `user` may see, the last drawn first."""
    rows = Sample.objects.visible(user).select_related("unit", "recording__officer", "recording__exhibit")
    return rows.order_by("-pk")


def draws(user: Actor) -> QuerySet[Draw]:
    """The draws `user` may see, the latest first."""
    return Draw.objects.visible(user).order_by("-pk")


def findings_of(sample: Sample) -> QuerySet[Finding]:
    """The sheet of a sample in its order."""
    return Finding.objects.filter(sample=sample).select_related("item").order_by("item__position", "pk")


def watched(sample: Sample, user: Actor) -> bool:
    """Whether `user` played the recording for this review."""
    played = kernel.history(record.subject_of(sample)).filter(verb="oversight.watch", actor_id=user.user_id)
    return played.exists()


def candidates(month: date, at: datetime, before: int | None = None) -> list[rules.Candidate]:
    """What could be drawn of a month at a moment: known by then, whole, and not drawn before (draw `before`)."""
    start, end = month_span(month)
    taken = Sample.objects.filter(month=month)
    if before is not None:
        taken = taken.filter(draw__lt=before)
    rows = evidence.docked_between(SYSTEM, start, end, at).exclude(pk__in=taken.values("recording"))
    found = rows.order_by("pk").values_list("pk", "unit_id", "officer_id", "sha256")
    return [rules.Candidate(*row) for row in found]


def repeats(draw: Draw) -> bool:
    """Whether the draw, done again from its seed over the same recordings, takes the same ones in the same order."""
    wanted = {row["unit"]: row["wanted"] for row in draw.strata}
    again = rules.draw(
        draw.seed,
        candidates(draw.month, draw.drawn_at, before=draw.pk),
        wanted,
        not_units=frozenset(draw.not_units),
        not_officer=draw.not_officer,
    )
    told = [(row["unit"], row["held"], row["digest"]) for row in draw.strata]
    rows = draw.samples.order_by("unit", "place").values_list("recording", flat=True)
    same = [one.key for stratum in again for one in stratum.drawn] == list(rows)
    return same and told == [(stratum.unit, stratum.held, stratum.digest) for stratum in again]


def waiting_for(user: Actor) -> QuerySet[Sample]:
    """What waits for this person: to look at, to answer, to decide, to close."""
    own = Q(unit__in={grant.unit_id for grant in user.grants})
    if user.officer_id is not None:
        own |= Q(recording__officer__isnull=False, recording__officer=user.officer_id)
    found = Q(pk__in=[])
    if user.can("oversight.review"):
        found |= Q(state__in=(rules.State.DRAWN, rules.State.REPLIED)) & ~own
    if user.can("oversight.answer"):
        found |= Q(state=rules.State.SENT)
    if user.can("oversight.decide"):
        found |= Q(state=rules.State.APPEALED) & ~Q(reviewer=user.user_id) & ~own
    return Sample.objects.visible(user).filter(found)
