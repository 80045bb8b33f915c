"""Check-ins and findings of the street, and messages of phones that count once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from xiuhua.duty import permissions, rules
from xiuhua.duty.models import CheckIn, Delivery, Finding, Point, Shift, Stop
from xiuhua.duty.queries import before_of, limits, shift_at
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.leads import actions as leads
from xiuhua.leads import queries as lead_queries
from xiuhua.leads import rules as lead_rules
from xiuhua.leads.actions import Sent
from xiuhua.leads.queries import LeadKind

LEAST_NOTE = 2


def once(
    *, key: UUID, kind: str, by: Actor, at: datetime, do: Callable[[], Mapping[str, Any]]
) -> tuple[Mapping[str, Any], bool]:
    """`do`, and what it answers, once for `key`: sent again, the same answer and nothing done.

    The key and what `do` writes are one transaction, and the database takes a key once, so that two copies on their
    way at the same time cannot both count. Returns the answer, and whether it was done now. Raises Refused for a key
    of somebody else.
    """
    try:
        with transaction.atomic():
            taken = Delivery(key=key, officer_id=by.officer_id or 0, kind=kind, taken_at=at)
            taken.save(force_insert=True)
            taken.answer = dict(do())
            taken.save(update_fields=["answer"])
    except IntegrityError:
        held = Delivery.objects.filter(key=key).first()
        if held is None:
            raise
        return _again(held, by), False
    return taken.answer, True


def _again(held: Delivery, by: Actor) -> Mapping[str, Any]:
    if held.officer_id != by.officer_id:
        raise Refused(
            Refusal(
                "key_of_another",
                "这条消息的编号已被别人用过",
                meaning="this key was used by somebody else",
            )
        )
    answer: Mapping[str, Any] = held.answer
    return answer


def check_in(*, point: Point, fix: rules.Fix, by: Actor, at: datetime) -> CheckIn:
    """Somebody says to be at a point; what that is worth is judged at once and kept with the signs.

    `fix.at` is the phone's moment, `at` ours. Raises Invalid for a fix that is none, Refused for people who have no
    duty on the street.
    """
    permissions.check_can_work(by)
    errors = rules.fix_faults(fix)
    day = clock.day_of(fix.at)
    if point.active_from > day or (point.active_to is not None and point.active_to < day):
        errors["point"] = "签到点当日未启用"
    if errors:
        raise Invalid(errors)
    officer, limit = by.officer_id or 0, limits()
    with record.act("duty.check_in", by=by, at=at) as act:
        judged = rules.judge(
            fix,
            rules.Place(point.lon, point.lat, point.radius),
            at,
            before_of(officer, fix, limit),
            limit,
        )
        shift = shift_at(officer, fix.at, limit)
        made = CheckIn(
            officer_id=officer,
            unit_id=shift.unit_id if shift else point.unit_id,
            point=point,
            shift=shift,
            at=fix.at,
            received_at=at,
            lon=fix.lon,
            lat=fix.lat,
            accuracy=fix.accuracy,
            distance=judged.distance,
            device=fix.device,
            mock=fix.mock,
            verdict=judged.verdict,
            signs=";".join(judged.signs),
            counted=rules.counts(judged.verdict, ""),
        )
        made.save(force_insert=True)
        if made.counted and shift is not None:
            _arrived(shift, made)
        facts = {"point": point.code, "at": fix.at, "verdict": made.verdict, "signs": list(judged.signs)}
        act.entry(on=made, facts={**facts, "distance": judged.distance, "accuracy": fix.accuracy})
    return made


def _arrived(shift: Shift, made: CheckIn) -> None:
    """The shift and its stop know the first check-in that counts."""
    if shift.attended_at is None or made.at < shift.attended_at:
        shift.attended_at = made.at
        shift.save(update_fields=["attended_at"])
    stop = Stop.objects.filter(shift=shift, point=made.point_id).first()
    if stop is not None and (stop.reached_at is None or made.at < stop.reached_at):
        stop.reached_at = made.at
        stop.save(update_fields=["reached_at"])


def review_check_in(*, check_in: CheckIn, clear: bool, note: str, by: Actor, at: datetime) -> CheckIn:
    """An inspector clears the signs or confirms a trick; what is cleared counts as if there had been no signs."""
    if len(note.strip()) < LEAST_NOTE:
        raise Invalid({"note": "请写明核查情况"})
    with record.act("duty.review_check_in", by=by, at=at) as act:
        check_in.refresh_from_db(from_queryset=CheckIn.objects.select_for_update())
        permissions.check_can_review(check_in, by)
        check_in.review = rules.Review.CLEARED if clear else rules.Review.CONFIRMED
        check_in.review_note, check_in.reviewed_at = note.strip()[:200], at
        check_in.counted = rules.counts(check_in.verdict, check_in.review)
        check_in.save()
        if check_in.counted and check_in.shift is not None:
            _arrived(check_in.shift, check_in)
        act.entry(on=check_in, facts={"clear": clear, "note": check_in.review_note})
    return check_in


def find(
    *,
    kind: LeadKind,
    content: str,
    by: Actor,
    at: datetime,
    found_at: datetime | None = None,
    persuasion: str = "",
    photos: Sequence[Sent] = (),
    **place: Any,
) -> Finding:
    """Something found on patrol becomes a lead at once; `persuasion` says how it ended on the spot, and settles it.

    `found_at` is the phone's moment, where it was kept offline. An assistant's finding is a lead to be verified, and
    cannot end in persuasion. `place` is what leads take: place, lon, lat, area, cause, attributes. Raises as they do.
    """
    permissions.check_can_work(by)
    if found_at is not None and found_at != at:
        check_moment(found_at, at)
    found_at = found_at or at
    certified = by.can("leads.work")
    if persuasion and not certified:
        raise Refused(
            Refusal(
                "persuasion_needs_officer",
                "教育劝阻由持证执法人员作出",
                "SHUM §16",
                "persuasion is for certified officers",
            )
        )
    with record.act("duty.find", by=by, at=at) as act:
        if certified:
            lead = leads.register_finding(kind=kind, content=content, photos=photos, by=by, at=at, **place)
        else:
            source = lead_rules.Source.PATROL
            lead = leads.register(
                kind=kind, source=source, content=content, media=photos, by=by, at=at, **place
            )
        shift = shift_at(by.officer_id or 0, found_at)
        finding = Finding(
            lead=lead,
            officer_id=by.officer_id or 0,
            unit_id=shift.unit_id if shift else lead.unit_id or by.unit_id or 0,
            shift=shift,
            day=clock.day_of(found_at),
            found_at=found_at,
            received_at=at,
        )
        finding.save(force_insert=True)
        act.entry(on=finding, facts={"lead": lead.number, "found_at": found_at}, label=lead.number)
        if persuasion:
            persuade(finding=finding, note=persuasion, by=by, at=at)
    return finding


def check_moment(said_at: datetime, at: datetime, field: str = "found_at") -> None:
    """A phone's moment lies neither ahead of ours nor too far back. Raises Invalid."""
    if said_at == at:
        return
    limit = limits()
    if said_at > at + timedelta(minutes=limit.ahead_minutes):
        raise Invalid({field: "发现时间不能晚于现在" if field == "found_at" else "时间不能晚于现在"})
    if at - said_at > timedelta(hours=limit.kept_hours):
        too_old = "离线保存过久，请作为线索重新登记" if field == "found_at" else "离线保存过久"
        raise Invalid({field: too_old})


def persuade(*, finding: Finding, note: str, by: Actor, at: datetime) -> Finding:
    """The party was persuaded on the spot: the lead is settled, and the finding says so. Raises as leads do."""
    with record.act("duty.persuade", by=by, at=at) as act:
        lead = lead_queries.leads(by).get(pk=finding.lead_id)
        leads.settle(lead=lead, outcome=lead_rules.Outcome.PERSUADED, note=note, by=by, at=at)
        # Whoever holds the finding goes on with the lead as it is now.
        finding.lead, finding.persuaded = lead, True
        finding.save()
        act.entry(on=finding, facts={"lead": lead.number}, label=lead.number)
    return finding


def finding_of_key(*, key: UUID, by: Actor) -> Finding:
    """The finding that the same person sent under `key`. Raises Invalid where there is none."""
    held = Delivery.objects.filter(key=key, officer=by.officer_id or 0, kind="finding").first()
    found = Finding.objects.visible(by).filter(pk=held.answer.get("finding", 0)).first() if held else None
    if found is None:
        raise Invalid({"finding": "没有这条发现"})
    return found
