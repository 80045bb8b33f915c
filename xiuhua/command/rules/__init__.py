"""What command knows without a database: how a point stands, who is sent, which alarms the last minutes give."""

from xiuhua.command.rules.alarms import ALARM_LABELS, AlarmKind, Found, away, still
from xiuhua.command.rules.limits import LIMIT_CODES, Limits
from xiuhua.command.rules.orders import (
    HIGHEST_LEVEL,
    HINDRANCE_GROUNDS,
    HINDRANCE_LABELS,
    LEVEL_LABELS,
    ORDER_LABELS,
    ORDER_OPEN,
    Candidate,
    Hindrance,
    OrderState,
    Ranked,
    hindrances,
    next_level,
    ranked,
)
from xiuhua.command.rules.picture import STANDING_LABELS, Seen, Standing, car_of, freshest, standing

__all__ = [
    "ALARM_LABELS",
    "HIGHEST_LEVEL",
    "HINDRANCE_GROUNDS",
    "HINDRANCE_LABELS",
    "LEVEL_LABELS",
    "LIMIT_CODES",
    "ORDER_LABELS",
    "ORDER_OPEN",
    "STANDING_LABELS",
    "AlarmKind",
    "Candidate",
    "Found",
    "Hindrance",
    "Limits",
    "OrderState",
    "Ranked",
    "Seen",
    "Standing",
    "away",
    "car_of",
    "freshest",
    "hindrances",
    "next_level",
    "ranked",
    "standing",
    "still",
]
