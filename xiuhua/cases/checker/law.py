"""The functions of the notation over one state of the law. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from xiuhua.cases.checker import days, reading, values
from xiuhua.cases.checker.compiling import Functions
from xiuhua.cases.checker.counting import counting
from xiuhua.cases.checker.reading import ParamsOn
from xiuhua.cases.checker.tiers import TierSpan, tier_test
from xiuhua.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Law:
    """What the rules need besides the file: working days, parameters in force on an ISO day, parts of the tiers."""

    calendar: Calendar
    params_on: ParamsOn
    tier_span: TierSpan


def functions(law: Law) -> Functions:
    """The functions of the notation over this state of the law."""
    params = lru_cache(maxsize=4096)(law.params_on)

    def param(day: str | None, name: str) -> Any:
        return params(day or date.min.isoformat()).get(name)

    of_the_file = {
        name: getattr(reading, name)
        for name in (
            "ordinary", "summary", "penal", "decided_or_closed", "acts", "investigators", "staff", "svc", "eff",
            "recorded", "recording_required", "suspended_days", "review_required", "paid", "demand_due",
            "remedy_days_in", "test_days", "measure_days",
        )
    }  # fmt: skip
    of_days = {
        name: getattr(days, name)
        for name in (
            "d",
            "days",
            "add_days",
            "add_months",
            "add_years",
            "hours",
            "overlap",
            "age_on",
            "night",
        )
    }
    of_values = {
        name: getattr(values, name)
        for name in (
            "plus", "minus", "times", "shared", "at", "cut", "money", "in_order", "re_ten", "usci_ok", "kinds_of",
        )
    }  # fmt: skip
    return {
        **of_the_file,
        **of_days,
        **of_values,
        **counting(law.calendar),
        **reading.over_parameters(params),
        **reading.over_periods(law.calendar),
        "sum": values.total,
        "min": values.smaller,
        "max": values.larger,
        "param": param,
        "tier_contains": tier_test(law.tier_span, reading.law_day),
    }
