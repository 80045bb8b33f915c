"""Joint investigation (协查共管): asked for by the case's unit, accepted or declined by the squad, worked, and ended.

The squad does tasks and hands in evidence; every step and decision of the case stays with its own unit and the heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiuhua.cases.models import (
    Case,
    CaseExhibit,
    Document,
    JointOfficer,
    JointShare,
    JointTask,
    JointWork,
)
from xiuhua.cases.permissions import check_can_answer, check_can_ask
from xiuhua.cases.queries.sessions import aside
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit
from xiuhua.org.rules import UnitKind

SHORTEST = 5
LONGEST = 300
# Enforcement takes two (PPL21 §42).
FEWEST = 2
State = JointWork.State


@dataclass(frozen=True, slots=True)
class Asked:
    """A task for the squad and the day by which it is to be done."""

    what: str
    due_on: date


def ask(
    *, case: Case, squad: Unit, purpose: str, basis: str, tasks: Sequence[Asked], by: Actor, at: datetime
) -> JointWork:
    """The case's unit asks a town squad to work on a case in the bureau's name.

    Raises Invalid for a unit that is no town squad, without purpose, basis and tasks, or with a day that is over;
    Refused for others than the case's unit, for a case in a town's name or one that is decided, and while the squad is
    asked already.
    """
    check_can_ask(case, by)
    _check_asked(squad, purpose, basis, tasks, clock.day_of(at))
    with record.act("cases.ask_joint", by=by, at=at) as act:
        locked = Case.objects.select_for_update(of=("self",)).select_related("authority").get(pk=case.pk)
        _check_case(locked, squad)
        work = JointWork(
            case=locked,
            squad=squad,
            purpose=purpose.strip(),
            basis=basis.strip(),
            state=State.ASKED,
            asked_at=at,
            asked_by=by.name,
        )
        work.save()
        for task in tasks:
            JointTask(joint=work, what=task.what.strip(), due_on=task.due_on).save()
        said = [{"what": t.what, "due_on": t.due_on.isoformat()} for t in tasks]
        _entry(act, work, purpose=work.purpose, basis=work.basis, tasks=said)
    return work


def _check_asked(squad: Unit, purpose: str, basis: str, tasks: Sequence[Asked], today: date) -> None:
    errors = {}
    if squad.kind != UnitKind.TOWN_SQUAD:
        errors["squad"] = "只能请求镇中队协查"
    if not SHORTEST <= len(purpose.strip()) <= LONGEST:
        errors["purpose"] = Said("请写明协查事由，不超过%(n)s字", n=LONGEST)
    if not basis.strip():
        errors["basis"] = "请写明依据"
    if not tasks or any(not SHORTEST <= len(t.what.strip()) <= LONGEST for t in tasks):
        errors["tasks"] = Said("请写明任务，每项不超过%(n)s字", n=LONGEST)
    elif any(t.due_on < today for t in tasks):
        errors["tasks"] = "期限不能早于今天"
    if errors:
        raise Invalid(errors)


def _check_case(case: Case, squad: Unit) -> None:
    if case.authority.kind != UnitKind.BUREAU:
        raise Refused(
            Refusal(
                "not_bureau_case",
                "协查共管只用于以区局名义办理的案件",
                "SHUM §4",
                "Joint work is for cases in the bureau's name.",
            )
        )
    if case.decided_on or case.closed_on:
        raise Refused(
            Refusal(
                "decided",
                "本案已作出决定或者已结案",
                meaning="The case is decided or closed already.",
                ground="平台规则 §8",
            )
        )
    if JointWork.objects.filter(case=case, squad=squad, state__in=(State.ASKED, State.ACCEPTED)).exists():
        raise Refused(
            Refusal(
                "asked_already",
                "已请求该中队协查",
                meaning="That squad is asked already.",
                ground="平台规则 §8",
            )
        )


def _entry(act: record.Act, work: JointWork, **facts: Any) -> None:
    act.entry(
        on=work.case, facts={"joint": work.pk, "squad": work.squad.code, **facts}, label=work.case.number
    )


def locked_in(work: JointWork, *states: str) -> JointWork:
    """The row, locked. Raises Refused in another state, or once the case is closed: then the work is over too."""
    row = (
        JointWork.objects.select_for_update(of=("self",))
        .select_related("case__handling_unit", "case__authority", "squad")
        .get(pk=work.pk)
    )
    if row.state not in states or row.case.closed_on:
        raise Refused(
            Refusal(
                "joint_state",
                Said("协查%(state)s，不能这样办", state=row.get_state_display()),
                meaning="Not in this state.",
                ground="平台规则 §8",
            )
        )
    return row


def accept(*, work: JointWork, officers: Sequence[Officer], by: Actor, at: datetime) -> JointWork:
    """The head of the squad takes it on and names its officers: from now on they see the case and what is shared.

    Raises Invalid for fewer than two, and for people without a certificate in the squad that day; Refused for others
    than the head, for officers who have to stand aside, and once answered.
    """
    check_can_answer(work, by)
    with record.act("cases.accept_joint", by=by, at=at) as act:
        row = locked_in(work, State.ASKED)
        able = {o.pk for o in org.officers_of(row.squad, clock.day_of(at), certified=True)}
        people = list({o.pk: o for o in officers}.values())
        if len(people) < FEWEST:
            raise Invalid({"officers": "协查人员不少于两名"})
        if any(o.pk not in able for o in people):
            raise Invalid({"officers": "协查人员须是本中队持有有效执法证的人员"})
        _check_free(row.case, people)
        row.state, row.answered_at, row.answered_by = State.ACCEPTED, at, by.name
        row.save()
        for person in people:
            JointOfficer(joint=row, officer=person).save()
        _entry(act, row, officers=[p.pk for p in people])
    return row


def _check_free(case: Case, people: Sequence[Officer]) -> None:
    away = aside(case)
    if barred := [p.name for p in people if str(p.pk) in away]:
        raise Refused(
            Refusal(
                "stands_aside",
                Said("%(names)s应当回避本案，不得参加协查", names=tuple(barred)),
                "PPL21 §43",
                "Who must stand aside does not take part.",
            )
        )


def decline(*, work: JointWork, reason: str, by: Actor, at: datetime) -> JointWork:
    """The head of the squad does not take it on. Raises Invalid without a reason, Refused for others, once answered."""
    check_can_answer(work, by)
    _check_reason(reason)
    with record.act("cases.decline_joint", by=by, at=at) as act:
        row = locked_in(work, State.ASKED)
        row.state, row.answered_at, row.answered_by = State.DECLINED, at, by.name
        row.answer_reason = reason.strip()
        row.save()
        _entry(act, row, reason=row.answer_reason)
    return row


def _check_reason(reason: str) -> None:
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        raise Invalid({"reason": Said("请写明理由，不超过%(n)s字", n=LONGEST)})


def end(*, work: JointWork, reason: str, by: Actor, at: datetime) -> JointWork:
    """The case's unit ends the work or takes its request back; at once the squad sees the case no more.

    Raises Invalid without a reason, Refused for others than the case's unit and where it is over.
    """
    check_can_ask(work.case, by)
    _check_reason(reason)
    with record.act("cases.end_joint", by=by, at=at) as act:
        row = locked_in(work, State.ASKED, State.ACCEPTED)
        row.state, row.ended_at, row.ended_by = State.ENDED, at, by.name
        row.end_reason = reason.strip()
        row.save()
        _entry(act, row, reason=row.end_reason)
    return row


def share(
    *,
    work: JointWork,
    documents: Sequence[Document] = (),
    exhibits: Sequence[CaseExhibit] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Open documents and exhibits of the case to the named officers; how many were not open yet.

    Raises Invalid for nothing or what belongs to another case, Refused for others than the case's unit and once over.
    """
    check_can_ask(work.case, by)
    owners = {d.case_id for d in documents} | {e.case_id for e in exhibits}
    if owners != {work.case_id}:
        raise Invalid({"parts": "请选择本案的文书或者证据"})
    with record.act("cases.share_joint", by=by, at=at) as act:
        row = locked_in(work, State.ASKED, State.ACCEPTED)
        open_papers = set(row.shares.values_list("document", flat=True))
        open_exhibits = set(row.shares.values_list("exhibit", flat=True))
        new = [JointShare(document=d) for d in documents if d.pk not in open_papers]
        new += [JointShare(exhibit=e) for e in exhibits if e.pk not in open_exhibits]
        for one in new:
            one.joint, one.shared_at, one.shared_by = row, at, by.name
            one.save()
        parts = {"documents": [d.pk for d in documents], "exhibits": [e.pk for e in exhibits]}
        _entry(act, row, **parts)
    return len(new)
