"""Tables of exchange: subscriptions and kinds of events (of legal effect); events and deliveries, which are not."""

from xiuhua.exchange.models.events import Delivery, Event, Line
from xiuhua.exchange.models.kinds import EventKind, Limit
from xiuhua.exchange.models.subscriptions import Subscription

__all__ = ["Delivery", "Event", "EventKind", "Limit", "Line", "Subscription"]
