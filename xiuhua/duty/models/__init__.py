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
from xiuhua.duty.models.rounds import Inspection, RoadPatrol

__all__ = [
    "Appeal",
    "Beat",
    "Call",
    "CheckIn",
    "Delivery",
    "Event",
    "Finding",
    "Inspection",
    "LevelOrder",
    "Limit",
    "Operation",
    "Participant",
    "Plan",
    "Point",
    "Reserve",
    "RoadPatrol",
    "Shift",
    "ShiftKind",
    "Stop",
    "Swap",
    "Task",
    "TaskNote",
]
