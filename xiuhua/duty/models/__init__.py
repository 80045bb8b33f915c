"""Tables of the street."""

from xiuhua.duty.models.events import (
    Call,
    Event,
    LevelOrder,
    Operation,
    Participant,
    Reserve,
    Task,
    TaskNote,
)
from xiuhua.duty.models.places import Beat, Limit, Plan, Point, ShiftKind
from xiuhua.duty.models.presence import CheckIn, Delivery, Finding
from xiuhua.duty.models.roster import Appeal, Shift, Stop, Swap

__all__ = [
    "Appeal",
    "Beat",
    "Call",
    "CheckIn",
    "Delivery",
    "Event",
    "Finding",
    "LevelOrder",
    "Limit",
    "Operation",
    "Participant",
    "Plan",
    "Point",
    "Reserve",
    "Shift",
    "ShiftKind",
    "Stop",
    "Swap",
    "Task",
    "TaskNote",
]
