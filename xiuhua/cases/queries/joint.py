"""Joint investigation with towns: whose it is, what of it may be read, and who works in it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xiuhua.cases.models import Case, CaseExhibit, JointTask, JointWork
from xiuhua.cases.models.joint import ANSWERS
from xiuhua.evidence import queries as evidence
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.org.rules import UnitKind

ROW = ("case__cause", "case__handling_unit", "squad")


def joint_works(user: Actor) -> QuerySet[JointWork]:
    """The joint investigations that `user` may see, the latest first."""
    return JointWork.objects.visible(user).select_related(*ROW).order_by("-asked_at", "-pk")


def joint_about(user: Actor, case: Case) -> QuerySet[JointWork]:
    """Those about one case. Most cases have none, and then who may see it is not asked at length."""
    if not JointWork.objects.filter(case=case).exists():
        return JointWork.objects.none()
    return joint_works(user).filter(case=case)


def joint_at_work(user: Actor, pk: int) -> JointWork | None:
    """The joint investigation through which `user` sees the case `pk` of another unit; None where there is none."""
    return JointWork.objects.worked_by(user).filter(case=pk).order_by("pk").first()


def works_jointly(case: Case, user: Actor) -> bool:
    """Whether a squad named this person for the case and the work has not ended."""
    return JointWork.objects.worked_by(user).filter(case=case).exists()


def joint_requests(user: Actor) -> QuerySet[JointWork]:
    """Requests that wait for the answer of a squad that `user` heads, the oldest first."""
    headed = [grant.unit_id for grant in user.grants if grant.role in ANSWERS]
    if not headed:
        return JointWork.objects.none()
    rows = JointWork.objects.visible(user).filter(squad__in=headed, state=JointWork.State.ASKED)
    return rows.select_related(*ROW).order_by("asked_at", "pk")


def joint_tasks(user: Actor) -> QuerySet[JointTask]:
    """Tasks that are not done, of the work for which a squad named `user`, the nearest day first."""
    units = user.scope("cases.work").units
    if user.officer_id is None or not units:
        return JointTask.objects.none()
    # Asked on everybody's first page, and few squads work for another unit at a time.
    if not JointWork.objects.filter(squad__in=units, state=JointWork.State.ACCEPTED).exists():
        return JointTask.objects.none()
    rows = JointTask.objects.filter(joint__in=JointWork.objects.worked_by(user), done_at__isnull=True)
    return rows.select_related("joint__case").order_by("due_on", "pk")


def town_squads(user: Actor) -> QuerySet[Unit]:
    """The squads that can be asked."""
    return org.units(user).filter(kind=UnitKind.TOWN_SQUAD)


def exhibits_open_to(user: Actor) -> QuerySet[CaseExhibit]:
    """Exhibits of cases whose file `user` may open: those of the own reach, and those shared in joint work."""
    seen = CaseExhibit.objects.visible(user).select_related("exhibit__file")
    shared = CaseExhibit.objects.filter(joint_shares__joint__in=JointWork.objects.worked_by(user))
    return seen.filter(Q(exhibit__in=evidence.exhibits(user)) | Q(pk__in=shared.values("pk")))
