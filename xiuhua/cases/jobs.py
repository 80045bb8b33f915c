"""What the worker does for the bench."""

from __future__ import annotations

from typing import Any

from xiuhua.cases import actions
from xiuhua.cases.models import Case, Matter, Remedy, Volume
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM


def lapse(payload: dict[str, Any]) -> None:
    """`cases.lapse`, {"case": id}: see whether the wait of the case is over, and make the move of time if it is."""
    actions.lapse(case=Case.objects.get(pk=payload["case"]), at=clock.now())


def lapse_matter(payload: dict[str, Any]) -> None:
    """`cases.lapse_matter`, {"matter": id}: the same for a procedure beside the main road."""
    matter = Matter.objects.select_related("case").get(pk=payload["matter"])
    actions.lapse_in(matter=matter, at=clock.now())


def recall_publication(payload: dict[str, Any]) -> None:
    """`cases.recall_publication`, {"remedy": id}: order that what was published of a fallen decision is withdrawn."""
    remedy = Remedy.objects.select_related("case").get(pk=payload["remedy"])
    actions.recall_publication(case=remedy.case, at=clock.now())


def lapse_right(payload: dict[str, Any]) -> None:
    """`cases.lapse_right`, {"case": id, "procedure": …, "move": …}: write down that the party let its time go by."""
    case = Case.objects.get(pk=payload["case"])
    actions.lapse_right(case=case, procedure=payload["procedure"], move=payload["move"], at=clock.now())


def bind_volume(payload: dict[str, Any]) -> None:
    """`cases.bind_volume`, {"case": id}: bind the volume of a case that was archived, unless somebody did so since."""
    case = Case.objects.get(pk=payload["case"])
    if not Volume.objects.filter(case=case).exists():
        actions.bind_volume(case=case, by=SYSTEM, at=clock.now())
