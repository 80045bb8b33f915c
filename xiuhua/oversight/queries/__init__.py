"""Reads of oversight. Every list starts from `visible(user)`; the classes of the rows are here for annotations."""

from xiuhua.oversight.models import Correction, Draw, Finding, Item, Sample
from xiuhua.oversight.queries.corrections import (
    corrected_before,
    corrections,
    corrections_of,
    corrections_waiting_for,
)
from xiuhua.oversight.queries.reviews import (
    draws,
    findings_of,
    month_of,
    month_span,
    repeats,
    samples,
    waiting_for,
    watched,
)
from xiuhua.oversight.queries.settings import goals, items, limit
from xiuhua.oversight.queries.units import UnitLine, by_unit

__all__ = [
    "Correction",
    "Draw",
    "Finding",
    "Item",
    "Sample",
    "UnitLine",
    "by_unit",
    "corrected_before",
    "corrections",
    "corrections_of",
    "corrections_waiting_for",
    "draws",
    "findings_of",
    "goals",
    "items",
    "limit",
    "month_of",
    "month_span",
    "repeats",
    "samples",
    "waiting_for",
    "watched",
]
