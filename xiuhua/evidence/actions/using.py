"""Exhibits are looked at, played, copied: each time who and why. What is wrong about their time is said beside them."""

from __future__ import annotations

from datetime import datetime

from xiuhua.evidence.models import Exhibit, LinkDecision, TimeFact
from xiuhua.evidence.permissions import check_can_add, check_can_see
from xiuhua.evidence.rules import uses as rules
from xiuhua.kernel import clock, files, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.kernel.models import RecordEntry


def use(*, exhibit: Exhibit, how: str, by: Actor, at: datetime, why: str = "") -> None:
    """Somebody sees what is on an exhibit, or takes it along. A look at its page is written once a person and day.

    Raises Invalid without a reason where one is needed and for a file that was destroyed, Refused for who does not see
    it.
    """
    check_can_see(exhibit, by)
    if found := rules.use_faults(how, why):
        raise Invalid(found)
    if how != rules.Use.VIEW:
        check_is_there(exhibit)
    if how == rules.Use.VIEW and _seen_today(exhibit, by, at):
        return
    with record.act(f"evidence.{how}", by=by, at=at) as act:
        act.entry(on=exhibit, facts={"reason": why.strip()} if why.strip() else {})


def check_is_there(exhibit: Exhibit) -> None:
    """Raises Invalid where the file went with the recording that it was."""
    if exhibit.file is not None and not files.kept(exhibit.file.sha256):
        raise Invalid({"exhibit": "文件已经销毁，登记信息和摘要值保留"})


def _seen_today(exhibit: Exhibit, by: Actor, at: datetime) -> bool:
    subject = record.subject_of(exhibit)
    last = RecordEntry.objects.about(subject).filter(verb="evidence.view", actor_id=by.user_id).last()
    return last is not None and clock.day_of(last.at) == clock.day_of(at)


def correct_time(
    *, exhibit: Exhibit, captured_at: datetime, reason: str, by: Actor, at: datetime
) -> TimeFact:
    """When it was really captured; what the device said stays. Raises Invalid for a time to come or no reason."""
    check_can_add(by)
    check_can_see(exhibit, by)
    errors = {}
    if captured_at > at:
        errors["captured_at"] = "拍摄时间不能晚于现在"
    if not reason.strip():
        errors["reason"] = "请写明依据"
    if errors:
        raise Invalid(errors)
    with record.act("evidence.correct_time", by=by, at=at) as act:
        fact = TimeFact(
            exhibit=exhibit, captured_at=captured_at, reason=reason.strip(), at=at, by_name=by.name
        )
        fact.save()
        act.entry(on=exhibit, facts={"captured_at": captured_at, "reason": reason.strip()})
    return fact


def decide_link(
    *, exhibit: Exhibit, subject: str, step: str, taken: bool, by: Actor, at: datetime, reason: str = ""
) -> LinkDecision:
    """A person takes a proposed exhibit for a step of `subject`, or says that it does not belong there.

    Raises Invalid where that was decided before, and for a refusal without a reason.
    """
    check_can_see(exhibit, by)
    if not taken and not reason.strip():
        raise Invalid({"reason": "请写明理由"})
    if LinkDecision.objects.filter(exhibit=exhibit, subject=subject, step=step).exists():
        raise Invalid({"exhibit": "这件证据已经决定过是否采用"})
    with record.act("evidence.decide_link", by=by, at=at) as act:
        row = LinkDecision(
            exhibit=exhibit, subject=subject, step=step, taken=taken, reason=reason, at=at, by_name=by.name
        )
        row.save()
        act.entry(on=exhibit, facts={"subject": subject, "step": step, "taken": taken, "reason": reason})
    return row
