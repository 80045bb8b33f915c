"""The only writes of command: orders and how they go on, alarms and their switches."""

from xiuhua.command.actions.alarms import handle, look_for_alarms, switch
from xiuhua.command.actions.orders import acknowledge, report, rise, send_order, withdraw

__all__ = ["acknowledge", "handle", "look_for_alarms", "report", "rise", "send_order", "switch", "withdraw"]
