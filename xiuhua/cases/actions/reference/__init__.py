"""The files of `reference/` that the bench loads: causes, parameters, what guides discretion, typical cases."""

from xiuhua.cases.actions.reference.causes import CAUSES, DOUBTS, ENFORCERS, KINDS, RANGES
from xiuhua.cases.actions.reference.discretion import BANDS, FACTORS, TIERS
from xiuhua.cases.actions.reference.parameters import MEASURES, PARAMETERS
from xiuhua.cases.actions.reference.templates import TEMPLATES
from xiuhua.org.actions.reference import Sheet

SHEETS: tuple[Sheet, ...] = (CAUSES, PARAMETERS, TIERS, BANDS, FACTORS, TEMPLATES)

__all__ = [
    "BANDS",
    "CAUSES",
    "DOUBTS",
    "ENFORCERS",
    "FACTORS",
    "KINDS",
    "MEASURES",
    "PARAMETERS",
    "RANGES",
    "SHEETS",
    "TEMPLATES",
    "TIERS",
]
