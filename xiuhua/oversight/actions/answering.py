"""What the unit says to faults that were found, and how that ends."""

from __future__ import annotations

from datetime import datetime

from xiuhua.evidence import actions as evidence
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.oversight import rules
from xiuhua.oversight.actions.looking import begin_clock, lock
from xiuhua.oversight.models import Sample
from xiuhua.oversight.permissions import check_can_answer, check_can_close, check_can_decide

LONGEST = 500


def _told(field: str, text: str, missing: str) -> str:
    """The text, cleaned. Raises Invalid for none and for one that is too long."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise Invalid({field: "最多500字" if said else missing})
    return said


def reply(*, sample: Sample, text: str, by: Actor, at: datetime) -> None:
    """What the unit mended. A late reply is taken, and stays late."""
    with record.act("oversight.reply", by=by, at=at) as act:
        lock(sample)
        check_can_answer(sample, by)
        said = _told("text", text, "请写明整改情况")
        sample.reply, sample.replied_at, sample.state = said, at, rules.State.REPLIED
        sample.save()
        act.entry(on=sample, facts={"reply": said, "due_on": sample.due_on})


def appeal(*, sample: Sample, reason: str, by: Actor, at: datetime) -> None:
    """The unit says that the judgement is wrong, once, within its days. Raises Invalid past them and a second time."""
    with record.act("oversight.appeal", by=by, at=at) as act:
        lock(sample)
        check_can_answer(sample, by)
        said = _told("reason", reason, "请写明申诉理由")
        if sample.appealed_at is not None:
            raise Invalid({"reason": "已经申诉过一次"})
        if sample.appeal_by is not None and clock.day_of(at) > sample.appeal_by:
            raise Invalid({"reason": "申诉期限已过"})
        sample.appeal, sample.appealed_at, sample.state = said, at, rules.State.APPEALED
        sample.save()
        act.entry(on=sample, facts={"reason": said})


def decide(*, sample: Sample, upheld: bool, reason: str, by: Actor, at: datetime) -> None:
    """Somebody else decides the appeal. `upheld`: the judgement stands and the clock begins anew; else its faults are
    struck.
    """
    with record.act("oversight.decide", by=by, at=at) as act:
        lock(sample)
        check_can_decide(sample, by)
        said = _told("reason", reason, "请写明理由")
        sample.decision, sample.decided_at, sample.decided_name = said, at, by.name
        if upheld:
            sample.state = rules.State.SENT
            begin_clock(sample, at)
        else:
            sample.state = rules.State.STRUCK
            for finding in sample.findings.filter(verdict=rules.Verdict.FAULT):
                finding.struck = True
                finding.save()
            _let_go(sample, said, by, at)
        sample.save()
        act.entry(on=sample, facts={"upheld": upheld, "reason": said})


def close(*, sample: Sample, by: Actor, at: datetime) -> None:
    """The faults are mended (销号)."""
    with record.act("oversight.close", by=by, at=at) as act:
        lock(sample)
        check_can_close(sample, by)
        sample.state, sample.closed_at = rules.State.CLOSED, at
        sample.save()
        _let_go(sample, "问题已整改销号", by, at)
        act.entry(on=sample, facts={})


def send_back(*, sample: Sample, reason: str, by: Actor, at: datetime) -> None:
    """The reply does not mend it: back to the unit, with a new clock."""
    with record.act("oversight.send_back", by=by, at=at) as act:
        lock(sample)
        check_can_close(sample, by)
        said = _told("reason", reason, "请写明理由")
        sample.state = rules.State.SENT
        begin_clock(sample, at)
        sample.save()
        act.entry(on=sample, facts={"reason": said, "due_on": sample.due_on})


def _let_go(sample: Sample, reason: str, by: Actor, at: datetime) -> None:
    evidence.end_holds(subject=record.subject_of(sample), reason=reason, by=by, at=at)
