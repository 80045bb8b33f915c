"""Somebody looked at a frame that was not taken, and says what it was."""

from __future__ import annotations

from datetime import datetime

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.observations import permissions
from xiuhua.observations.models import OddFrame
from xiuhua.observations.queries.odd import LOOKED, look_of

LONGEST_NOTE = 200


def look_at_odd(*, frame: OddFrame, note: str, by: Actor, at: datetime) -> None:
    """The look is an entry of the record: the frame itself goes after its days are over. Raises Refused, Invalid."""
    permissions.check_can_look_at_odd(frame, by)
    said = note.strip()
    if not 0 < len(said) <= LONGEST_NOTE:
        raise Invalid({"note": f"请用{LONGEST_NOTE}字以内写明查看结果"})
    with record.act(LOOKED, by=by, at=at) as act:
        if look_of(frame) is not None:
            raise Invalid({"note": "这条报文已经有人看过"})
        facts = {
            "protocol": frame.protocol,
            "identity": frame.identity,
            "peer": frame.peer,
            "fault": frame.fault,
            "at": frame.at,
            "note": said,
        }
        act.entry(
            on=frame, label=f"{frame.get_protocol_display()} {frame.identity or frame.peer}", facts=facts
        )
