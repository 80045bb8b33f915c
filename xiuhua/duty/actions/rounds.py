"""A road patrolled, a place inspected: kept with the phone's moment, once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from xiuhua.duty import permissions, rules
from xiuhua.duty.actions.presence import check_moment
from xiuhua.duty.models import Inspection, RoadPatrol, Task
from xiuhua.duty.queries import shift_at
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid

LONGEST_ROAD, LONGEST_WHOM, LONGEST_PLACE, LONGEST_NOTE = 60, 100, 120, 300


def patrol_road(*, road: str, by: Actor, at: datetime, went_at: datetime | None = None) -> RoadPatrol:
    """A road was gone along once; each pass is a row of its own. Raises Refused, Invalid."""
    permissions.check_can_work(by)
    went_at, name = went_at or at, road.strip()
    if not 0 < len(name) <= LONGEST_ROAD:
        raise Invalid({"road": f"请写{LONGEST_ROAD}字以内的路名"})
    check_moment(went_at, at, "at")
    with record.act("duty.patrol_road", by=by, at=at) as act:
        shift = shift_at(by.officer_id or 0, went_at)
        made = RoadPatrol(
            officer_id=by.officer_id or 0,
            unit_id=shift.unit_id if shift else by.unit_id or 0,
            shift=shift,
            road=name,
            day=clock.day_of(went_at),
            at=went_at,
            received_at=at,
        )
        _once(made, "road", "这条路这一时刻已登记过")
        act.entry(on=made, facts={"road": name, "at": went_at})
    return made


def inspect(
    *,
    whom: str,
    place: str,
    outcome: str,
    by: Actor,
    at: datetime,
    note: str = "",
    task: Task | None = None,
    inspected_at: datetime | None = None,
) -> Inspection:
    """A party or place was inspected by a certified officer, perhaps for a task. Raises Refused, Invalid."""
    permissions.check_can_inspect(by)
    if task is not None:
        permissions.check_can_carry_out(task, by)
    inspected_at = inspected_at or at
    errors = _faults(whom.strip(), place.strip(), outcome, note.strip())
    if errors:
        raise Invalid(errors)
    check_moment(inspected_at, at, "at")
    with record.act("duty.inspect", by=by, at=at) as act:
        shift = shift_at(by.officer_id or 0, inspected_at)
        made = Inspection(
            officer_id=by.officer_id or 0,
            unit_id=task.unit_id if task else shift.unit_id if shift else by.unit_id or 0,
            shift=shift,
            task=task,
            whom=whom.strip(),
            place=place.strip(),
            outcome=outcome,
            note=note.strip(),
            day=clock.day_of(inspected_at),
            at=inspected_at,
            received_at=at,
        )
        _once(made, "whom", "这个对象这一时刻已登记过")
        facts = {"whom": made.whom, "place": made.place, "outcome": outcome, "at": inspected_at}
        act.entry(on=made, facts={**facts, "task": task.pk if task else None})
    return made


def _once(made: RoadPatrol | Inspection, field: str, again: str) -> None:
    """Save it; the database takes the same once. Raises Invalid for the second."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid({field: again}) from error


def _faults(whom: str, place: str, outcome: str, note: str) -> dict[str, str]:
    found = {}
    if not 0 < len(whom) <= LONGEST_WHOM:
        found["whom"] = f"请写{LONGEST_WHOM}字以内的检查对象"
    if not 0 < len(place) <= LONGEST_PLACE:
        found["place"] = f"请写{LONGEST_PLACE}字以内的地点"
    if outcome not in set(rules.InspectionOutcome):
        found["outcome"] = "请选择检查情况"
    elif outcome != rules.InspectionOutcome.CLEAR and not note:
        found["note"] = "请写明发现的情况"
    if len(note) > LONGEST_NOTE:
        found["note"] = f"最长{LONGEST_NOTE}字"
    return found
