"""The only writes of the bench."""

from xiuhua.cases.actions.exhibits import add_exhibit
from xiuhua.cases.actions.lapsing import lapse
from xiuhua.cases.actions.matters import begin, lapse_in, take_in
from xiuhua.cases.actions.on_spot import penalise_on_spot
from xiuhua.cases.actions.opening import Opening, open_case
from xiuhua.cases.actions.stepping import take, wait

__all__ = [
    "Opening",
    "add_exhibit",
    "begin",
    "lapse",
    "lapse_in",
    "open_case",
    "penalise_on_spot",
    "take",
    "take_in",
    "wait",
]
