"""The review centre without a database: who reviews a case, why not, how long it waits, how many reviewers it takes.

choosing   the reviewer of a case: apart from the investigation, qualified, of the right line, with the least to do
queueing   waiting times: by formula, and by replaying what came in under one division of work or the other
wording    texts of typical cases: which steps offer them, and how their blanks are filled from a case
"""

from xiuhua.cases.reviewing.choosing import Candidate, Choice, Division, Stage, choose
from xiuhua.cases.reviewing.queueing import Arrival, Desk, Waits, needed, replay, wait_in_days

__all__ = [
    "Arrival",
    "Candidate",
    "Choice",
    "Desk",
    "Division",
    "Stage",
    "Waits",
    "choose",
    "needed",
    "replay",
    "wait_in_days",
]
