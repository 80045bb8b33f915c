"""What lies on the street at one place of the world of `visible`: a row of every table of the room, straight in."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from xiuhua.duty import models as duty
from xiuhua.duty.rules import LIMIT_CODES
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.leads.models import Lead
from xiuhua.org.models import Officer, Unit


def lay(unit: Unit, lead: Lead, by: Actor, other: Officer, at: datetime) -> None:
    """Rows of `unit`, all named by its mark; the tables that everybody reads get one row for all places."""
    who, mark, day = by.officer_id or 0, f"DUTY{unit.code}示例", at.date()
    with record.act("示例", by=SYSTEM, at=at) as act:
        kind, event = _shared(at)
        beat = duty.Beat(unit=unit, code="B", name=mark)
        beat.save()
        point = duty.Point(
            unit=unit, beat=beat, code="P", name=mark, lon=121.5, lat=31.2, radius=100, active_from=day
        )
        point.save()
        shift = duty.Shift(
            officer_id=who,
            unit=unit,
            kind=kind,
            beat=beat,
            day=day,
            starts_at=at,
            ends_at=at + timedelta(hours=8),
        )
        shift.save()
        _presence(shift, point, lead, at)
        _rounds(shift, mark, at)
        swap = duty.Swap(shift=shift, asker_id=who, other=other, reason=mark, state="asked", asked_at=at)
        swap.save()
        duty.Appeal(shift=shift, officer_id=who, reason=mark, state="open", made_at=at).save()
        _ordered(unit, event, who, mark, at)
        act.entry(on=shift, facts={})


def _shared(at: datetime) -> tuple[duty.ShiftKind, duty.Event]:
    sourced = {"source": "示例", "certainty": "design"}
    kind = duty.ShiftKind.objects.filter(code="day").first()
    if kind is None:
        kind = duty.ShiftKind(
            code="day", name="日班", name_en="Day", starts=time(9), ends=time(17), **sourced
        )
        kind.save()
        limits: dict[str, Any] = {"measure": "m", "meaning": "示例", "meaning_en": "sample", **sourced}
        for code in LIMIT_CODES:
            duty.Limit(code=code, value=100, **limits).save()
        duty.Plan(
            hazard="snow", colour="red", level=1, call_share=0, checks="示例", checks_en="sample",
            check_sources=False, check_hours=1, **sourced,
        ).save()  # fmt: skip
        said: dict[str, Any] = {"starts_on": at.date(), "ends_on": at.date(), "declared_at": at}
        made = duty.Event(kind="major", name="示例活动", **said)
        made.save()
        duty.LevelOrder(event=made, level=1, place_kind="hotel", name="示例").save()
    return kind, duty.Event.objects.get()


def _presence(shift: duty.Shift, point: duty.Point, lead: Lead, at: datetime) -> None:
    duty.Stop(shift=shift, point=point, due_at=at).save()
    duty.CheckIn(
        officer=shift.officer,
        unit=shift.unit,
        point=point,
        shift=shift,
        at=at,
        received_at=at,
        lon=121.5,
        lat=31.2,
        accuracy=5,
        distance=5,
        verdict="doubtful",
        signs="mock",
    ).save()
    duty.Finding(
        lead=lead,
        officer=shift.officer,
        unit=shift.unit,
        shift=shift,
        day=at.date(),
        found_at=at,
        received_at=at,
    ).save()


def _rounds(shift: duty.Shift, mark: str, at: datetime) -> None:
    of: dict[str, Any] = {"officer": shift.officer, "unit": shift.unit, "day": at.date(), "at": at}
    of["received_at"] = at
    duty.RoadPatrol(road=mark, **of).save()
    duty.Inspection(whom=mark, place=mark, outcome="clear", **of).save()


def _ordered(unit: Unit, event: duty.Event, who: int, mark: str, at: datetime) -> None:
    duty.Reserve(event=event, unit=unit, name=mark).save()
    duty.Call(event=event, unit=unit, officer_id=who, called_at=at).save()
    task = duty.Task(
        kind="daily",
        title=mark,
        unit=unit,
        day=at.date(),
        due_at=at + timedelta(days=40),
        state="issued",
        issued_at=at,
    )
    task.save()
    duty.TaskNote(task=task, officer_id=who, text=mark, at=at).save()
    operation = duty.Operation(unit=unit, title=mark, held_on=at.date(), place=mark, planned_at=at)
    operation.save()
    duty.Participant(operation=operation, body=mark).save()
