"""What oversight may draw, ask and conclude. Pure."""

from xiuhua.oversight.rules.drawing import Candidate, Stratum, draw, goal_of, rank, short_of
from xiuhua.oversight.rules.sheets import (
    ANSWERED_FOR,
    LIMIT_CODES,
    OPEN,
    STATE_LABELS,
    VERDICT_LABELS,
    Said,
    State,
    Verdict,
    faults_of,
    sheet_faults,
)

__all__ = [
    "ANSWERED_FOR",
    "LIMIT_CODES",
    "OPEN",
    "STATE_LABELS",
    "VERDICT_LABELS",
    "Candidate",
    "Said",
    "State",
    "Stratum",
    "Verdict",
    "draw",
    "faults_of",
    "goal_of",
    "rank",
    "sheet_faults",
    "short_of",
]
