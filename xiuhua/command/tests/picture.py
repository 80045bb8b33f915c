"""The street with its thresholds, and short ways to carry a device, to be on duty and to be seen."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from xiuhua.command import queries
from xiuhua.command.models import Limit
from xiuhua.duty.tests.street import Street
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.observations.models import Current, Device, Position
from xiuhua.observations.tests import street as road
from xiuhua.org.models import Officer, Unit
from xiuhua.registers.tests.bureau import AT, EAST, Bureau

MINUTE = timedelta(minutes=1)


def load_limits() -> None:
    with (settings.REFERENCE_DIR / "command_limits.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    with record.act("示例", by=SYSTEM, at=AT) as act:
        Limit.objects.bulk_create(Limit(**row) for row in rows)
        act.entry(on=Limit.objects.all()[0], facts={})


class Picture(Street):
    """Squad east: an officer with a phone, a colleague, a head; squad west beside it."""

    def __init__(self, bureau: Bureau) -> None:
        super().__init__(bureau)
        load_limits()

    def phone(self, who: Actor | None = None, unit: Unit | None = None, on_duty: bool = True) -> Device:
        """A phone of somebody, on duty from AT for eight hours."""
        person = Officer.objects.get(pk=(who or self.officer).officer_id or 0)
        device = road.phone(unit or self.unit, person, f"phone-{person.pk:04}")
        if on_duty:
            road.on_duty(f"duty.shift:{person.pk}", officer=person)
        return device

    def car(self) -> Device:
        device = road.car(self.unit)
        road.on_duty("duty.car:1", device=device)
        return device

    def seen(
        self,
        device: Device,
        at: datetime = AT,
        *,
        lon: float = EAST[0],
        lat: float = EAST[1],
        speed: float = 4.0,
        kept: bool = False,
    ) -> None:
        """Where a device is now; with `kept` the position is on its track, too."""
        moment = queries.milliseconds(at)
        said: dict[str, Any] = {"at": moment, "lon": lon, "lat": lat, "speed": speed}
        Current.objects.update_or_create(device=device.pk, defaults={"heard": moment, **said})
        if kept:
            Position.objects.create(device=device.pk, received=moment, datum=1, **said)
