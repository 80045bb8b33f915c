"""Recordings are held while something needs them, and end by three hands: author, reviewer, archivist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from xiuhua.evidence.models import Destruction, Hold, Media, Recording
from xiuhua.evidence.permissions import (
    check_can_add,
    check_can_archive,
    check_can_destroy,
    check_can_hold,
    check_can_review_destruction,
    check_can_see_recording,
    check_can_see_recordings,
)
from xiuhua.evidence.queries.kept import is_used, keeping_of, on_open_lists
from xiuhua.evidence.rules import keeping as rules
from xiuhua.evidence.rules.recordings import State
from xiuhua.kernel import clock, files, outbox, record, stores
from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.kernel.models import StoredFile
from xiuhua.org.queries import Unit

# The subject of a hold that serves nothing in the system.
BY_HAND = "by_hand"


def hold(
    *,
    recording: Recording,
    subject: str,
    label: str,
    by: Actor,
    at: datetime,
    kind: str = rules.HoldKind.CASE,
    ground: str = "",
    ends_on: date | None = None,
) -> None:
    """From now on it serves a case, a complaint or a suit and is not destroyed. Said twice, it is written once.

    Raises Invalid for one by hand without a ground or an end, and for a recording that is gone.
    """
    check_can_hold(by)
    today = clock.day_of(at)
    if found := rules.hold_faults(kind, ground, ends_on, today):
        raise Invalid(found)
    with transaction.atomic():
        # Who destroys it holds the same row: either that list sees this hold, or this hold sees that it is gone.
        if Recording.objects.select_for_update().get(pk=recording.pk).state == State.DESTROYED:
            raise Invalid({"recording": "这件记录已经销毁"})
        known = Hold.objects.filter(recording=recording, subject=subject, until__isnull=True).first()
        if known is not None and rules.lasts(known.until, known.ends_on, today):
            return
        with record.act("evidence.hold", by=by, at=at) as act:
            if known is not None:
                known.until, known.until_reason = at, "到期"
                known.save()
            row = Hold(recording=recording, subject=subject, label=label[:120], since=at)
            row.kind, row.ground, row.ends_on = kind, ground.strip()[:200], ends_on
            row.save()
            act.entry(
                on=recording,
                facts={"subject": subject, "kind": kind, "reason": row.ground, "ends_on": ends_on},
            )


def hold_by_hand(*, recording: Recording, ground: str, ends_on: date | None, by: Actor, at: datetime) -> None:
    """Somebody holds it for a ground of their own until a day. Raises Invalid while one by hand lasts."""
    check_can_see_recording(recording, by)
    kind = rules.HoldKind.MANUAL
    with transaction.atomic():
        Recording.objects.select_for_update().get(pk=recording.pk)
        lasting = Hold.objects.lasting(clock.day_of(at))
        if lasting.filter(recording=recording, subject=BY_HAND).exists():
            raise Invalid({"ends_on": "已有人工保全；请先解除"})
        hold(
            recording=recording,
            subject=BY_HAND,
            label=rules.HOLD_LABELS[kind],
            kind=kind,
            ground=ground,
            ends_on=ends_on,
            by=by,
            at=at,
        )


def end_holds(*, subject: str, reason: str, by: Actor, at: datetime) -> int:
    """What held recordings for `subject` is over: a suit had its last word, a complaint its answer. How many ended."""
    check_can_hold(by)
    rows = list(Hold.objects.filter(subject=subject, until__isnull=True).select_related("recording"))
    if rows:
        with record.act("evidence.lift", by=by, at=at) as act:
            for row in rows:
                row.until, row.until_reason = at, reason[:200]
                row.save()
                act.entry(on=row.recording, facts={"subject": subject, "reason": reason})
    return len(rows)


def _check_asking(hold: Hold, reason: str, by: Actor) -> None:
    check_can_see_recording(hold.recording, by)
    if not reason.strip():
        raise Invalid({"reason": "请写明原因"})


def _lock_lasting(hold: Hold) -> None:
    hold.refresh_from_db(from_queryset=Hold.objects.select_for_update())
    if hold.until is not None:
        raise Invalid({"reason": "这项保全已经解除"})


def ask_lift(*, hold: Hold, reason: str, by: Actor, at: datetime) -> None:
    """It is not needed there any more, says who works there; another person lifts it. Raises Invalid without a reason,
    for one by hand, and for one that is asked for or lifted already.
    """
    check_can_add(by)
    _check_asking(hold, reason, by)
    with record.act("evidence.ask_lift", by=by, at=at) as act:
        _lock_lasting(hold)
        if hold.kind == rules.HoldKind.MANUAL:
            raise Invalid({"reason": "人工保全由证据保管员直接解除"})
        if hold.lift_asked_at is not None:
            raise Invalid({"reason": "已经提请解除，等待确认"})
        hold.lift_asked_by, hold.lift_asked_name = by.user_id or 0, by.name
        hold.lift_asked_at, hold.lift_reason = at, reason.strip()[:200]
        hold.save()
        act.entry(on=hold.recording, facts={"subject": hold.subject, "reason": hold.lift_reason})


def lift(*, hold: Hold, reason: str, by: Actor, at: datetime) -> None:
    """It is not needed there any more. Raises Invalid without a reason, and before its matter is over for whoever has
    not been asked by another person (see `rules.lift_faults`).
    """
    check_can_archive(by)
    _check_asking(hold, reason, by)
    with record.act("evidence.lift", by=by, at=at) as act:
        _lock_lasting(hold)
        if found := rules.lift_faults(hold.kind, hold.lift_asked_by, by.user_id):
            raise Invalid(found)
        hold.until, hold.until_reason = at, reason.strip()[:200]
        hold.save()
        asked = {"asked_by": hold.lift_asked_name} if hold.lift_asked_by else {}
        act.entry(on=hold.recording, facts={"subject": hold.subject, "reason": hold.until_reason, **asked})


def propose_destruction(
    *, unit: Unit, recordings: Sequence[Recording], reason: str, by: Actor, at: datetime
) -> Destruction:
    """A list of recordings that are past their retention. Raises Invalid if one may not go, or without a reason."""
    check_can_add(by)
    check_can_see_recordings(recordings, by)
    with record.act("evidence.propose_destruction", by=by, at=at) as act:
        rows = _locked(row.pk for row in recordings)
        if errors := _faults(unit, rows, reason, at):
            raise Invalid(errors)
        made = Destruction(
            unit=unit,
            reason=reason.strip()[:200],
            proposed_at=at,
            proposed_by=by.user_id or 0,
            proposed_name=by.name,
        )
        made.save()
        made.recordings.set(rows)
        act.entry(on=made, facts={"recordings": [row.sha256 for row in rows], "reason": made.reason})
    return made


def _faults(unit: Unit, rows: Sequence[Recording], reason: str, at: datetime) -> dict[str, str]:
    errors: dict[str, str] = {} if reason.strip() else {"reason": "请写明理由"}
    if not rows or any(row.unit_id != unit.pk for row in rows):
        errors["recordings"] = "请选择本单位的执法记录"
    elif kept := _kept(rows, at):
        names = tuple(row.file_name for row in kept[:5])
        errors["recordings"] = Said("未到期、有保全或者已经销毁：%(names)s", names=names)
    elif on_open_lists().filter(pk__in=[row.pk for row in rows]).exists():
        errors["recordings"] = "有的记录已在另一份未办结的清单上"
    return errors


def _locked(keys: Iterable[int]) -> list[Recording]:
    """The recordings, held until the end of the transaction; all take them in the same order."""
    found = Recording.objects.select_for_update(of=("self",)).filter(pk__in=set(keys))
    return list(found.select_related("file").order_by("pk"))


def _kept(recordings: Sequence[Recording], at: datetime) -> list[Recording]:
    """Those that may not go on this day."""
    found = keeping_of(recordings, clock.day_of(at))
    return [row for row in recordings if not found[row.pk].may_go]


def review_destruction(*, destruction: Destruction, by: Actor, at: datetime) -> None:
    """A second person has looked at the list. Raises Refused for the author, Invalid for a list that was reviewed."""
    check_can_review_destruction(destruction, by)
    with record.act("evidence.review_destruction", by=by, at=at) as act:
        destruction.refresh_from_db(from_queryset=Destruction.objects.select_for_update())
        if destruction.reviewed_at is not None:
            raise Invalid({"destruction": "该清单已经审核"})
        destruction.reviewed_at, destruction.reviewed_by = at, by.user_id or 0
        destruction.reviewed_name = by.name
        destruction.save()
        act.entry(on=destruction, facts={})


def destroy(*, destruction: Destruction, by: Actor, at: datetime) -> None:
    """A third person lets the files go; manifests and hashes stay. What is held by now stays, and the report says so.

    The bytes go by the worker once this stands. Raises Refused for author and reviewer, Invalid before the review and
    a second time.
    """
    check_can_destroy(destruction, by)
    with record.act("evidence.destroy", by=by, at=at) as act:
        destruction.refresh_from_db(from_queryset=Destruction.objects.select_for_update())
        check_can_destroy(destruction, by)
        if destruction.reviewed_at is None or destruction.done_at is not None:
            raise Invalid({"destruction": "清单未经审核，或者已经销毁"})
        rows = _locked(destruction.recordings.values_list("pk", flat=True))
        kept = _kept(rows, at)
        gone = [row for row in rows if row not in kept]
        for row in gone:
            row.state = State.DESTROYED
            row.save()
            act.entry(on=row, facts={"sha256": row.sha256, "list": destruction.pk})
            if row.file is not None:
                act.later("evidence.let_go", {"file": row.file.pk}, key=f"let-go-{destruction.pk}-{row.pk}")
        destruction.done_at, destruction.done_by, destruction.done_name = at, by.user_id or 0, by.name
        destruction.report = {
            "destroyed": [row.sha256 for row in gone],
            "kept": [row.file_name for row in kept],
        }
        destruction.save()
        act.entry(on=destruction, facts=destruction.report)


def let_go(*, file: StoredFile, by: Actor, at: datetime) -> None:
    """The bytes of a destroyed recording and its small picture go, unless something else is kept under the same bytes.

    Said twice, they are gone once.
    """
    with record.act("evidence.let_go", by=by, at=at) as act:
        StoredFile.objects.select_for_update().get(pk=file.pk)
        used = is_used(file)
        act.entry(on=file, facts={"sha256": file.sha256, "kept": used})
        if not used:
            media = Media.objects.filter(file=file).select_related("thumbnail").first()
            if media is not None and media.thumbnail is not None and files.names(media.thumbnail) == 1:
                stores.chosen().destroy(media.thumbnail.sha256)
            stores.chosen().destroy(file.sha256)
        outbox.finish()
