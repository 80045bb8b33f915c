"""Where an exhibit is used: one exhibit may stand on the lists of several cases."""

from __future__ import annotations

from xiuhua.cases.models import Case, CaseExhibit
from xiuhua.evidence.queries import taken_for
from xiuhua.kernel.authz import Actor


def used_in(user: Actor, exhibit: int) -> list[CaseExhibit]:
    """The rows of the evidence lists with this exhibit that `user` may see, the oldest first."""
    rows = CaseExhibit.objects.visible(user).filter(exhibit=exhibit).select_related("case")
    return list(rows.order_by("pk"))


def tied_to(user: Actor, exhibit: int) -> list[Case]:
    """The cases for whose acts this recording was taken that `user` may see."""
    keys = taken_for(exhibit, Case._meta.label_lower)
    return list(Case.objects.visible(user).filter(pk__in=keys).order_by("pk"))
