"""In which roles somebody may act on a case."""

from __future__ import annotations

from xiuhua.cases.models import Case
from xiuhua.cases.models.case import GOODS_IN_KEEPING
from xiuhua.kernel.authz import Actor, Grant, Reach

SYSTEM_ROLES = frozenset({"system"})


def _reaches(grant: Grant, case: Case) -> bool:
    match grant.reach:
        case Reach.UNIT:
            return grant.unit_id == case.handling_unit_id
        case Reach.AUTHORITY:
            return grant.authority_id == case.authority_id
        case Reach.BUREAU:
            return True
    return False


def roles_on(case: Case, user: Actor) -> frozenset[str]:
    """The roles of those posts of `user` that work cases (or keep their things) and reach this one; the system acts as
    itself.

    A post never lends its reach to another: who heads one squad and publishes for the whole bureau does not head the
    other squads.
    """
    if user.is_system:
        return SYSTEM_ROLES
    held = [g for g in user.grants if "cases.work" in g.permissions]
    keeps = [g for g in user.grants if "cases.keep" in g.permissions]
    if keeps and case.matters.filter(procedure__in=GOODS_IN_KEEPING).exists():
        held += keeps
    return frozenset(g.role for g in held if _reaches(g, case))
