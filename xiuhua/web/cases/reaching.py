"""The case of an address, if the person may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from xiuhua.cases import queries
from xiuhua.cases.models import Case
from xiuhua.web.frame.http import Request


def case_of(request: Request, pk: int) -> Case:
    """Raises 404 for a case that is not there or out of reach, without telling which."""
    return get_object_or_404(queries.listed(request.actor).select_related("party", "lead", "area"), pk=pk)


def through_joint(request: Request, pk: int) -> int | None:
    """The joint investigation through which a case of another unit is seen, in place of its file."""
    work = queries.joint_at_work(request.actor, pk)
    return work.pk if work else None
