"""What the worker does for the bench."""

from __future__ import annotations

from typing import Any

from xiuhua.cases import actions
from xiuhua.cases.models import Case
from xiuhua.kernel import clock


def lapse(payload: dict[str, Any]) -> None:
    """`cases.lapse`, {"case": id}: see whether the wait of the case is over, and make the move of time if it is."""
    actions.lapse(case=Case.objects.get(pk=payload["case"]), at=clock.now())
