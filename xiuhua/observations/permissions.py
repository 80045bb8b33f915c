"""Who may change the registry of devices, and who may look at a track."""

from __future__ import annotations

from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.observations.models import Device, DeviceFault, DeviceOrder, OddFrame
from xiuhua.observations.rules import WATCHING, OrderKind, OrderState

MANAGE = Refusal(
    "devices_manage_needed",
    "定位设备由系统管理员登记、变更和停用",
    meaning="position devices are registered, changed and withdrawn by the system administrator",
)
UNSEEN = Refusal(
    "track_not_seen",
    "您的岗位不能查看该人员或车辆的位置",
    "PIPL §34",
    "your post may not look at the positions of this person or vehicle",
)
BORNE_BY_OTHERS = Refusal(
    "track_of_another_bearer",
    "这一天该设备还由他人使用，只能由有权查看其位置的人员查看",
    "PIPL §34",
    "somebody else bore the device on that day: its track is for those who may look at positions",
)
MEND = Refusal(
    "fault_not_yours",
    "设备故障由配属单位、指派的人员或系统管理员处理",
    meaning="a fault is closed by the unit that holds the device, by whom it was given to, or by the administrator",
)
ASSIGN = Refusal(
    "fault_assigning_elsewhere",
    "设备故障由配属单位负责人、内勤或系统管理员指派",
    meaning="a fault is given out by the heads and the clerk of the unit that holds the device or by the administrator",
)
REPORT = Refusal(
    "device_not_seen",
    "只能报修本单位或本人使用的设备",
    meaning="one reports faults of the devices of the own unit, or of one's own",
)

ODD = Refusal(
    "odd_frame_elsewhere",
    "异常报文由设备的配属单位或系统管理员查看",
    meaning="odd frames are looked at by the unit that holds the device or by the administrator",
)
ORDER = Refusal(
    "terminal_order_elsewhere",
    "终端指令由配属单位负责人、内勤或指挥调度员下达",
    meaning="terminals are ordered by the heads and the clerk of the unit that holds them or by the dispatcher",
)
WATCH = Refusal(
    "terminal_watching_not_yours",
    "查询位置、加密定位和拍照由有权查看该车辆位置的人员下达",
    "PIPL §34",
    "where a vehicle is and what it sees is asked for by those who may look at its positions",
)
ORDER_OF_ANOTHER = Refusal(
    "terminal_order_of_another",
    "只能撤回本人下达的指令",
    meaning="one takes back one's own orders only",
)
ORDER_GONE = Refusal(
    "terminal_order_gone",
    "指令已发送或已了结，不能撤回",
    meaning="what was sent or has ended is not taken back",
)
OFF_DUTY = Refusal(
    "terminal_off_duty",
    "该设备不在当班时段，不得查询位置、加密定位或拍照",
    "PIPL §34",
    "the device is not on duty: it is not asked where it is or what it sees",
)


def check_can_manage(by: Actor) -> None:
    """Raises Refused."""
    if not by.can("devices.manage"):
        raise Refused(MANAGE)


def can_manage(by: Actor) -> bool:
    return holds(lambda: check_can_manage(by))


def check_can_follow(device: Device, by: Actor) -> None:
    """Raises Refused for somebody who may not look at the positions of this device."""
    if not by.is_system and not Device.objects.followed(by).filter(pk=device.pk).exists():
        raise Refused(UNSEEN)


def check_can_follow_others(device: Device, by: Actor) -> None:
    """What the post opens, without what is one's own: for days on which somebody else bore it. Raises Refused."""
    if not (by.is_system or _follows_by_post(device, by)):
        raise Refused(BORNE_BY_OTHERS)


def _follows_by_post(device: Device, by: Actor) -> bool:
    scope = by.scope("positions.see")
    return scope.everything or device.unit_id in scope.units


def can_follow(device: Device, by: Actor) -> bool:
    return holds(lambda: check_can_follow(device, by))


def check_can_mend(fault: DeviceFault, by: Actor) -> None:
    """Raises Refused for somebody who sees neither the device in the registry nor the fault among what is to mend."""
    if not by.is_system and not DeviceFault.objects.visible(by).filter(pk=fault.pk).exists():
        raise Refused(MEND)


def check_can_look_at_odd(frame: OddFrame, by: Actor) -> None:
    """Frames of strangers are the administrator's, those of devices of whoever sees these. Raises Refused."""
    if by.is_system or by.can("devices.manage"):
        return
    if not Device.objects.visible(by).filter(identity=frame.identity, protocol=frame.protocol).exists():
        raise Refused(ODD)


def can_look_at_odd(frame: OddFrame, by: Actor) -> bool:
    return holds(lambda: check_can_look_at_odd(frame, by))


def check_can_report(device: Device, by: Actor) -> None:
    """Raises Refused for somebody who does not see the device in the registry."""
    if not by.is_system and not Device.objects.visible(by).filter(pk=device.pk).exists():
        raise Refused(REPORT)


def check_can_assign(device: Device, by: Actor) -> None:
    """Whoever bears a device sees it and gives nothing out. Raises Refused."""
    scope = by.scope("devices.see")
    if not ((scope.everything and by.can("devices.manage")) or by.is_system or device.unit_id in scope.units):
        raise Refused(ASSIGN)


def can_assign(device: Device, by: Actor) -> bool:
    return holds(lambda: check_can_assign(device, by))


def check_can_order(device: Device, kind: OrderKind, by: Actor) -> None:
    """Whether `by` may give an order of `kind`, leaving aside the hours of duty. Raises Refused.

    Parameters are also the administrator's, who sees neither positions nor pictures.
    """
    manages = by.can("devices.manage") and kind in {OrderKind.PARAMETERS, OrderKind.SETTINGS}
    scope = by.scope("devices.order")
    if not (scope.everything or device.unit_id in scope.units or manages):
        raise Refused(ORDER)
    if kind not in WATCHING:
        return
    if not _follows_by_post(device, by):
        raise Refused(WATCH)


def can_order(device: Device, kind: OrderKind, by: Actor) -> bool:
    return holds(lambda: check_can_order(device, kind, by))


def check_can_withdraw_order(order: DeviceOrder, by: Actor) -> None:
    """Whoever gave it, as long as it waits for its terminal. Raises Refused."""
    if order.by_user is None or order.by_user != by.user_id:
        raise Refused(ORDER_OF_ANOTHER)
    if order.state != OrderState.QUEUED:
        raise Refused(ORDER_GONE)


def can_withdraw_order(order: DeviceOrder, by: Actor) -> bool:
    return holds(lambda: check_can_withdraw_order(order, by))
