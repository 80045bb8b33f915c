"""The days of a payment that stand nowhere in the file but follow from it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.guards.reading import block, iso, pay_until, received
from xiuhua.cases.procedure.periods import length_on
from xiuhua.cases.procedure.surcharge import pauses
from xiuhua.kernel.workdays import ONE, Calendar

File = Mapping[str, Any]


def had(file: File, calendar: Calendar) -> date | None:
    """The day on which the party had the decision in hand."""
    day = received(dict(file))
    return iso(day) if day else None


def last_to_pay(file: File, calendar: Calendar) -> date | None:
    """The last day to pay: of the approved plan, else of the period after receipt."""
    return pay_until(dict(file), calendar)


def before_the_pause(file: File, calendar: Calendar) -> date | None:
    """The last day before a remedy stopped the surcharge; None while none is under way."""
    return min((span.from_on - ONE for span in pauses(file) if span.to_on is None), default=None)


def end_of_the_pause(file: File, calendar: Calendar) -> date | None:
    """The last day of the last remedy; None while one is under way."""
    ends = [span.to_on for span in pauses(file)]
    return max((end for end in ends if end), default=None) if all(ends) else None


def before_the_cap(file: File, calendar: Calendar) -> date | None:
    """The last day on which the surcharge cannot have reached the fine; None while it stands still or has none.

    Only when the job looks: what the surcharge is, `surcharge.reckoned` says with the percentage of the day.
    """
    start = block(file, "surcharge").get("from_on")
    spans = pauses(file)
    if not start or any(span.to_on is None for span in spans):
        return None
    day, counted = iso(start), 0
    to_the_cap = length_on("surcharge_cap", day)
    while True:
        counted += not any(span.holds(day) for span in spans)
        if counted == to_the_cap:
            return day - ONE
        day += ONE
