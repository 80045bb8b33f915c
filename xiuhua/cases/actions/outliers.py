"""A fine that lies apart from its kind is explained in writing."""

from __future__ import annotations

import hashlib
from datetime import datetime

from xiuhua.cases.models import Case, OutlierReason
from xiuhua.cases.permissions import check_can_work
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused

# A word or two explains nothing.
LEAST, MOST = 10, 500


def explain_outlier(*, case: Case, reason: str, by: Actor, at: datetime) -> OutlierReason:
    """Say why the fine of `case` lies apart from those of its cause and tier (PPL21 §34: the benchmark binds).

    The record keeps every reason; the latest one counts. Raises Invalid for a reason that is none, Refused for whom
    the case is out of reach and for a case without a fine.
    """
    check_can_work(case, by)
    if not case.decided_on or not case.fine:
        raise Refused(
            Refusal(
                "no_fine",
                "本案没有罚款决定，无需说明",
                meaning="There is no fine in this case that could be explained.",
                ground="平台规则 §17",
            )
        )
    said = reason.strip()
    if len(said) < LEAST:
        raise Invalid({"reason": "请写明理由（不少于十个字）"})
    if len(said) > MOST:
        raise Invalid({"reason": "理由过长，最多五百字"})
    with record.act("cases.explain_outlier", by=by, at=at) as act:
        row = OutlierReason(
            case=case, reason=said, fine=case.fine, at=at, by_user=by.user_id, by_name=by.name
        )
        row.save()
        # As with steps: who reads the record alone learns that it was said, not what.
        digest = hashlib.sha256(said.encode()).hexdigest()
        act.entry(on=case, facts={"fine": case.fine, "reason_sha256": digest}, label=case.number)
    return row
