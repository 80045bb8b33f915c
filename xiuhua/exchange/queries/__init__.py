"""Reads of exchange: subscriptions, what was sent to whom, and what happened that could be told."""

from xiuhua.exchange.models import Delivery, EventKind, Line, Subscription
from xiuhua.exchange.queries.happenings import happenings, positions
from xiuhua.exchange.queries.kinds import kinds, limits
from xiuhua.exchange.queries.subscriptions import (
    counts,
    deliveries,
    line_of,
    running,
    subscriptions,
    within,
)

__all__ = [
    "Delivery",
    "EventKind",
    "Line",
    "Subscription",
    "counts",
    "deliveries",
    "happenings",
    "kinds",
    "limits",
    "line_of",
    "positions",
    "running",
    "subscriptions",
    "within",
]
