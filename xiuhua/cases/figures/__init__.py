"""The figures the bench owes the yearly report: cases closed, and what came of reconsiderations and suits."""

from xiuhua.cases.figures.closing import FIGURES, case_bearing, closed, demolished
from xiuhua.cases.figures.remedies import REMEDIES, attended, concluded, heard, overturned, rate

__all__ = [
    "FIGURES",
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
