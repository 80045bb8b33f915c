"""Things in the store: registered as evidence, or sealed and seized; which are left, where they lie, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xiuhua.cases.models import Matter, Step
from xiuhua.cases.procedure.guards.measures_goods import goods_left, named
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.folding import Own, fold_step
from xiuhua.kernel.authz import Actor

REGISTRATION, MEASURE = "evidence_registration", "coercive_measure"
# The states in which the things lie with us.
REGISTERED = ("registered", "registration_decided", "registration_lapsed")
SEIZED = (
    "in_force",
    "in_force_unregularised",
    "in_test",
    "extended",
    "perishable_notice",
    "confiscated",
    "expired",
    "release_decided",
    "unclaimed",
)
# The law holds them no longer: they go back at once (AEL §28).
OVERDUE_STATES = ("registration_lapsed", "expired")
# Asked for or approved, with things that still lie in the store from a registration.
TAKEN_OVER = ("measure_asked", "measure_approved")


@dataclass(frozen=True, slots=True)
class Kept:
    """What one matter holds: the things left, where they lie, who keeps them, since when."""

    goods: Sequence[Mapping[str, Any]]
    place: str
    keeper: str
    since: date | None


def said(goods: Iterable[Mapping[str, Any]]) -> str:
    """Things in one line, each with quantity and state."""
    return "；".join(" ".join(filter(None, named(row))) for row in goods)


def in_store(user: Actor) -> QuerySet[Matter]:
    """The matters that hold things now, of the cases that `user` may see."""
    turned = Matter.objects.filter(case=OuterRef("case"), procedure=REGISTRATION, state="turned_into_seizure")
    held = (
        Q(procedure=REGISTRATION, state__in=REGISTERED)
        | Q(procedure=MEASURE, state__in=SEIZED)
        | Q(Exists(turned), procedure=MEASURE, state__in=TAKEN_OVER)
    )
    return (
        Matter.objects.visible(user)
        .filter(held, ended=False)
        .select_related("case__handling_unit", "case__cause")
    )


def by_unit(matters: QuerySet[Matter], until: date) -> Sequence[Mapping[str, Any]]:
    """For each unit that has any: how many matters hold things, how many run out by `until` or have done so."""
    soon = Q(due_on__lte=until) | Q(state__in=OVERDUE_STATES)
    return list(
        matters.order_by()
        .values("case__handling_unit", "case__handling_unit__short_name", "case__handling_unit__name_en")
        .annotate(n=Count("pk"), soon=Count("pk", filter=soon))
        .order_by("case__handling_unit__code")
    )


def kept(matters: Iterable[Matter]) -> dict[int, Kept]:
    """What each of `matters` holds, by its id; one question for all of them."""
    rows = {m.pk: m for m in matters}
    own = {pk: Own(SIDES[m.procedure], m.state) for pk, m in rows.items()}
    steps = Step.objects.filter(matter__in=rows).order_by("case_id", "seq")
    for pk, facts in steps.values_list("matter_id", "facts"):
        if pk in own:
            fold_step({}, facts, own[pk])
    return {pk: _kept(found.block) for pk, found in own.items()}


def _kept(block: Mapping[str, Any]) -> Kept:
    since = block.get("made_on") or block.get("implemented_at") or ""
    return Kept(
        goods=goods_left(block) or list(block.get("wanted") or ()),
        place=str(block.get("store_place") or ""),
        keeper=str(block.get("keeper") or ""),
        since=date.fromisoformat(since[:10]) if since else None,
    )
