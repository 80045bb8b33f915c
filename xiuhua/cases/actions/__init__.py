"""The only writes of the bench."""

from xiuhua.cases.actions.annulment import lapse_right, recall_publication
from xiuhua.cases.actions.exhibits import add_exhibit
from xiuhua.cases.actions.joined import begin, lapse_in, penalise_on_spot, take, take_in
from xiuhua.cases.actions.lapsing import lapse
from xiuhua.cases.actions.opening import Opening, open_case
from xiuhua.cases.actions.reviewing import divide, give_out, move_review, set_line
from xiuhua.cases.actions.stepping import wait

__all__ = [
    "Opening",
    "add_exhibit",
    "begin",
    "divide",
    "give_out",
    "lapse",
    "lapse_in",
    "lapse_right",
    "move_review",
    "open_case",
    "penalise_on_spot",
    "recall_publication",
    "set_line",
    "take",
    "take_in",
    "wait",
]
