"""From circumstances to a tier and an amount, with every reason. A suggestion: people decide. Pure.

The order is that of the law. What must not be punished is not (PPL21 §30, §31, §33; PPL17 §25 to §27). What
must be treated lighter or heavier is (PPL21 §32, §49). What is only weighed is counted, one against the other, until a
published benchmark says how (PPL21 §34). Where both duties meet, the middle remains and people discuss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xiuhua.cases.discretion.factors import Chosen, Direction, Force
from xiuhua.cases.discretion.spans import Span, Tier

NONE, LIGHTER, ORDINARY, HEAVIER = "none", "lighter", "ordinary", "heavier"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tier and the amounts it stands for, in the unit of the span; no amounts where none are known or none is due.

    `below`: grounds on which less than the floor may be given, after legal review (PPL21 §32, §58).
    `may_waive`: the law allows to give no penalty at all (PPL21 §33). `conflict`: one duty says lighter, one heavier.
    """

    tier: str
    span: Span
    low: Decimal | None = None
    high: Decimal | None = None
    cut: Tier | None = None
    chosen: tuple[Chosen, ...] = ()
    below: tuple[str, ...] = ()
    may_waive: bool = False
    conflict: bool = False

    @property
    def deciding(self) -> tuple[Chosen, ...]:
        """The circumstances that speak for the tier: those of no penalty alone where there is none."""
        if self.tier == NONE:
            return tuple(c for c in self.chosen if _is(c, Direction.NONE, Force.MUST))
        return self.chosen


def _is(one: Chosen, direction: Direction, *forces: Force) -> bool:
    return one.direction is direction and (not forces or one.factor.force in forces)


def tier_for(chosen: Iterable[Chosen]) -> str:
    """The tier to which the circumstances lead; ordinary where they say nothing or balance."""
    found = tuple(chosen)
    if any(_is(c, Direction.NONE, Force.MUST) for c in found):
        return NONE
    lighter = any(_is(c, Direction.LIGHTER, Force.MUST) for c in found)
    heavier = any(_is(c, Direction.HEAVIER, Force.MUST) for c in found)
    if lighter or heavier:
        return ORDINARY if lighter and heavier else LIGHTER if lighter else HEAVIER
    weight = sum(_weight(c) for c in found)
    return ORDINARY if weight == 0 else LIGHTER if weight < 0 else HEAVIER


def _weight(one: Chosen) -> int:
    """A ground on which a penalty may be waived speaks for a lighter one as well."""
    return 1 if one.direction is Direction.HEAVIER else -1


def weigh(
    span: Span, tiers: Sequence[Tier], chosen: Iterable[Chosen], times: Decimal = Decimal(1)
) -> Suggestion:
    """The suggestion for a norm, its tiers and the circumstances of the case.

    `times`: how many units a range by head, tonne or multiple is counted for.
    """
    found = tuple(chosen)
    tier = tier_for(found)
    lighter = any(_is(c, Direction.LIGHTER, Force.MUST) for c in found)
    heavier = any(_is(c, Direction.HEAVIER, Force.MUST) for c in found)
    cut = next((t for t in tiers if t.id == tier), None)
    low, high = cut.part_of(span) if cut and span.is_known else (None, None)
    return Suggestion(
        tier=tier,
        span=span,
        low=None if low is None else low * times,
        high=None if high is None else high * times,
        cut=cut,
        chosen=found,
        below=tuple(c.factor.ground for c in found if c.factor.ground) if tier != NONE and span.least else (),
        may_waive=tier != NONE and any(_is(c, Direction.NONE, Force.MAY) for c in found),
        conflict=tier != NONE and lighter and heavier,
    )
