"""Decisions that fell, and what their units say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiuhua.cases.queries import Remedy, Step
from xiuhua.kernel.authz import Actor
from xiuhua.oversight import rules
from xiuhua.oversight.models import Correction

# Earlier ones of the unit in this time make a fault a repeated one (DOMAIN 8.1: a rolling year).
ROLLING = timedelta(days=365)


def corrections(user: Actor) -> QuerySet[Correction]:
    """The suggestions to correct that `user` may see, the last one first."""
    return (
        Correction.objects.visible(user)
        .select_related("unit", "case", "remedy")
        .order_by("-opened_at", "-pk")
    )


def corrections_of(user: Actor, remedies: Iterable[Remedy]) -> QuerySet[Correction]:
    """What was asked after these remedies, as far as `user` sees it."""
    return Correction.objects.visible(user).filter(remedy__in=[row.pk for row in remedies])


def corrected_before(user: Actor, row: Correction) -> QuerySet[Correction]:
    """Those of the same unit in the year before it, without those that an appeal took back."""
    earlier = corrections(user).filter(unit=row.unit_id, opened_at__lt=row.opened_at)
    return earlier.filter(opened_at__gte=row.opened_at - ROLLING).exclude(state=rules.State.STRUCK)


def corrections_waiting_for(user: Actor) -> QuerySet[Correction]:
    """What waits for this person: to answer, to decide, to close; never about the own work."""
    own = Q(unit__in={grant.unit_id for grant in user.grants})
    own |= Q(Exists(Step.objects.filter(case=OuterRef("case"), by_user=user.user_id)))
    if user.officer_id is not None:
        own |= Q(case__officer=user.officer_id)
    found = Q(pk__in=[])
    if user.can("oversight.answer"):
        found |= Q(state=rules.State.SENT)
    if user.can("oversight.review"):
        found |= Q(state=rules.State.REPLIED) & ~own
    if user.can("oversight.decide"):
        found |= Q(state=rules.State.APPEALED) & ~own
    return Correction.objects.visible(user).filter(found)
