"""Tasks go out, are signed for, go on, and come back with a result; joint operations with other bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xiuhua.duty import permissions, rules
from xiuhua.duty.actions.swaps import said
from xiuhua.duty.models import Event, Operation, Participant, Task, TaskNote
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit


def issue_task(
    *,
    kind: str,
    title: str,
    unit: Unit,
    due_at: datetime,
    by: Actor,
    at: datetime,
    what: str = "",
    officer: Officer | None = None,
    event: Event | None = None,
) -> Task:
    """A task for a unit, or for one person of it. Raises Refused, Invalid."""
    permissions.check_can_task(unit.pk, by)
    errors = {}
    if kind not in set(rules.TaskKind):
        errors["kind"] = "没有这种任务"
    if not title.strip():
        errors["title"] = "请写明任务"
    if due_at <= at:
        errors["due_at"] = "期限应在现在之后"
    if officer is not None and officer.pk not in {o.pk for o in org.officers_of(unit, clock.day_of(at))}:
        errors["officer"] = "承办人不在该单位任职"
    if errors:
        raise Invalid(errors)
    with record.act("duty.issue_task", by=by, at=at) as act:
        return new_task(
            kind=kind,
            title=title.strip(),
            what=what.strip(),
            unit=unit,
            officer=officer,
            event=event,
            due_at=due_at,
            at=at,
            act=act,
        )


def new_task(
    *,
    kind: str,
    title: str,
    what: str,
    unit: Unit,
    officer: Officer | None,
    event: Event | None,
    due_at: datetime,
    at: datetime,
    act: record.Act,
) -> Task:
    """Written with its entry in the act that is open."""
    task = Task(
        kind=kind,
        title=title[:100],
        what=what,
        unit=unit,
        officer=officer,
        event=event,
        day=clock.day_of(at),
        due_at=due_at,
        state=rules.TaskState.ISSUED,
        issued_at=at,
    )
    task.save(force_insert=True)
    facts = {"kind": kind, "unit": unit.code, "due_at": due_at, "officer": officer.pk if officer else None}
    act.entry(on=task, facts=facts, verb="duty.issue_task")
    return task


def _lock(task: Task) -> None:
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())


def receive_task(*, task: Task, by: Actor, at: datetime) -> Task:
    """Signed for, by somebody of the unit; a task for the unit is that person's from now on."""
    with record.act("duty.receive_task", by=by, at=at) as act:
        _lock(task)
        permissions.check_can_carry_out(task, by)
        if task.state != rules.TaskState.ISSUED:
            raise Refused(Refusal("task_received", "任务已签收", meaning="the task was signed for already"))
        task.state, task.received_at = rules.TaskState.RECEIVED, at
        task.save()
        act.entry(on=task, facts={})
    return task


def note_progress(*, task: Task, text: str, by: Actor, at: datetime) -> TaskNote:
    """How it goes on. Raises Refused for a task that was not signed for, Invalid without words."""
    text = said("text", text, "请写明进展")
    with record.act("duty.note_progress", by=by, at=at) as act:
        _lock(task)
        permissions.check_can_carry_out(task, by)
        _check_received(task)
        note = TaskNote(task=task, officer_id=by.officer_id, text=text[:500], at=at)
        note.save(force_insert=True)
        act.entry(on=task, facts={"note": note.text})
    return note


def _check_received(task: Task) -> None:
    if task.state != rules.TaskState.RECEIVED:
        raise Refused(Refusal("task_not_received", "请先签收任务", meaning="sign for the task first"))


def report_task(*, task: Task, result: str, by: Actor, at: datetime) -> Task:
    """Done, with its result."""
    result = said("result", result, "请写明结果")
    with record.act("duty.report_task", by=by, at=at) as act:
        _lock(task)
        permissions.check_can_carry_out(task, by)
        _check_received(task)
        if task.kind == rules.TaskKind.SOURCE_CHECK and not task.inspections.exists():
            raise Refused(
                Refusal(
                    "source_check_without_inspection",
                    "污染源检查任务须先登记检查，再报结果",
                    meaning="a check of pollution sources is reported after at least one inspection",
                )
            )
        task.state, task.done_at, task.result = rules.TaskState.DONE, at, result
        task.save()
        act.entry(on=task, facts={"result": result})
    return task


def withdraw_task(*, task: Task, reason: str, by: Actor, at: datetime) -> Task:
    """Taken back by those who may give such tasks. Raises Refused for one that is closed."""
    reason = said("reason", reason, "请写明撤销的原因")
    with record.act("duty.withdraw_task", by=by, at=at) as act:
        _lock(task)
        permissions.check_can_task(task.unit_id, by)
        if task.state not in rules.TASK_OPEN:
            raise Refused(Refusal("task_closed", "任务已办结", meaning="the task is closed"))
        task.state = rules.TaskState.WITHDRAWN
        task.save()
        act.entry(on=task, facts={"reason": reason})
    return task


def plan_operation(
    *,
    unit: Unit,
    title: str,
    held_on: date,
    place: str,
    bodies: Sequence[tuple[str, int]],
    by: Actor,
    at: datetime,
    what: str = "",
    our_people: int = 0,
    joint: bool = True,
) -> Operation:
    """An operation of the unit; a joint one names the other bodies with their people. Raises Refused, Invalid."""
    permissions.check_can_task(unit.pk, by)
    errors = {}
    if not title.strip():
        errors["title"] = "请写明名称"
    if not place.strip():
        errors["place"] = "请写明地点"
    if joint is not bool(bodies) or any(not name.strip() or people < 0 for name, people in bodies):
        errors["bodies"] = "请写明参加的其他单位" if joint else "本单位单独行动没有其他单位参加"
    if errors:
        raise Invalid(errors)
    with record.act("duty.plan_operation", by=by, at=at) as act:
        made = Operation(
            unit=unit,
            joint=joint,
            title=title.strip()[:100],
            held_on=held_on,
            place=place.strip()[:120],
            what=what.strip(),
            our_people=our_people,
            planned_at=at,
        )
        made.save(force_insert=True)
        Participant.objects.bulk_create(
            Participant(operation=made, body=name.strip()[:60], people=people) for name, people in bodies
        )
        facts = {"unit": unit.code, "on": held_on, "bodies": [[n, p] for n, p in bodies]}
        act.entry(on=made, facts=facts)
    return made


def report_operation(
    *,
    operation: Operation,
    result: str,
    by: Actor,
    at: datetime,
    checked: int = 0,
    persuaded: int = 0,
    found: int = 0,
) -> Operation:
    """What came of it; once, and not before the day. Raises Refused, Invalid."""
    permissions.check_can_task(operation.unit_id, by)
    result = said("result", result, "请写明结果")
    if operation.reported_at is not None or clock.day_of(at) < operation.held_on:
        raise Refused(
            Refusal(
                "operation_not_to_report",
                "结果只报一次，且不早于行动当日",
                meaning="a result is reported once and not before the day",
            )
        )
    with record.act("duty.report_operation", by=by, at=at) as act:
        operation.reported_at, operation.result = at, result
        operation.checked, operation.persuaded, operation.found = checked, persuaded, found
        operation.save()
        facts = {"result": result, "checked": checked, "persuaded": persuaded, "found": found}
        act.entry(on=operation, facts=facts)
    return operation
