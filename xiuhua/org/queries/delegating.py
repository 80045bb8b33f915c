"""Powers moved down to towns: which, from when to when, and the mentoring."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet, Sum

from xiuhua.kernel.authz import Actor
from xiuhua.org.models import AuthorityRow, Delegation, MentoringSession


def delegations(user: Actor) -> QuerySet[Delegation]:
    """Every delegation with how much mentoring went with it, by town and group."""
    rows = Delegation.objects.visible(user).select_related("row__unit", "row__authority")
    counted = rows.annotate(held=Count("sessions"), taught=Sum("sessions__attendees"))
    return counted.order_by("row__unit__code", "row__cause_group", "row__valid_from")


def mentoring(user: Actor) -> QuerySet[MentoringSession]:
    """Every session, the latest first."""
    rows = MentoringSession.objects.visible(user).select_related("mentor", "delegation__row__unit")
    return rows.order_by("-held_on", "-pk")


def delegated_rows(cause_group: str) -> QuerySet[AuthorityRow]:
    """The rows of the matrix by which a group of causes was moved down."""
    return AuthorityRow.objects.filter(delegation__isnull=False, cause_group=cause_group)


def overlapping(rows: QuerySet[AuthorityRow], start: object, end: object) -> QuerySet[AuthorityRow]:
    """Those that held on some day from `start` up to and with `end`."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=start), valid_from__lte=end)
