"""A draw that anybody can repeat: chance comes from a seed that is recorded, and from nothing else. Pure.

The place of a recording in a draw is SHA-256 over `seed:hash of the recording`; of each unit those with the lowest
places are taken. No generator of a language or a version is needed to do it again, and what stands in one unit moves
nothing in another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recording that could be drawn: `mark` is the SHA-256 of its file, as its manifest told it."""

    key: int
    unit: int
    officer: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """One unit in a draw: how many were wanted, what there was (as a count and a digest), what was drawn, in order."""

    unit: int
    wanted: int
    held: int
    digest: str
    drawn: tuple[Candidate, ...]


def rank(seed: str, mark: str) -> str:
    """The place of a recording under a seed; lower is earlier."""
    return hashlib.sha256(f"{seed}:{mark}".encode()).hexdigest()


def draw(
    seed: str,
    candidates: Iterable[Candidate],
    wanted: Mapping[int, int],
    *,
    not_units: frozenset[int] = frozenset(),
    not_officer: int | None = None,
) -> list[Stratum]:
    """A draw stratified by unit. `wanted`: unit → how many are short of its goal.

    `not_units` and `not_officer` are those of the reviewer: nobody draws recordings of the own unit or of the own
    hand.
    """
    by_unit: dict[int, list[Candidate]] = {unit: [] for unit in wanted if unit not in not_units}
    for one in candidates:
        if one.unit in by_unit and (not_officer is None or one.officer != not_officer):
            by_unit[one.unit].append(one)
    return [_stratum(seed, unit, wanted[unit], rows) for unit, rows in sorted(by_unit.items())]


def _stratum(seed: str, unit: int, wanted: int, rows: Sequence[Candidate]) -> Stratum:
    ordered = sorted(rows, key=lambda one: (rank(seed, one.mark), one.mark))
    known = "\n".join(sorted(one.mark for one in rows))
    digest = hashlib.sha256(known.encode()).hexdigest()
    return Stratum(unit, wanted, len(rows), digest, tuple(ordered[: max(wanted, 0)]))


def goal_of(rows: Iterable[tuple[str, int, date, date | None]], unit: str, on: date) -> int:
    """How many recordings of the unit are to be looked at in the month that holds `on`; 0 where no row says.

    `rows`: (code of a unit or `*`, goal, from, to). A row of the unit goes before one for every unit.
    """
    found = [
        row
        for row in rows
        if row[0] in (unit, EVERYWHERE) and row[2] <= on and (row[3] is None or on <= row[3])
    ]
    return max(found, key=lambda row: (row[0] != EVERYWHERE, row[2]))[1] if found else 0


def short_of(goals: Mapping[int, int], drawn: Mapping[int, int]) -> dict[int, int]:
    """Unit → how many are still to be drawn; units whose goal is reached are left out."""
    left = {unit: goal - drawn.get(unit, 0) for unit, goal in goals.items()}
    return {unit: count for unit, count in left.items() if count > 0}
