"""The figures the bench owes the yearly report: cases closed, what came of remedies, what the review centre did."""

from xiuhua.cases.figures.closing import CLOSING, case_bearing, closed, demolished
from xiuhua.cases.figures.delegating import DELEGATING
from xiuhua.cases.figures.events import EVENTS
from xiuhua.cases.figures.guidance import GUIDANCE
from xiuhua.cases.figures.remedies import REMEDIES, attended, concluded, heard, overturned, rate
from xiuhua.org.figures import MENTORING

# What stands in the statistics: cases, the powers moved down to towns with their mentoring, the review centre, events.
FIGURES = (*CLOSING, *MENTORING, *DELEGATING, *GUIDANCE, *EVENTS)

__all__ = [
    "CLOSING",
    "DELEGATING",
    "EVENTS",
    "FIGURES",
    "GUIDANCE",
    "REMEDIES",
    "attended",
    "case_bearing",
    "closed",
    "concluded",
    "demolished",
    "heard",
    "overturned",
    "rate",
]
