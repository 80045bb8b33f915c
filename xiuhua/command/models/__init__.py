"""Tables of command."""

from xiuhua.command.models.alarms import Alarm, Switch
from xiuhua.command.models.limits import Limit
from xiuhua.command.models.orders import Order

__all__ = ["Alarm", "Limit", "Order", "Switch"]
