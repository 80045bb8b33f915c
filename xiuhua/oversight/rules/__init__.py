"""What oversight may draw, ask and conclude. Pure."""

from xiuhua.oversight.rules.drawing import Candidate, Stratum, draw, goal_of, rank, short_of
from xiuhua.oversight.rules.sheets import (
    LIMIT_CODES,
    OPEN,
    STATE_LABELS,
    VERDICT_LABELS,
    Said,
    State,
    Verdict,
    faults_of,
    own,
    sheet_faults,
)

__all__ = [
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
    "own",
    "rank",
    "sheet_faults",
    "short_of",
]
