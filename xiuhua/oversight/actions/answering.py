"""What the unit says to faults that were found, and how that ends."""

from __future__ import annotations

from datetime import datetime

from xiuhua.evidence import actions as evidence
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.oversight import rules
from xiuhua.oversight.actions.looking import begin_clock, lock
from xiuhua.oversight.models import Correction, Sample, Sent
from xiuhua.oversight.permissions import check_can_answer, check_can_close, check_can_decide

LONGEST, LONGEST_ANSWERABLE = 500, 200


def _told(field: str, text: str, missing: str, longest: int = LONGEST) -> str:
    """The text, cleaned. Raises Invalid for none and for one that is too long."""
    said = text.strip()
    if not said or len(said) > longest:
        raise Invalid({field: Said("最长%(n)s字", n=longest) if said else missing})
    return said


def reply(*, row: Sent, text: str, by: Actor, at: datetime, why: str = "", answerable: str = "") -> None:
    """What the unit mended; of a decision that fell also why it came to that, and who answers for it in what way.

    A late reply is taken, and stays late. Raises Invalid with field and reason.
    """
    with record.act("oversight.reply", by=by, at=at) as act:
        lock(row)
        check_can_answer(row, by)
        said = {"reply": _told("text", text, "请写明整改情况")}
        if isinstance(row, Correction):
            said["why"] = row.why = _told("why", why, "请写明原因分析")
            who = _told("answerable", answerable, "请写明责任认定", LONGEST_ANSWERABLE)
            said["answerable"] = row.answerable = who
        row.reply, row.replied_at, row.state = said["reply"], at, rules.State.REPLIED
        row.save()
        act.entry(on=row, facts={**said, "due_on": row.due_on})


def appeal(*, row: Sent, reason: str, by: Actor, at: datetime) -> None:
    """The unit says that the judgement is wrong, once, within its days. Raises Invalid past them and a second time."""
    with record.act("oversight.appeal", by=by, at=at) as act:
        lock(row)
        check_can_answer(row, by)
        said = _told("reason", reason, "请写明申诉理由")
        if row.appealed_at is not None:
            raise Invalid({"reason": "已经申诉过一次"})
        if row.appeal_by is not None and clock.day_of(at) > row.appeal_by:
            raise Invalid({"reason": "申诉期限已过"})
        row.appeal, row.appealed_at, row.state = said, at, rules.State.APPEALED
        row.save()
        act.entry(on=row, facts={"reason": said})


def decide(*, row: Sent, upheld: bool, reason: str, by: Actor, at: datetime) -> None:
    """Somebody else decides the appeal. `upheld`: the judgement stands and the clock begins anew; else its faults are
    struck.
    """
    with record.act("oversight.decide", by=by, at=at) as act:
        lock(row)
        check_can_decide(row, by)
        said = _told("reason", reason, "请写明理由")
        row.decision, row.decided_at, row.decided_name = said, at, by.name
        if upheld:
            row.state = rules.State.SENT
            begin_clock(row, at)
        else:
            row.state = rules.State.STRUCK
            _strike(row)
            _let_go(row, said, by, at)
        row.save()
        act.entry(on=row, facts={"upheld": upheld, "reason": said})


def close(*, row: Sent, by: Actor, at: datetime) -> None:
    """The faults are mended (销号)."""
    with record.act("oversight.close", by=by, at=at) as act:
        lock(row)
        check_can_close(row, by)
        row.state, row.closed_at = rules.State.CLOSED, at
        if isinstance(row, Correction):
            row.closed_name = by.name
        row.save()
        _let_go(row, "问题已整改销号", by, at)
        act.entry(on=row, facts={})


def send_back(*, row: Sent, reason: str, by: Actor, at: datetime) -> None:
    """The reply does not mend it: back to the unit, with a new clock."""
    with record.act("oversight.send_back", by=by, at=at) as act:
        lock(row)
        check_can_close(row, by)
        said = _told("reason", reason, "请写明理由")
        row.state = rules.State.SENT
        begin_clock(row, at)
        row.save()
        act.entry(on=row, facts={"reason": said, "due_on": row.due_on})


def _let_go(row: Sent, reason: str, by: Actor, at: datetime) -> None:
    evidence.end_holds(subject=record.subject_of(row), reason=reason, by=by, at=at)


def _strike(row: Sent) -> None:
    if isinstance(row, Sample):
        for finding in row.findings.filter(verdict=rules.Verdict.FAULT):
            finding.struck = True
            finding.save()
