"""What the worker does for oversight."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.queries import Remedy
from xiuhua.kernel import clock
from xiuhua.oversight import actions


def open_correction(payload: dict[str, Any]) -> None:
    """`oversight.open_correction`, {"remedy": id}: a decision fell, and its unit is asked to answer for it."""
    remedy = Remedy.objects.select_related("case__handling_unit").get(pk=payload["remedy"])
    actions.open_correction(remedy=remedy, at=clock.now())
