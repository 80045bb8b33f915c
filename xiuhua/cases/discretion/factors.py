"""Circumstances that move a penalty, and the choice of those that a case shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

LOW, HIGH = "low", "high"


class Direction(StrEnum):
    """Where a circumstance leads: to no penalty, to a lighter or heavier one, or to either as the facts lie."""

    NONE = "none"
    LIGHTER = "lighter"
    HEAVIER = "heavier"
    EITHER = "either"


class Force(StrEnum):
    """Whether the law says must (应当) or may (可以), or the circumstance is only weighed (PPL21 §5, PPL17 §4)."""

    MUST = "must"
    MAY = "may"
    WEIGH = "weigh"


@dataclass(frozen=True, slots=True)
class Factor:
    """A circumstance with its article. `ground`: its code among the grounds below the floor (PPL21 §30 to §32).

    `low` and `high` are the words for the two ways of one that goes either way, in Chinese and in English.
    """

    code: str
    label: str
    label_en: str
    direction: Direction
    force: Force
    article: str
    ground: str = ""
    party_kind: str = "*"
    only_named: bool = False
    certainty: str = ""
    low: str = ""
    high: str = ""
    low_en: str = ""
    high_en: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A circumstance that the case shows, and which way it speaks: never EITHER."""

    factor: Factor
    direction: Direction


def asked_for(factors: Iterable[Factor], named: Iterable[str], party_kind: str) -> list[Factor]:
    """What is asked for a cause that names some circumstances of its own, and for a party of this kind.

    An individual business is a person as well: what the law says of citizens is asked for it, too.
    """
    own = frozenset(named)
    kinds = {"*", party_kind} | ({"citizen"} if party_kind == "individual_business" else set())
    return [f for f in factors if f.party_kind in kinds and (not f.only_named or f.code in own)]


def chosen(said: Iterable[str], factors: Sequence[Factor]) -> list[Chosen]:
    """The circumstances ticked in a form: `code`, or `code:low` and `code:high` for those that go either way.

    What names no circumstance of `factors` is left out; of two ways of one circumstance the heavier counts.
    """
    ticked = set(said)
    found = []
    for factor in factors:
        if factor.direction is not Direction.EITHER:
            if factor.code in ticked:
                found.append(Chosen(factor, factor.direction))
        elif f"{factor.code}:{HIGH}" in ticked:
            found.append(Chosen(factor, Direction.HEAVIER))
        elif f"{factor.code}:{LOW}" in ticked:
            found.append(Chosen(factor, Direction.LIGHTER))
    return found
