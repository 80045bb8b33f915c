"""One delivery after another on the line to a receiver.

A delivery is claimed by conditional update and its try is counted before it begins. A worker that dies in between
leaves it to be tried again under the same id, by which the receiver knows a repetition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet

from xiuhua.exchange import queries, rules
from xiuhua.exchange.actions import sending
from xiuhua.exchange.actions.keeping import Unreadable, unseal
from xiuhua.exchange.models import Delivery, Line, Subscription
from xiuhua.exchange.rules import MEDIA_TYPE, State, Verdict
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.outbox import LEASE

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Whether to go on at once; else when to come back, None for when there is something new."""

    again: bool = False
    wake: datetime | None = None


def _hold(line: Line, until: datetime, fault: str) -> Step:
    line.failures, line.held_until, line.fault = line.failures + 1, until, fault[:200]
    line.save(update_fields=["failures", "held_until", "fault"])
    return Step(wake=until)


def _held_for(line: Line, asked: timedelta = timedelta(0)) -> timedelta:
    waits = queries.limits().waits
    return max(asked, waits[min(line.failures, len(waits) - 1)])


def give_up_old(*, subscription_id: int, at: datetime) -> None:
    """Whatever waited longer than all tries take. A receiver that was away so long is not sent a flood."""
    old = Delivery.objects.filter(
        subscription=subscription_id,
        queued_at__lt=rules.oldest(at, queries.limits().waits),
        next_at__lte=at,
    )
    _give_up(Subscription.objects.get(pk=subscription_id), old, at)


def _give_up(subscription: Subscription, rows: QuerySet[Delivery], at: datetime) -> None:
    """Those of `rows` that wait still, however many: by one statement, with the last answer in the record."""
    waiting = rows.filter(state=State.WAITING)
    tried_last = waiting.order_by(F("last_at").desc(nulls_last=True))
    last = tried_last.values_list("last_status", "last_answer").first()
    if last is None:
        return
    with record.act("exchange.give_up", by=SYSTEM, at=at) as act:
        count = waiting.update(state=State.GIVEN_UP)
        act.entry(on=subscription, facts={"deliveries": count, "status": last[0], "answer": last[1]})


def deliver_one(*, subscription_id: int, at: datetime) -> Step:
    """Ask for leave if there is none, then send the event that has waited longest."""
    subscription = Subscription.objects.get(pk=subscription_id)
    line = queries.line_of(subscription)
    day = clock.day_of(at)
    if (
        subscription.state != rules.Standing.ACTIVE
        or not settings.EXCHANGE_ORIGIN
        or day > subscription.valid_to
    ):
        return Step()
    if line.held_until is not None and line.held_until > at:
        return Step(wake=line.held_until)
    # A kind that was struck from the reference data is told no more, even if its text waits already.
    waiting = Delivery.objects.filter(
        subscription=subscription, state=State.WAITING, event__type__in=list(queries.kinds())
    )
    first = waiting.select_related("event").order_by("next_at", "pk").first()
    if first is None or first.next_at > at:
        return Step(wake=first.next_at if first else None)
    if line.allowed_until is None or line.allowed_until <= at:
        return _shake(subscription, line, at)
    if waits := _counted(line, at):
        return waits
    return _send(subscription, line, first, at)


def _shake(subscription: Subscription, line: Line, at: datetime) -> Step:
    """The handshake: may we deliver, and how many a minute."""
    limits, origin = queries.limits(), settings.EXCHANGE_ORIGIN
    asked = {"WebHook-Request-Origin": origin, "WebHook-Request-Rate": str(subscription.rate)}
    answer = sending.ask("OPTIONS", subscription.url, asked, seconds=limits.timeout_seconds)
    found = rules.permission(origin, answer.status, answer.headers, subscription.rate)
    if found is None:
        said = f"握手未获许可：{answer.status or ''} {answer.text}"
        return _hold(line, at + _held_for(line, _asked(answer, at)), said)
    line.allowed_until, line.per_minute = at + limits.handshake, found.per_minute
    line.held_until, line.fault = None, ""
    line.save(update_fields=["allowed_until", "per_minute", "held_until", "fault"])
    return Step(again=True)


def _asked(answer: sending.Answer, at: datetime) -> timedelta:
    return rules.asked_wait(answer.headers.get("retry-after", ""), at)


def _counted(line: Line, at: datetime) -> Step | None:
    """Count one more against what the receiver lets us send a minute. A step where that is used up, or where another
    worker counted in between: both would send what one may.
    """
    minute, sent = line.minute, line.sent
    if minute is None or at >= minute + MINUTE:
        minute, sent = at, 0
    if line.per_minute is not None and sent >= line.per_minute:
        return Step(wake=minute + MINUTE)
    ours = Line.objects.filter(pk=line.pk, minute=line.minute, sent=line.sent)
    return None if ours.update(minute=minute, sent=sent + 1) else Step(again=True)


def _secrets(subscription: Subscription, at: datetime) -> list[str]:
    """The secret, and the one before while both are signed with. Raises Unreadable."""
    sealed = [subscription.secret]
    if subscription.old_until is not None and subscription.old_until > at:
        sealed.append(subscription.old_secret)
    return [unseal(one) for one in sealed]


def _send(subscription: Subscription, line: Line, delivery: Delivery, at: datetime) -> Step:
    body, name = delivery.event.body.encode(), delivery.event.event_id
    try:
        headers = rules.headers(_secrets(subscription, at), name, int(at.timestamp()), body)
    except Unreadable:
        return _hold(line, at + _held_for(line), "密钥无法读取，请更换密钥")
    ours = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, next_at=delivery.next_at)
    if not ours.update(next_at=at + LEASE, tries=F("tries") + 1, last_at=at):
        return Step(again=True)
    delivery.tries += 1
    answer = sending.ask(
        "POST",
        subscription.url,
        {"Content-Type": MEDIA_TYPE, "WebHook-Request-Origin": settings.EXCHANGE_ORIGIN, **headers},
        seconds=queries.limits().timeout_seconds,
        body=body,
    )
    return _answered(subscription, line, delivery, answer, at)


def _answered(
    subscription: Subscription, line: Line, delivery: Delivery, answer: sending.Answer, at: datetime
) -> Step:
    found = rules.verdict(answer.status)
    row = Delivery.objects.filter(pk=delivery.pk)
    said = {"last_status": answer.status, "last_answer": answer.text}
    if found in (Verdict.DELIVERED, Verdict.ACCEPTED):
        row.update(state=State(found.value), delivered_at=at, **said)
        if line.failures or line.fault:
            line.failures, line.fault = 0, ""
            line.save(update_fields=["failures", "fault"])
        return Step(again=True)
    row.update(**said)
    if found is Verdict.GONE:
        _ended(subscription, at)
        return Step()
    asked = _asked(answer, at)
    wait = rules.next_try(delivery.tries, queries.limits().waits, asked) if found is Verdict.AGAIN else None
    if wait is None:
        _give_up(subscription, row, at)
    else:
        row.update(next_at=at + wait)
    if rules.holds_the_line(answer.status):
        return _hold(line, at + _held_for(line, asked), f"{answer.status or ''} {answer.text}".strip())
    return Step(again=True)


def _ended(subscription: Subscription, at: datetime) -> None:
    """The receiver is gone for good: it wants nothing more."""
    with record.act("exchange.end", by=SYSTEM, at=at) as act:
        subscription.refresh_from_db(from_queryset=Subscription.objects.select_for_update())
        if subscription.state != rules.Standing.ENDED:
            subscription.state, subscription.ended_at = rules.Standing.ENDED, at
            subscription.reason = "接收方答复 410，不再接收"
            subscription.save()
        waiting = Delivery.objects.filter(subscription=subscription, state=State.WAITING)
        dropped = waiting.update(state=State.DROPPED)
        act.entry(on=subscription, facts={"reason": subscription.reason, "dropped": dropped})
