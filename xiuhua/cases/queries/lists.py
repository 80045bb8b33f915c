"""Lists of cases that pages of several rooms show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from xiuhua.cases.models import Case, CaseParty
from xiuhua.cases.procedure.moves import acting_role
from xiuhua.cases.procedure.tables import TABLES, latest
from xiuhua.kernel.authz import Actor
from xiuhua.org.rules import search_text


def search_of(case: Case, *joined: str) -> str:
    """What a case is found by: number, decision number, party, cause, place, and their pinyin initials.

    `joined` are the names of further parties and acts.
    """
    return search_text(
        case.number,
        case.decision_number,
        case.party_name,
        case.cause.name,
        case.cause.code,
        case.place,
        *joined,
        limit=400,
    )


def matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose search text holds every word of `text`."""
    for word in text.lower().split():
        rows = rows.filter(search__contains=word)
    return rows


ROW = ("handling_unit", "authority", "cause", "officer")


def listed(user: Actor) -> QuerySet[Case]:
    """Cases that are seen as a whole, with what every list shows of them, in one query."""
    return Case.objects.whole(user).select_related(*ROW)


def seen(user: Actor) -> QuerySet[Case]:
    """The same, and those of others on which `user` works in joint investigation: of these the row, not the file."""
    return Case.objects.visible(user).select_related(*ROW)


def find(user: Actor, text: str, limit: int = 10) -> Sequence[Case]:
    """The newest visible cases that match; nothing for an empty text."""
    return list(matching(seen(user), text).order_by("-opened_at", "-pk")[:limit]) if text.strip() else []


def due_soon(user: Actor, until: date) -> QuerySet[Case]:
    """Open cases whose nearest clock ends by `until`, the nearest first."""
    return listed(user).filter(due_on__lte=until).order_by("due_on", "pk")


def sent_back(user: Actor) -> QuerySet[Case]:
    """Cases that came back to their handlers, the newest first."""
    return listed(user).filter(sent_back=True).order_by("-state_since")


def of_party(user: Actor, party_id: int) -> QuerySet[Case]:
    """The party's cases that `user` may see, the newest first."""
    joined = CaseParty.objects.filter(party=party_id, left_on__isnull=True).values("case")
    return listed(user).filter(Q(party=party_id) | Q(pk__in=joined)).order_by("-opened_at")


def of_lead(user: Actor, lead_id: int) -> QuerySet[Case]:
    return listed(user).filter(lead=lead_id).order_by("-opened_at")


@lru_cache(maxsize=256)
def states_to_move(roles: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """Procedure → states that some move leaves which one of `roles` may make."""
    return {
        procedure: [
            s.id
            for s in latest(procedure).states
            if any(acting_role(m, roles) for m in latest(procedure).leaving(s.id))
        ]
        for procedure in TABLES
    }


def work_of(user: Actor, today: date) -> tuple[int, int]:
    """How many open cases wait for an act of the user's roles (officers: of their own), and how many are overdue."""
    if not user.can("cases.work"):
        return 0, 0
    rows = to_do(user)
    counted = rows.order_by().aggregate(n=Count("pk"), over=Count("pk", filter=Q(due_on__lt=today)))
    return counted["n"], counted["over"]


def to_do(user: Actor) -> QuerySet[Case]:
    """Open cases whose next act is one of the user's roles'; an officer's are the ones he or she leads."""
    waiting = Q(pk__in=[])
    for procedure, states in states_to_move(user.roles).items():
        waiting |= Q(procedure=procedure, state__in=states)
    rows = listed(user).filter(waiting, closed_on__isnull=True)
    return rows.filter(officer=user.officer_id) if user.roles == {"officer"} else rows
