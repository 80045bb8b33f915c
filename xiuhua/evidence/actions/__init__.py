"""The only writes of evidence. Each is a verb with named facts, the actor and the moment, and leaves an entry."""

from xiuhua.evidence.actions.adding import add, share
from xiuhua.evidence.actions.deriving import blur, clip
from xiuhua.evidence.actions.docking import arrive, ask_for, close_station, dock, open_station
from xiuhua.evidence.actions.keeping import (
    ask_lift,
    destroy,
    end_holds,
    hold,
    hold_by_hand,
    let_go,
    lift,
    propose_destruction,
    review_destruction,
)
from xiuhua.evidence.actions.looking import look_into
from xiuhua.evidence.actions.packing import export
from xiuhua.evidence.actions.stamping import stamp
from xiuhua.evidence.actions.using import correct_time, decide_link, use

__all__ = [
    "add",
    "arrive",
    "ask_for",
    "ask_lift",
    "blur",
    "clip",
    "close_station",
    "correct_time",
    "decide_link",
    "destroy",
    "dock",
    "end_holds",
    "export",
    "hold",
    "hold_by_hand",
    "let_go",
    "lift",
    "look_into",
    "open_station",
    "propose_destruction",
    "review_destruction",
    "share",
    "stamp",
    "use",
]
