"""Reads of command. What is on the map of somebody is what that person may see in the room it comes from."""

from xiuhua.command.models import Alarm, Order, Switch
from xiuhua.command.queries.alarms import alarms, open_alarms, switches
from xiuhua.command.queries.limits import limits
from xiuhua.command.queries.orders import Offered, offered, orders, waiting_for
from xiuhua.command.queries.picture import (
    IN_HAND,
    Mover,
    car_of,
    everyone,
    followed,
    forget,
    leads_in_hand,
    milliseconds,
    movers,
    stretches,
)

__all__ = [
    "IN_HAND",
    "Alarm",
    "Mover",
    "Offered",
    "Order",
    "Switch",
    "alarms",
    "car_of",
    "everyone",
    "followed",
    "forget",
    "leads_in_hand",
    "limits",
    "milliseconds",
    "movers",
    "offered",
    "open_alarms",
    "orders",
    "stretches",
    "switches",
    "waiting_for",
]
