"""The row of a reconsideration or suit, kept as its matter goes; and the jobs that a fallen decision asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from xiuhua.cases.actions.holding import follow_remedy
from xiuhua.cases.models import Case, Matter, Remedy
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import iso, received, rows
from xiuhua.cases.procedure.guards.remedies_side import (
    FALLEN,
    OVERTURNED,
    application_until,
    review_suit_until,
    suit_until,
)
from xiuhua.kernel import clock, outbox
from xiuhua.kernel.workdays import ONE, Calendar

# The jobs of a decision that fell, and of a right of the party that ran out (see `cases.jobs`).
RECALL_PUBLICATION = "cases.recall_publication"
LAPSE_RIGHT = "cases.lapse_right"
# The job of oversight, which stands above us: what it does there is its own.
OPEN_CORRECTION = "oversight.open_correction"
# Kind → the days of the block that the row keeps: when it came, when it ended.
DAYS: Mapping[str, tuple[str, str]] = {
    Remedy.Kind.RECONSIDERATION: ("accepted_on", "decided_on"),
    Remedy.Kind.LITIGATION: ("filed_on", "ended_on"),
}
# Only where the road goes on to force does the platform wait for the end of a right.
WAITS_IN = "overdue"


def keep_row(matter: Matter, block: Mapping[str, Any], at: datetime) -> Remedy | None:
    """Write the row of the matter anew from what it has stated; None for a matter that is no remedy.

    The first time it says that the decision fell, the job that recalls its publication is asked for.
    """
    if matter.procedure not in DAYS or not _asked(block):
        return None
    row = Remedy.objects.filter(matter=matter).first() or Remedy(
        matter=matter, case=matter.case, kind=matter.procedure
    )
    came, ended = DAYS[matter.procedure]
    row.party_name = _whose(block)
    row.instance = block.get("instance", "")
    row.accepted_on = _day(block.get(came) or (block.get("accepted_on") if row.instance else None))
    row.ended_on = _day(block.get(ended))
    row.outcome = block.get("outcome", "") if row.ended_on else ""
    row.overturned = row.outcome in OVERTURNED
    row.ground, row.found = (block.get("ground", ""), block.get("found", "")) if row.overturned else ("", "")
    row.document = block.get("document", "")[:200]
    row.heard_on, row.head_attended = _day(block.get("trial_on")), block.get("head_attended")
    row.save()
    follow_remedy(row, at)
    if row.outcome in FALLEN:
        key = f"{RECALL_PUBLICATION}:{row.pk}:{row.outcome}:{row.ended_on}"
        outbox.put(RECALL_PUBLICATION, {"remedy": row.pk}, run_at=at, key=key)
    return row


def tell_oversight(row: Remedy, at: datetime) -> None:
    """Ask that the unit answers for a decision that fell. History that is brought in was answered for elsewhere."""
    if row.overturned:
        outbox.put(
            OPEN_CORRECTION, {"remedy": row.pk}, run_at=at, key=f"{OPEN_CORRECTION}:{row.pk}:{row.outcome}"
        )


def _whose(block: Mapping[str, Any]) -> str:
    """Who applied or sued, where one of several parties is named."""
    name = block.get("applicant") or block.get("plaintiff") or ""
    return str(name)[:120] if block.get("party") else ""


def _asked(block: Mapping[str, Any]) -> bool:
    """Whether anybody asked for it: a right that ran out is a matter, but no remedy."""
    return any(block.get(day) for day in ("applied_on", "filed_on", "accepted_on"))


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def await_rights(case: Case, file: File, calendar: Calendar) -> None:
    """Ask to look again on the day after the end of every right that the party of an overdue case still has."""
    if case.state != WAITS_IN:
        return
    for procedure, move, last in ends_of_rights(file, calendar):
        outbox.put(
            LAPSE_RIGHT,
            {"case": case.pk, "procedure": procedure, "move": move},
            run_at=datetime.combine(last + ONE, time.min, clock.SHANGHAI),
            key=f"{LAPSE_RIGHT}:{case.pk}:{move}:{last}",
        )


def ends_of_rights(file: File, calendar: Calendar) -> list[tuple[str, str, date]]:
    """Procedure, the move that time makes, and the last day of each right that nobody has used or let lapse."""
    found: list[tuple[str, str, date | None]] = []
    reviews, suits = rows(file, "reconsiderations"), rows(file, "litigations")
    known = received(file)
    if known and not reviews:
        found.append(("reconsideration", "let_period_lapse", application_until(iso(known), calendar)))
    if known and not suits and not any(r.get("applied_on") for r in reviews):
        found.append(("litigation", "let_suit_lapse", suit_until(file)))
    if not suits:
        found.append(("litigation", "let_review_suit_lapse", review_suit_until(file)))
    return [(procedure, move, last) for procedure, move, last in found if last]
