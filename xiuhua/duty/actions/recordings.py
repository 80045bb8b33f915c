"""A person takes a proposed recording for a task, a finding or a lead, or says why it does not belong there."""

from __future__ import annotations

from datetime import datetime

from xiuhua.duty.queries.recordings import Sought
from xiuhua.evidence import actions as evidence
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.keeping import HoldKind
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused

COLLECT = Refusal(
    "recording_decided_by_collectors",
    "是否采用执法记录由执法人员决定",
    "PPL21 §46",
    "whether a recording is taken is decided by enforcement officers",
)


def decide_recording(
    *, sought: Sought, recording: Recording, taken: bool, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Both answers stand in the record, of the exhibit and of what it was proposed for. What is taken for a complaint
    is held for it.

    Raises Refused for who collects no evidence, Invalid before its file came, for a second answer, and for a refusal
    without a reason.
    """
    if not by.can("evidence.add"):
        raise Refused(COLLECT)
    if recording.exhibit is None:
        raise Invalid({"recording": "文件尚未入库，不能关联"})
    with record.act("duty.decide_recording", by=by, at=at) as act:
        evidence.decide_link(
            exhibit=recording.exhibit,
            subject=sought.subject,
            step="",
            taken=taken,
            reason=reason.strip(),
            by=by,
            at=at,
        )
        if taken and sought.complaint:
            evidence.hold(
                recording=recording,
                subject=sought.subject,
                label=sought.label,
                kind=HoldKind.COMPLAINT,
                by=by,
                at=at,
            )
        facts = {"recording": recording.sha256, "taken": taken, "reason": reason.strip()}
        act.entry(on=sought.on, facts=facts, label=sought.label)
