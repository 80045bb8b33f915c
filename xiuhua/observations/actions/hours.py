"""The door for whoever knows the shifts: the hours in which people, vehicles and units may be followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.observations.models import Device, DutyHours
from xiuhua.org.queries import Officer, Unit

MOST_HOURS = 48


@dataclass(frozen=True, slots=True)
class Stretch:
    """Duty of exactly one: an officer, the vehicle of a device, or a unit (its vehicles) as a whole."""

    starts_at: datetime
    ends_at: datetime
    officer: Officer | None = None
    device: Device | None = None
    unit: Unit | None = None

    @property
    def fault(self) -> str:
        """Why this is no stretch of duty; empty if it is one."""
        if sum(each is not None for each in (self.officer, self.device, self.unit)) != 1:
            return "当班时段应写明且只写明人员、车辆、单位之一"
        hours = (self.ends_at - self.starts_at).total_seconds() / 3600
        if not 0 < hours <= MOST_HOURS:
            return f"当班时段应止于开始之后，且不超过{MOST_HOURS}小时"
        return ""


def put_hours(*, source: str, stretches: Iterable[Stretch], by: Actor, at: datetime) -> list[DutyHours]:
    """What `source` (such as `duty.shift:17`) says of duty, in place of what it said before; nothing takes it back.

    What was kept in hours that are taken back stays: it was right when it was written. Raises Invalid.
    """
    found = list(stretches)
    wrong = next((each.fault for each in found if each.fault), "")
    if wrong or not source.strip():
        raise Invalid({"stretches": wrong or "请写明出处"})
    with record.act("observations.put_hours", by=by, at=at) as act:
        before = DutyHours.objects.filter(source=source, ended=False)
        taken_back = before.update(ended=True)
        rows = [
            DutyHours(
                source=source,
                officer=each.officer,
                device=each.device,
                unit=each.unit,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
            )
            for each in found
        ]
        for row in rows:
            row.save(force_insert=True)
        if not rows and not taken_back:
            raise Invalid({"stretches": "没有可登记的当班时段"})
        on = rows[0] if rows else DutyHours.objects.filter(source=source).latest("pk")
        act.entry(on=on, label=source, facts={"stretches": len(rows), "taken_back": taken_back})
    return rows
