"""What the registry of devices owes the reports: cameras, located vehicles and officers, channels. All are stocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.observations.models import Channel, Device
from xiuhua.observations.rules import DeviceKind
from xiuhua.org import queries as org
from xiuhua.org.figures import Figure, Period

Rows = Callable[[Actor, Period], QuerySet[Any]]
BORNE = (DeviceKind.PHONE, DeviceKind.BODY_CAMERA)


def in_use(user: Actor, period: Period) -> QuerySet[Device]:
    """Devices in the registry on the last day of the period."""
    there = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__date__gt=period.end)
    return Device.objects.visible(user).filter(there, registered_at__date__lte=period.end)


def of_kind(kind: DeviceKind) -> Rows:
    def rows(user: Actor, period: Period) -> QuerySet[Any]:
        return in_use(user, period).filter(kind=kind)

    return rows


def located_officers(user: Actor, period: Period) -> QuerySet[Any]:
    """People who bear a device that tells positions, each once."""
    bearers = in_use(user, period).filter(kind__in=BORNE, officer__isnull=False).values("officer")
    return org.officers(user).filter(pk__in=bearers)


def channels_of(kind: DeviceKind) -> Rows:
    """Channels of such devices that were last told to be live."""

    def rows(user: Actor, period: Period) -> QuerySet[Any]:
        devices = in_use(user, period).filter(kind=kind).values("pk")
        found = Channel.objects.visible(user).filter(device__in=devices, online=True)
        return found.filter(told_at__date__lte=period.end)

    return rows


def nothing(user: Actor, period: Period) -> QuerySet[Any]:
    """See why in the figure."""
    return Channel.objects.none()


def _stock(id: str, label: str, label_en: str, definition: str, definition_en: str, **more: Any) -> Figure:
    shape = {"day": "", "unit": "unit", "needs": "devices.see", **more}
    return Figure(
        id=id, label=label, label_en=label_en, definition=definition, definition_en=definition_en, **shape
    )


FIGURES = (
    _stock(
        "A18",
        "执法记录仪",
        "Body cameras",
        "期末当日登记在用的执法记录仪数，含备用，所以可以多于定位人数。",
        "Body cameras in the registry on the last day of the period, spares among them: there may be more of them than "
        "located officers.",
        measure="台",
        measure_en="devices",
        rows=of_kind(DeviceKind.BODY_CAMERA),
    ),
    _stock(
        "A21",
        "实时定位车辆",
        "Located vehicles",
        "期末当日登记在用的车载终端数，一车一台。",
        "Vehicle terminals in the registry on the last day of the period, one for each vehicle.",
        measure="辆",
        measure_en="vehicles",
        rows=of_kind(DeviceKind.VEHICLE_TERMINAL),
    ),
    _stock(
        "A22",
        "实时定位队员",
        "Located officers",
        "期末当日登记在用的移动终端、执法记录仪的使用人数，一人计一次，使用人按现在的登记；不同于办案人数和参训人数。",
        "People who bear a phone or camera that is in the registry on the last day of the period, each once, by the "
        "bearer of today; neither the case-bearing nor the trained head-count.",
        measure="人",
        measure_en="officers",
        unit="",
        rows=located_officers,
    ),
    _stock(
        "A23",
        "执法记录仪视频",
        "Channels of body cameras",
        "期末前上报、最近一次上报在线的执法记录仪通道数。",
        "Channels of body cameras, told by the end of the period, that were live when they were last told.",
        measure="路",
        measure_en="channels",
        unit="device__unit",
        rows=channels_of(DeviceKind.BODY_CAMERA),
    ),
    _stock(
        "A24",
        "道路卡口固定监控",
        "Channels of gates",
        "自建道路卡口固定监控的视频通道数。",
        "Video channels of the gate cameras that the bureau built itself.",
        measure="路",
        measure_en="channels",
        unit="",
        rows=nothing,
        missing="没有数据：卡口监控不报位置，不在定位设备登记里。",
        missing_en="No data: gate cameras tell no positions and are not in the registry of devices.",
    ),
    _stock(
        "A25",
        "车载监控视频",
        "Channels of vehicles",
        "期末前上报、最近一次上报在线的车载设备通道数；只含按 GB/T 28181 上报目录的设备。",
        "Channels of devices in vehicles, told by the end of the period, that were live when they were last told; only "
        "of devices that tell a catalogue of GB/T 28181.",
        measure="路",
        measure_en="channels",
        unit="device__unit",
        rows=channels_of(DeviceKind.VEHICLE_TERMINAL),
    ),
)
