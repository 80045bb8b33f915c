"""Tables of the bench."""

from xiuhua.cases.models.case import Case, CaseExhibit, Document, Step
from xiuhua.cases.models.law import Cause, Parameter, Tier

__all__ = ["Case", "CaseExhibit", "Cause", "Document", "Parameter", "Step", "Tier"]
