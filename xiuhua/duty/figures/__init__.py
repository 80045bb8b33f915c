"""The figures that the street owes the reports, and its three rates."""

from xiuhua.duty.figures.events import DONE, GUARDED, on_counted_days, reserves
from xiuhua.duty.figures.events import FIGURES as EVENTS
from xiuhua.duty.figures.street import COUNTS, RATES, attended, check_ins, findings, handled, kept, planned
from xiuhua.duty.figures.street import FIGURES as STREET

FIGURES = (*STREET, *EVENTS)

__all__ = [
    "COUNTS",
    "DONE",
    "EVENTS",
    "FIGURES",
    "GUARDED",
    "RATES",
    "STREET",
    "attended",
    "check_ins",
    "findings",
    "handled",
    "kept",
    "on_counted_days",
    "planned",
    "reserves",
]
