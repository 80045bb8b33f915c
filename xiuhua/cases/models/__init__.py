"""Tables of the bench."""

from xiuhua.cases.models.case import Case, CaseExhibit, Document, Matter, OutlierReason, Step
from xiuhua.cases.models.guidance import CaseTemplate, GuidanceNote, NoteMark
from xiuhua.cases.models.joint import JointEvidence, JointOfficer, JointShare, JointTask, JointWork
from xiuhua.cases.models.law import Band, Cause, Factor, Parameter, Tier
from xiuhua.cases.models.money import BankFile, BankLine, FineBill
from xiuhua.cases.models.papers import Signature, Volume
from xiuhua.cases.models.parties import CaseParty
from xiuhua.cases.models.remedies import Remedy
from xiuhua.cases.models.review import Review, ReviewDivision, ReviewLine
from xiuhua.cases.models.sessions import HardSession, SessionItem, SessionOpinion, SessionSeat
from xiuhua.cases.models.stock import PaperForm

__all__ = [
    "Band",
    "BankFile",
    "BankLine",
    "Case",
    "CaseExhibit",
    "CaseParty",
    "CaseTemplate",
    "Cause",
    "Document",
    "Factor",
    "FineBill",
    "GuidanceNote",
    "HardSession",
    "JointEvidence",
    "JointOfficer",
    "JointShare",
    "JointTask",
    "JointWork",
    "Matter",
    "NoteMark",
    "OutlierReason",
    "PaperForm",
    "Parameter",
    "Remedy",
    "Review",
    "ReviewDivision",
    "ReviewLine",
    "SessionItem",
    "SessionOpinion",
    "SessionSeat",
    "Signature",
    "Step",
    "Tier",
    "Volume",
]
