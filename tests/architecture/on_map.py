"""What command keeps at one place of the world of `visible`: an order for a lead, an alarm, an odd frame of
the device; and a switch for all.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from xiuhua.command import models as command
from xiuhua.command.rules import LIMIT_CODES
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.leads.models import Lead
from xiuhua.observations.models import Device, OddFrame
from xiuhua.org.models import Unit


def lay(unit: Unit, lead: Lead, by: Actor, at: datetime) -> None:
    """Rows of `unit`, named by its marks: orders as the street is seen, alarms as positions are followed."""
    device = Device.objects.filter(unit=unit).latest("pk")
    OddFrame.objects.create(
        at=round(at.timestamp() * 1000),
        protocol=device.protocol,
        peer="",
        identity=device.identity,
        fault="short",
        raw=f"DEVI{unit.code}".encode(),
    )
    with record.act("示例", by=SYSTEM, at=at) as act:
        order = command.Order(
            lead=lead,
            unit=unit,
            officer_id=by.officer_id or 0,
            what=f"DUTY{unit.code}示例",
            lon=121.5,
            lat=31.2,
            metres=10,
            state="sent",
            sent_at=at,
            sent_by="示例",
            due_at=at + timedelta(minutes=5),
        )
        order.save()
        command.Alarm(
            kind="still",
            device=device,
            officer_id=by.officer_id or 0,
            unit=unit,
            since=at,
            raised_at=at,
            lon=121.5,
            lat=31.2,
            measured=40,
            limit=30,
            note=f"ALAR{unit.code}示例",
            handled_by="示例",
        ).save()
        if not command.Switch.objects.exists():
            said = {"reason": "示例", "changed_by": "示例", "changed_at": at}
            command.Switch(kind="still", **said).save()
            limit = {"value": 10, "measure": "min", "meaning": "示例", "meaning_en": "sample"}
            for code in LIMIT_CODES:
                command.Limit(code=code, source="示例", certainty="design", **limit).save()
        act.entry(on=order, facts={})
