"""Where an exhibit is used: one exhibit may stand on the lists of several cases."""

from __future__ import annotations

from xiuhua.cases.models import CaseExhibit
from xiuhua.kernel.authz import Actor


def used_in(user: Actor, exhibit: int) -> list[CaseExhibit]:
    """The rows of the evidence lists with this exhibit that `user` may see, the oldest first."""
    rows = CaseExhibit.objects.visible(user).filter(exhibit=exhibit).select_related("case")
    return list(rows.order_by("pk"))
