"""Who may order, sign for, and look into alarms: pairs of a check that refuses with reasons, and a question."""

from __future__ import annotations

from xiuhua.command import rules
from xiuhua.command.models import Alarm, Order
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.org import queries as org


def _refuse(code: str, sentence: str, meaning: str) -> Refused:
    return Refused(Refusal(code, sentence, meaning=meaning))


def _reaches(permission: str, unit_id: int, by: Actor) -> bool:
    """Over rows of the unit: the own one, one that acts in our name, or all."""
    scope = by.scope(permission)
    if scope.everything or unit_id in scope.units:
        return True
    return bool(scope.authorities) and unit_id in set(org.acting_for(scope.authorities))


def check_can_order(unit_id: int, by: Actor) -> None:
    """Those who give tasks to a unit send its people. Raises Refused."""
    if not _reaches("duty.task", unit_id, by):
        raise _refuse(
            "order_elsewhere", "不能给这个单位下达调度令", "orders cannot be given to this unit by you"
        )


def can_order(unit_id: int, by: Actor) -> bool:
    return holds(lambda: check_can_order(unit_id, by))


def check_can_carry_out(order: Order, by: Actor) -> None:
    """The officer whom the order names, while it is open. Raises Refused."""
    if order.officer_id != by.officer_id:
        raise _refuse("order_of_another", "调度令由指定的承办人签收和办理", "the order names somebody else")
    if order.state not in rules.ORDER_OPEN:
        raise _refuse("order_closed", "调度令已办结", "the order is closed")


def can_carry_out(order: Order, by: Actor) -> bool:
    return holds(lambda: check_can_carry_out(order, by))


def check_can_handle(alarm: Alarm, by: Actor) -> None:
    """Whoever may follow the unit's people, never about oneself, while it is open. Raises Refused."""
    if alarm.officer_id is not None and alarm.officer_id == by.officer_id:
        raise _refuse(
            "own_alarm", "不得核查本人的位置提醒", "nobody looks into an alarm about himself or herself"
        )
    if not _reaches("positions.see", alarm.unit_id, by):
        raise _refuse(
            "alarm_elsewhere",
            "位置提醒由本单位负责人或指挥中心核查",
            "alarms are looked into by the unit or the desk",
        )
    if alarm.note:
        raise _refuse("alarm_handled", "这条提醒已经核查", "this alarm was looked into already")


def can_handle(alarm: Alarm, by: Actor) -> bool:
    return holds(lambda: check_can_handle(alarm, by))


def check_can_switch(by: Actor) -> None:
    """Alarms are turned off and on for the whole bureau by whoever orders duty levels. Raises Refused."""
    if not by.can("duty.order"):
        raise _refuse(
            "switch_for_desk",
            "位置提醒由区局或指挥中心开关",
            "alarms are turned on and off by the bureau or the desk",
        )


def can_switch(by: Actor) -> bool:
    return holds(lambda: check_can_switch(by))
