"""What the worker does for the bench."""

from __future__ import annotations

from typing import Any

from xiuhua.cases import actions
from xiuhua.cases.models import Case, Matter
from xiuhua.kernel import clock


def lapse(payload: dict[str, Any]) -> None:
    """`cases.lapse`, {"case": id}: see whether the wait of the case is over, and make the move of time if it is."""
    actions.lapse(case=Case.objects.get(pk=payload["case"]), at=clock.now())


def lapse_matter(payload: dict[str, Any]) -> None:
    """`cases.lapse_matter`, {"matter": id}: the same for a procedure beside the main road."""
    matter = Matter.objects.select_related("case").get(pk=payload["matter"])
    actions.lapse_in(matter=matter, at=clock.now())
