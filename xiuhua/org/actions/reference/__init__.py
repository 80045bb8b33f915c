"""The law as data: the files of `reference/` that org loads, and the means by which other rooms load theirs."""

from xiuhua.org.actions.reference.authority import AUTHORITY
from xiuhua.org.actions.reference.days import EXTRA_DAYS, HOLIDAYS
from xiuhua.org.actions.reference.elsewhere import DEMO_USERS, ELSEWHERE, Checked
from xiuhua.org.actions.reference.law import ACTS
from xiuhua.org.actions.reference.numbers import exactly, numbers_in, thresholds
from xiuhua.org.actions.reference.shared import DATED, SOURCED, unknown_acts
from xiuhua.org.actions.reference.sheets import Sheet, Tables, difference, faults, load, said
from xiuhua.org.actions.reference.units import HEADCOUNTS, STREETS, UNITS

SHEETS: tuple[Sheet, ...] = (HOLIDAYS, EXTRA_DAYS, ACTS, UNITS, AUTHORITY, HEADCOUNTS)

__all__ = [
    "ACTS",
    "AUTHORITY",
    "DATED",
    "DEMO_USERS",
    "ELSEWHERE",
    "EXTRA_DAYS",
    "HEADCOUNTS",
    "HOLIDAYS",
    "SHEETS",
    "SOURCED",
    "STREETS",
    "UNITS",
    "Checked",
    "Sheet",
    "Tables",
    "difference",
    "exactly",
    "faults",
    "load",
    "numbers_in",
    "said",
    "thresholds",
    "unknown_acts",
]
