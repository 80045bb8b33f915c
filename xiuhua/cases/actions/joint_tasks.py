"""What the squad does in a joint investigation: reports on its tasks and evidence, each in the name of who did it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xiuhua.cases.actions.exhibits import add_exhibit
from xiuhua.cases.actions.joint import SHORTEST, State, locked_in
from xiuhua.cases.models import JointEvidence, JointTask, JointWork
from xiuhua.cases.permissions import check_can_ask, check_can_report
from xiuhua.evidence import actions as evidence
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.org.queries import Officer

LONGEST = 2000


def report_task(*, task: JointTask, report: str, by: Actor, at: datetime) -> JointTask:
    """A named officer says what came of a task. Raises Invalid for a text that is empty or long, Refused for others,
    outside the time of the work, and for a task that is done: what was reported stays.
    """
    check_can_report(task.joint, by)
    if not SHORTEST <= len(report.strip()) <= LONGEST:
        raise Invalid({"report": Said("请写明办理情况，不超过%(n)s字", n=LONGEST)})
    with record.act("cases.report_joint_task", by=by, at=at) as act:
        work = locked_in(task.joint, State.ACCEPTED)
        row = JointTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if row.done_at is not None:
            raise Refused(
                Refusal(
                    "done", "这项任务已经办结", meaning="This task is done already.", ground="平台规则 §5"
                )
            )
        row.report, row.done_at, row.done_by_id = report.strip(), at, by.officer_id
        row.save()
        facts = {"joint": work.pk, "task": row.pk, "report": row.report}
        act.entry(on=work.case, facts=facts, label=work.case.number)
    return row


def hand_in(
    *,
    work: JointWork,
    name: str,
    data: bytes,
    kind: str,
    shows: str,
    collected_by: Sequence[Officer],
    by: Actor,
    at: datetime,
    captured_at: datetime | None = None,
) -> JointEvidence:
    """A named officer hands in evidence that named officers collected; the case's unit sees it from now on.

    Raises Invalid without what it shows, for collectors who are not among the named, and like `evidence.add`; Refused
    for others and outside the time of the work.
    """
    check_can_report(work, by)
    named = set(work.officers.values_list("officer", flat=True))
    errors = {}
    if not shows.strip():
        errors["shows"] = "请写明证明什么"
    if not collected_by or any(o.pk not in named for o in collected_by):
        errors["collected_by"] = "收集人须是本中队的协查人员"
    if errors:
        raise Invalid(errors)
    with record.act("cases.hand_in_joint", by=by, at=at) as act:
        row = locked_in(work, State.ACCEPTED)
        exhibit = evidence.add(
            kind=kind,
            name=name,
            data=data,
            note=shows.strip()[:300],
            collected_by=collected_by,
            captured_at=captured_at,
            unit=row.squad,
            shared_with=[row.case.handling_unit],
            by=by,
            at=at,
        )
        found = JointEvidence(
            joint=row,
            exhibit=exhibit,
            shows=shows.strip()[:200],
            handed_in_at=at,
            handed_in_by_id=by.officer_id or 0,
        )
        found.save()
        people = [o.pk for o in collected_by]
        facts = {"joint": row.pk, "exhibit": exhibit.pk, "shows": found.shows, "collected_by": people}
        act.entry(on=row.case, facts=facts, label=row.case.number)
    return found


def take_on_list(*, handed: JointEvidence, by: Actor, at: datetime) -> JointEvidence:
    """The case's unit takes evidence of the squad on the list of the case, as collected by the squad's officers.

    Raises like `add_exhibit`; Refused for others than the case's unit and where it is on the list already.
    """
    work = handed.joint
    check_can_ask(work.case, by)
    with record.act("cases.take_joint_evidence", by=by, at=at) as act:
        row = (
            JointEvidence.objects.select_for_update(of=("self",)).select_related("exhibit").get(pk=handed.pk)
        )
        if row.taken_at is not None:
            raise Refused(
                Refusal("taken", "已列入证据目录", meaning="It is on the list already.", ground="平台规则 §5")
            )
        add_exhibit(case=work.case, exhibit=row.exhibit, shows=row.shows, by=by, at=at)
        row.taken_at, row.taken_by = at, by.name
        row.save()
        act.entry(on=work.case, facts={"joint": work.pk, "exhibit": row.exhibit_id}, label=work.case.number)
    return row
