"""Things in the store: registered as evidence, sealed and seized, or confiscated; which are left, where they lie, until
when, and what became of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xiuhua.cases.models import Matter, Step
from xiuhua.cases.procedure.guards.measures_goods import goods_left, named
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.folding import Own, fold_step
from xiuhua.kernel.authz import Actor

REGISTRATION, MEASURE, CONFISCATION = "evidence_registration", "coercive_measure", "confiscated_goods"
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
# Confiscated and not at their end yet; what was sold may still wait for the treasury.
CONFISCATED = ("taken", "in_store", "approved", "lot_disposed")
# The law holds them no longer: they go back at once (AEL §28).
OVERDUE_STATES = ("registration_lapsed", "expired")
# Asked for or approved, with things that still lie in the store from a registration.
TAKEN_OVER = ("measure_asked", "measure_approved")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a list: `end` is what became of it, `way` how it shall go where that was approved."""

    name: str
    quantity: str
    state: str
    way: str = ""
    end: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What one matter holds: the things left, where they lie, who keeps them, since when; and all it ever held."""

    goods: Sequence[Mapping[str, Any]]
    place: str
    keeper: str
    since: date | None
    block: Mapping[str, Any] = field(default_factory=dict)

    @property
    def things(self) -> list[Thing]:
        """Every thing of the list with its own state: those that are there, then those that came to their end."""
        lot = Counter(map(named, self.block.get("lot") or ()))
        way = str(self.block.get("approved_way") or "")
        there = [Thing(*named(row), way=way if lot[named(row)] else "") for row in self.goods]
        gone = [
            Thing(*named(row), end=str(row.get("outcome") or ""), on=_day(row.get("on")))
            for row in self.block.get("ends") or ()
        ]
        return [*there, *gone]


def said(goods: Iterable[Mapping[str, Any]]) -> str:
    """Things in one line, each with quantity and state."""
    return "；".join(" ".join(filter(None, named(row))) for row in goods)


def in_store(user: Actor) -> QuerySet[Matter]:
    """The matters that hold things now, of the cases that `user` may see."""
    listed = Matter.objects.filter(case=OuterRef("case"), procedure=CONFISCATION)
    turned = Matter.objects.filter(case=OuterRef("case"), procedure=REGISTRATION, state="turned_into_seizure")
    held = (
        Q(procedure=REGISTRATION, state__in=REGISTERED)
        | Q(procedure=MEASURE, state__in=SEIZED)
        | Q(procedure=CONFISCATION, state__in=CONFISCATED)
        | Q(Exists(turned), procedure=MEASURE, state__in=TAKEN_OVER)
    )
    return (
        Matter.objects.visible(user)
        .filter(held, ended=False)
        .exclude(Exists(listed), procedure=MEASURE, state="confiscated")
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
    since = block.get("made_on") or block.get("implemented_at") or block.get("taken_on")
    return Kept(
        goods=goods_left(block) or list(block.get("wanted") or ()),
        place=str(block.get("store_place") or ""),
        keeper=str(block.get("keeper") or ""),
        since=_day(since),
        block=block,
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
