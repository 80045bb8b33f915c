"""Swaps: asked, consented by the other, approved by the head; and appeals against an absence."""

from __future__ import annotations

from datetime import datetime

from xiuhua.duty import permissions, rules
from xiuhua.duty.actions.hours import tell_hours
from xiuhua.duty.models import Appeal, Shift, Swap
from xiuhua.duty.queries import limits
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer

LEAST_REASON = 2


def said(name: str, text: str, missing: str) -> str:
    """Raises Invalid with `missing` for too few words."""
    text = text.strip()
    if len(text) < LEAST_REASON:
        raise Invalid({name: missing})
    return text


def ask_swap(
    *,
    shift: Shift,
    other: Officer,
    reason: str,
    by: Actor,
    at: datetime,
    in_exchange: Shift | None = None,
) -> Swap:
    """Ask a colleague of the unit to take the shift, perhaps for one of theirs. Raises Refused, Invalid."""
    permissions.check_can_ask_swap(shift, by, at)
    reason = said("reason", reason, "请写明换班的事由")
    errors = {}
    if other.pk == shift.officer_id or other.pk not in {o.pk for o in org.officers_of(shift.unit, shift.day)}:
        errors["other"] = "只能换给本单位的同事"
    if in_exchange is not None and (
        in_exchange.officer_id != other.pk or in_exchange.cancelled or in_exchange.starts_at <= at
    ):
        errors["in_exchange"] = "交换的班次应是对方尚未开始的班次"
    if shift.swaps.filter(state__in=rules.SWAP_OPEN).exists():
        errors["shift"] = "这一班已有换班申请在办"
    if errors:
        raise Invalid(errors)
    with record.act("duty.ask_swap", by=by, at=at) as act:
        swap = Swap(
            shift=shift,
            asker_id=shift.officer_id,
            other=other,
            in_exchange=in_exchange,
            reason=reason[:200],
            state=rules.SwapState.ASKED,
            asked_at=at,
        )
        swap.save(force_insert=True)
        act.entry(on=swap, facts={"shift": shift.pk, "other": other.pk, "reason": reason})
    return swap


def answer_swap(*, swap: Swap, consent: bool, by: Actor, at: datetime, note: str = "") -> Swap:
    """The other officer consents or declines."""
    with record.act("duty.answer_swap", by=by, at=at) as act:
        _lock(swap)
        permissions.check_can_answer_swap(swap, by)
        swap.state = rules.SwapState.CONSENTED if consent else rules.SwapState.DECLINED
        swap.answered_at, swap.note = at, note.strip()[:200]
        swap.save()
        act.entry(on=swap, facts={"consent": consent, "note": swap.note})
    return swap


def _lock(swap: Swap) -> None:
    swap.refresh_from_db(from_queryset=Swap.objects.select_for_update())


def decide_swap(*, swap: Swap, approve: bool, by: Actor, at: datetime, note: str = "") -> Swap:
    """The head approves or refuses; approved, the shifts change hands. Raises Invalid where they would clash."""
    with record.act("duty.decide_swap", by=by, at=at) as act:
        _lock(swap)
        permissions.check_can_decide_swap(swap, by)
        if approve:
            tell_hours(shifts=_change_hands(swap, at), by=by, at=at)
        swap.state = rules.SwapState.APPROVED if approve else rules.SwapState.REFUSED
        swap.decided_at, swap.note = at, note.strip()[:200]
        swap.save()
        act.entry(on=swap, facts={"approve": approve, "note": swap.note})
    return swap


def _change_hands(swap: Swap, at: datetime) -> list[Shift]:
    first, second = swap.shift, swap.in_exchange
    moved = [s for s in (first, second) if s is not None]
    if any(s.starts_at <= at or s.cancelled for s in moved):
        raise Invalid({"shift": "班次已开始或已取消，不能再换"})
    for person, takes in ((swap.other_id, first), (swap.asker_id, second)):
        if takes is None:
            continue
        standing = Shift.objects.filter(officer=person, cancelled=False).exclude(pk__in=[s.pk for s in moved])
        near = standing.filter(ends_at__gte=at).values_list("starts_at", "ends_at")
        if why := rules.clash(takes.span, [rules.Span(*ends) for ends in near], limits()):
            raise Invalid({"shift": why})
    first.officer_id = swap.other_id
    if second is not None:
        second.officer_id = swap.asker_id
    for shift in moved:
        shift.save()
    return moved


def withdraw_swap(*, swap: Swap, by: Actor, at: datetime) -> Swap:
    with record.act("duty.withdraw_swap", by=by, at=at) as act:
        _lock(swap)
        permissions.check_can_withdraw_swap(swap, by)
        swap.state, swap.decided_at = rules.SwapState.WITHDRAWN, at
        swap.save()
        act.entry(on=swap, facts={})
    return swap


def appeal(*, shift: Shift, reason: str, by: Actor, at: datetime) -> Appeal:
    """Say why an absence, or coming late, is none."""
    permissions.check_can_appeal(shift, by, at)
    reason = said("reason", reason, "请写明申诉的理由")
    with record.act("duty.appeal", by=by, at=at) as act:
        made = Appeal(
            shift=shift,
            officer_id=shift.officer_id,
            reason=reason[:300],
            state=rules.AppealState.OPEN,
            made_at=at,
        )
        made.save(force_insert=True)
        act.entry(on=made, facts={"shift": shift.pk, "reason": reason})
    return made


def decide_appeal(*, appeal: Appeal, grant: bool, reason: str, by: Actor, at: datetime) -> Appeal:
    """A leader decides with a reason; granted, the shift counts neither as absent nor as attended."""
    reason = said("reason", reason, "请写明决定的理由")
    with record.act("duty.decide_appeal", by=by, at=at) as act:
        appeal.refresh_from_db(from_queryset=Appeal.objects.select_for_update())
        permissions.check_can_decide_appeal(appeal, by)
        appeal.state = rules.AppealState.GRANTED if grant else rules.AppealState.REFUSED
        appeal.decided_at, appeal.decision = at, reason[:300]
        appeal.save()
        if grant:
            Shift.objects.filter(pk=appeal.shift_id).update(excused=True)
        act.entry(on=appeal, facts={"grant": grant, "reason": reason})
    return appeal
