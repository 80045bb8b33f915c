"""The strip of one unit: box, median and strokes of its fines on the line from floor to ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xiuhua.cases.discretion.spread import Spread
from xiuhua.cases.queries.distribution import Fined, Group

# The picture of one unit; the page stretches it.
WIDTH, HEIGHT = 600, 24
# So many strokes are drawn for a unit; the box says the rest.
STROKES = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a spread is drawn on the line of its unit, in units of the viewBox."""

    low: str
    high: str
    first: str
    width: str
    median: str
    strokes: Sequence[tuple[str, bool]]


def x_of(value: Decimal, group: Group) -> float:
    """Where an amount stands on the line of its group."""
    span = group.ceiling - group.floor
    return float(WIDTH * (value - group.floor) / span) if span else WIDTH / 2


def picture(found: Spread, rows: Sequence[Fined], group: Group) -> Picture:
    """The strip of the fines of one unit, drawn on the line of their group."""
    apart = {row.case for row in group.apart}
    values = sorted({(row.fine, row.case in apart) for row in rows})[:STROKES]
    first, third = x_of(found.first, group), x_of(found.third, group)
    return Picture(
        low=f"{x_of(found.low, group):.1f}",
        high=f"{x_of(found.high, group):.1f}",
        first=f"{first:.1f}",
        width=f"{max(1.0, third - first):.1f}",
        median=f"{x_of(found.median, group):.1f}",
        strokes=[(f"{x_of(fine, group):.1f}", is_apart) for fine, is_apart in values],
    )
