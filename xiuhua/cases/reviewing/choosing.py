"""Who reviews a case. Pure.

1. Whoever took part in the investigation, or was told to stand aside, is out (PPL21 §43, §58).
2. Of a first review in life the law wants the legal qualification (PPL21 §58; PPL17 §38): without it one is out.
3. Work is divided by territory (块审理: who reviews for this unit) or by subject (条审理: who reviews this group of
   causes). Those whose line it is go before the others; if it is nobody's line, everybody who may is asked.
4. Among them the one with the least to do; among equals the one who got a case longest ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Division(StrEnum):
    """How the centre divides its work."""

    TERRITORY = "territory"
    SUBJECT = "subject"


class Stage(StrEnum):
    """The two reviews of an ordinary case."""

    ADJUDICATION = "adjudication"
    LEGAL_REVIEW = "legal_review"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds the post. `load`: reviews that are open; `last`: number of the latest one given, 0 for none.

    `units` are codes of handling units, `groups` the first two signs of causes; empty is no line of one's own.
    """

    id: int
    load: int = 0
    last: int = 0
    units: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    investigated: bool = False
    stands_aside: bool = False
    qualified: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """The reviewer, None where nobody may, and whether the case is of their line. `barred`: id → code of why not."""

    reviewer: int | None
    own_line: bool
    barred: dict[int, str]


def bar(candidate: Candidate) -> str:
    """Why somebody may not review: `investigated`, `stands_aside`, `unqualified`, or nothing."""
    if candidate.investigated:
        return "investigated"
    if candidate.stands_aside:
        return "stands_aside"
    return "" if candidate.qualified else "unqualified"


def in_line(candidate: Candidate, division: Division, unit: str, group: str) -> bool:
    """Whether the case is of this person's line under the division of work."""
    return unit in candidate.units if division is Division.TERRITORY else group in candidate.groups


def choose(candidates: Iterable[Candidate], division: Division, unit: str, group: str) -> Choice:
    """The reviewer of a case of `unit` about a cause of `group`, by the rules above."""
    everybody = list(candidates)
    barred = {c.id: why for c in everybody if (why := bar(c))}
    may = [c for c in everybody if c.id not in barred]
    own = [c for c in may if in_line(c, division, unit, group)]
    best = _least(own or may)
    return Choice(best.id if best else None, bool(own), barred)


def _least(candidates: Sequence[Candidate]) -> Candidate | None:
    return min(candidates, key=lambda c: (c.load, c.last, c.id), default=None)
