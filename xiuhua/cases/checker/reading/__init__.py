"""What the rules ask of a whole file, by the names of the notation. Pure; what is missing is None or empty.

The day on which a parameter counts for a question about the file is that of the notice for hearings, else that of
the decision, else that of the lead.
"""

from xiuhua.cases.checker.reading.acts import acts, investigators, staff
from xiuhua.cases.checker.reading.blocks import ParamsOn, block, law_day
from xiuhua.cases.checker.reading.law import over_parameters, over_periods
from xiuhua.cases.checker.reading.service import (
    demand_due,
    eff,
    measure_days,
    recorded,
    remedy_days_in,
    svc,
    test_days,
)
from xiuhua.cases.checker.reading.whole import (
    decided_or_closed,
    ordinary,
    paid,
    penal,
    recording_required,
    review_required,
    summary,
    suspended_days,
)

__all__ = [
    "ParamsOn",
    "acts",
    "block",
    "decided_or_closed",
    "demand_due",
    "eff",
    "investigators",
    "law_day",
    "measure_days",
    "ordinary",
    "over_parameters",
    "over_periods",
    "paid",
    "penal",
    "recorded",
    "recording_required",
    "remedy_days_in",
    "review_required",
    "staff",
    "summary",
    "suspended_days",
    "svc",
    "test_days",
]
