"""Recordings are held while something needs them, and end by three hands: author, reviewer, archivist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xiuhua.evidence.models import Category, Destruction, Hold, Recording
from xiuhua.evidence.permissions import check_can_add, check_can_archive, check_can_see_recording
from xiuhua.evidence.rules import keeping as rules
from xiuhua.evidence.rules.recordings import State
from xiuhua.kernel import clock, record, stores
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org.queries import Unit

HANDS = Refusal(
    "three_hands",
    "提出、审核、销毁应由不同的人办理",
    meaning="author, reviewer and archivist are three people",
)


def hold(*, recording: Recording, subject: str, label: str, by: Actor, at: datetime) -> None:
    """From now on it serves a case, a complaint or a suit and is not destroyed. Said twice, it is written once."""
    check_can_add(by)
    if Hold.objects.filter(recording=recording, subject=subject, until__isnull=True).exists():
        return
    with record.act("evidence.hold", by=by, at=at) as act:
        Hold(recording=recording, subject=subject, label=label[:120], since=at).save()
        act.entry(on=recording, facts={"subject": subject})


def lift(*, hold: Hold, reason: str, by: Actor, at: datetime) -> None:
    """It is not needed there any more. Raises Invalid without a reason."""
    check_can_archive(by)
    if not reason.strip():
        raise Invalid({"reason": "请写明原因"})
    with record.act("evidence.lift", by=by, at=at) as act:
        hold.until, hold.until_reason = at, reason.strip()
        hold.save()
        act.entry(on=hold.recording, facts={"subject": hold.subject, "reason": reason.strip()})


def propose_destruction(
    *, unit: Unit, recordings: Sequence[Recording], reason: str, by: Actor, at: datetime
) -> Destruction:
    """A list of recordings that are past their retention. Raises Invalid if one may not go, or without a reason."""
    check_can_add(by)
    errors = {} if reason.strip() else {"reason": "请写明理由"}
    if not recordings or any(row.unit_id != unit.pk for row in recordings):
        errors["recordings"] = "请选择本单位的执法记录"
    elif kept := _kept(recordings, at):
        errors["recordings"] = f"未到期或者有保全：{'、'.join(kept[:5])}"
    if errors:
        raise Invalid(errors)
    for row in recordings:
        check_can_see_recording(row, by)
    with record.act("evidence.propose_destruction", by=by, at=at) as act:
        made = Destruction(
            unit=unit,
            reason=reason.strip(),
            proposed_at=at,
            proposed_by=by.user_id or 0,
            proposed_name=by.name,
        )
        made.save()
        made.recordings.set(recordings)
        act.entry(on=made, facts={"recordings": [row.sha256 for row in recordings], "reason": reason.strip()})
    return made


def _kept(recordings: Sequence[Recording], at: datetime) -> list[str]:
    """Names of those that may not go on this day."""
    days = dict(Category.objects.values_list("code", "keep_days"))
    on, kept = clock.day_of(at), []
    for row in recordings:
        code = rules.category_of(important=row.important)
        holds = list(row.holds.filter(until__isnull=True).values_list("subject", flat=True))
        known = code in days
        if not known or not rules.may_go(clock.day_of(row.docked_at), days[code], holds, on):
            kept.append(row.file_name)
    return kept


def review_destruction(*, destruction: Destruction, by: Actor, at: datetime) -> None:
    """A second person has looked at the list. Raises Refused for the author, Invalid for a list that was reviewed."""
    check_can_archive(by)
    if destruction.reviewed_at is not None:
        raise Invalid({"destruction": "该清单已经审核"})
    _three(destruction.proposed_by, by.user_id, None)
    with record.act("evidence.review_destruction", by=by, at=at) as act:
        destruction.reviewed_at, destruction.reviewed_by = at, by.user_id or 0
        destruction.reviewed_name = by.name
        destruction.save()
        act.entry(on=destruction, facts={})


def destroy(*, destruction: Destruction, by: Actor, at: datetime) -> None:
    """A third person lets the files go; manifests and hashes stay. What is held by now stays, and the report says so.

    Raises Refused for author and reviewer, Invalid before the review and a second time.
    """
    check_can_archive(by)
    if destruction.reviewed_at is None or destruction.done_at is not None:
        raise Invalid({"destruction": "清单未经审核，或者已经销毁"})
    _three(destruction.proposed_by, destruction.reviewed_by, by.user_id)
    rows = list(destruction.recordings.select_related("file").order_by("pk"))
    kept = set(_kept(rows, at))
    gone = [row for row in rows if row.file_name not in kept]
    with record.act("evidence.destroy", by=by, at=at) as act:
        for row in gone:
            row.state = State.DESTROYED
            row.save()
            act.entry(on=row, facts={"sha256": row.sha256, "list": destruction.pk})
        destruction.done_at, destruction.done_by, destruction.done_name = at, by.user_id or 0, by.name
        destruction.report = {"destroyed": [row.sha256 for row in gone], "kept": sorted(kept)}
        destruction.save()
        act.entry(on=destruction, facts=destruction.report)
    for row in gone:
        if row.file is not None:
            stores.chosen().destroy(row.file.sha256)


def _three(*people: int | None) -> None:
    if rules.hands_fault(*people):
        raise Refused(HANDS)
