"""How fines of one cause and tier are spread, and which lie apart from their kind. Pure.

Quartiles are those of the median of halves (Tukey's hinges, the median in both halves), so that small groups are read
the same by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """When a fine lies apart: farther from the box than a share of its width and of the statutory span, in per cent.

    Below `least` fines there is nothing to compare with.
    """

    least: int
    of_box: int
    of_span: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, quartiles and most of some fines, yuan."""

    count: int
    low: Decimal
    first: Decimal
    median: Decimal
    third: Decimal
    high: Decimal


def _middle(ordered: Sequence[Decimal]) -> Decimal:
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def spread(values: Sequence[Decimal]) -> Spread | None:
    """The spread of `values`; None for no value."""
    if not values:
        return None
    ordered = sorted(values)
    half = (len(ordered) + 1) // 2
    return Spread(
        len(ordered),
        ordered[0],
        _middle(ordered[:half]),
        _middle(ordered),
        _middle(ordered[-half:]),
        ordered[-1],
    )


def fences(found: Spread, span: Decimal, measure: Measure) -> tuple[Decimal, Decimal] | None:
    """Between which amounts a fine is like its kind; None where too few can be compared. `span`: ceiling less floor."""
    if found.count < measure.least:
        return None
    reach = max((found.third - found.first) * measure.of_box, span * measure.of_span) / 100
    return found.first - reach, found.third + reach


def lies_apart(value: Decimal, within: tuple[Decimal, Decimal] | None) -> bool:
    return within is not None and not within[0] <= value <= within[1]
