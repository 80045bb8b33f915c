"""What came of the recordings of a list, as its page and its report say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from xiuhua.evidence import queries
from xiuhua.evidence.models import Destruction, Recording
from xiuhua.evidence.rules import keeping as rules


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one recording of a list: it went, or what held it at that time."""

    recording: Recording
    gone: bool
    held_for: str


def outcomes_of(row: Destruction, now: datetime) -> list[Outcome]:
    """As the report has it, once there is one: a later list or hold changes nothing of it."""
    recordings = list(row.recordings.select_related("officer").order_by("pk"))
    held = queries.held_at(recordings, row.done_at or now)
    destroyed = set(row.report["destroyed"]) if row.report else set()
    return [
        Outcome(
            one,
            one.sha256 in destroyed,
            "、".join(_(rules.HOLD_LABELS[rules.HoldKind(hold.kind)]) for hold in held[one.pk]),
        )
        for one in recordings
    ]
