"""Sessions on hard cases: which there were, who may sit in them, and who has to stand aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from xiuhua.cases.models import Case, HardSession, SessionItem
from xiuhua.cases.procedure.guards.reading import investigated, rows
from xiuhua.cases.queries.files import file_of
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer

# Whose posts sit in sessions beside the people of the handling units.
SEATED = ("case_centre_reviewer", "legal_reviewer", "bureau_deputy_head", "bureau_head")


def sessions(user: Actor) -> QuerySet[HardSession]:
    """The sessions that `user` may see, the latest first."""
    return HardSession.objects.visible(user).select_related("chair").order_by("-held_on", "-pk")


def items_of(user: Actor, session: HardSession) -> QuerySet[SessionItem]:
    """The cases of the session that `user` may see."""
    rows = SessionItem.objects.visible(user).filter(session=session)
    return rows.select_related("case__cause", "case__handling_unit").order_by("pk")


def sessions_about(user: Actor, case: Case) -> QuerySet[SessionItem]:
    """The sessions in which the case stood on the agenda, the latest first."""
    rows = SessionItem.objects.visible(user).filter(case=case)
    return rows.select_related("session__chair").order_by("-session__held_on", "-pk")


def aside(case: Case) -> frozenset[str]:
    """Ids of those who have to stand aside from the case: by their own word, or because a recusal was granted."""
    file = file_of(case)
    said = {str(o.get("id")) for o in rows(file, "officers") if o.get("interest_declared")}
    granted = {str(r.get("person_id")) for r in rows(file, "recusals") if r.get("result") == "granted"}
    return frozenset(said | granted)


def took_part(case: Case, officer: Officer) -> bool:
    """Whether the officer investigated the case."""
    return investigated(file_of(case), str(officer.pk))


def may_sit(cases: Iterable[Case], on: date) -> list[Officer]:
    """Who may be asked to a session: reviewers, heads, and the certified people of the handling units."""
    found: dict[int, Officer] = {}
    bureau = org.bureau()
    for case in cases:
        found |= {o.pk: o for o in org.officers_of(case.handling_unit, on, certified=True)}
    for role in SEATED if bureau else ():
        found |= {o.pk: o for o in org.holders_of(role, bureau, on)} if bureau else {}
    return sorted(found.values(), key=lambda o: o.staff_no)
