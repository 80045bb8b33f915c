"""A car of squad east and an officer's phone, for the suites of the room and of its gateways."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations.models import Device, Position
from xiuhua.observations.queries.known import milliseconds
from xiuhua.org.models import Officer, Unit
from xiuhua.registers.tests.bureau import AT

PLATE = "沪A1E001"
HOUR = timedelta(hours=1)


def car(unit: Unit, identity: str = "13800000001", **more: Any) -> Device:
    values: dict[str, Any] = {
        "kind": "vehicle_terminal",
        "protocol": "jt808",
        "name": f"示例车{identity}",
        **more,
    }
    return actions.register(identity=identity, unit=unit, plate=PLATE, by=SYSTEM, at=AT, **values)


def phone(unit: Unit, officer: Officer, identity: str = "phone-0001", **more: Any) -> Device:
    values: dict[str, Any] = {"kind": "phone", "protocol": "osmand", "name": f"示例终端{identity}", **more}
    return actions.register(identity=identity, unit=unit, officer=officer, by=SYSTEM, at=AT, **values)


def on_duty(source: str = "duty.shift:1", hours: float = 8, at: datetime = AT, **who: Any) -> None:
    stretch = actions.Stretch(starts_at=at, ends_at=at + hours * HOUR, **who)
    actions.put_hours(source=source, stretches=[stretch], by=SYSTEM, at=at)


def went(device: Device, at: datetime, lon: float = 121.505, lat: float = 31.205) -> Position:
    moment = milliseconds(at)
    return Position.objects.create(
        device=device.pk, at=moment, received=moment, lon=lon, lat=lat, datum=1, speed=30
    )
