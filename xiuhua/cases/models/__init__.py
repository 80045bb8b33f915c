"""Tables of the bench."""

from xiuhua.cases.models.case import Case, CaseExhibit, Document, Matter, OutlierReason, Step
from xiuhua.cases.models.law import Band, Cause, Factor, Parameter, Tier
from xiuhua.cases.models.money import BankFile, BankLine, FineBill
from xiuhua.cases.models.remedies import Remedy
from xiuhua.cases.models.review import Review, ReviewDivision, ReviewLine

__all__ = [
    "Band",
    "BankFile",
    "BankLine",
    "Case",
    "CaseExhibit",
    "Cause",
    "Document",
    "Factor",
    "FineBill",
    "Matter",
    "OutlierReason",
    "Parameter",
    "Remedy",
    "Review",
    "ReviewDivision",
    "ReviewLine",
    "Step",
    "Tier",
]
