"""What drives at one place of the world of `visible`: a car's terminal, its fault, an order to it, and hours of
duty."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.models import Channel, DeviceFault, DeviceOrder
from xiuhua.org.models import Unit


def lay(unit: Unit, at: datetime) -> None:
    """Rows of `unit`, all named by its mark."""
    mark = f"DEVI{unit.code}"
    device = actions.register(
        kind="vehicle_terminal",
        protocol="jt808",
        identity=f"1390000{unit.pk:04d}",
        name=f"示例{mark}",
        unit=unit,
        plate="沪A00000",
        by=SYSTEM,
        at=at,
    )
    stretch = actions.Stretch(at, at + timedelta(hours=8), device=device)
    actions.put_hours(source=mark, stretches=[stretch], by=SYSTEM, at=at)
    with record.act("示例", by=SYSTEM, at=at) as act:
        DeviceFault(device=device, kind="silent", since=at).save()
        Channel(device=device, identity=f"{mark}C", name=mark, told_at=at).save()
        DeviceOrder(
            device=device,
            kind="text",
            parameters={"text": mark},
            by_name="示例",
            unit_code="",
            at=at,
            ends_at=at + timedelta(minutes=30),
        ).save()
        act.entry(on=device, facts={})
