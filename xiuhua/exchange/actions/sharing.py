"""A look at what happened: events are written once and laid out for every agency that is to be told.

1. Subscriptions whose last day is over end.
2. What happened since the last look, and somewhat before it (acts that were under way then), is read from below.
3. Of what a subscription wants an event is written, unless it is there: `key` tells. Positions of a device go to a
   subscription once in its interval.
4. One entry of the record for each subscription says how many of which kind it is told.
5. Events that are older than `keep_days` are deleted with their deliveries.
All of it is one transaction with the job that asked for it, so a worker that dies leaves nothing half done.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db import transaction

from xiuhua.exchange import queries, rules
from xiuhua.exchange.models import Delivery, Event, EventKind, Line, Subscription
from xiuhua.exchange.rules import Happening
from xiuhua.exchange.rules.events import POSITION
from xiuhua.kernel import clock, outbox, record
from xiuhua.kernel.authz import SYSTEM

LOOK = "exchange.look"
DELIVER = "exchange.deliver"
MOST_DELETED = 2000


def next_look(at: datetime) -> datetime:
    """The next moment on the grid of looks, so that whoever asks for one asks for the same."""
    step = queries.limits().look.total_seconds()
    return datetime.fromtimestamp((at.timestamp() // step + 1) * step, UTC)


def key_of_look(run_at: datetime) -> str:
    return f"{LOOK}:{run_at:%Y%m%d%H%M%S}"


def look(*, at: datetime) -> int:
    """Steps 1 to 5; how many deliveries were laid out."""
    with transaction.atomic():
        _end_expired(at)
        subscriptions = queries.running(clock.day_of(at)) if settings.EXCHANGE_ORIGIN else []
        laid = _share(subscriptions, at) if subscriptions else 0
        old = Event.objects.filter(made_at__lt=at - queries.limits().keep).values_list("pk", flat=True)
        Event.objects.filter(pk__in=list(old[:MOST_DELETED])).delete()
        outbox.finish()
    return laid


def _end_expired(at: datetime) -> None:
    for row in Subscription.objects.exclude(state=rules.Standing.ENDED).filter(valid_to__lt=clock.day_of(at)):
        with record.act("exchange.end", by=SYSTEM, at=at) as act:
            row.state, row.ended_at, row.reason = rules.Standing.ENDED, at, "期满"
            row.save()
            waiting = Delivery.objects.filter(subscription=row, state=rules.State.WAITING)
            act.entry(
                on=row, facts={"reason": row.reason, "dropped": waiting.update(state=rules.State.DROPPED)}
            )


def _share(subscriptions: Sequence[Subscription], at: datetime) -> int:
    limits, kinds = queries.limits(), queries.kinds()
    lines = Line.objects.in_bulk([s.pk for s in subscriptions])
    wanted = frozenset(chain.from_iterable(s.kinds for s in subscriptions)) & kinds.keys()
    since = max(min(line.looked_at for line in lines.values()), at - limits.keep) - limits.overlap
    found = list(queries.happenings(wanted, since, limits.place_decimals))
    if POSITION in wanted:
        found += queries.positions(at)
    asked = {s.pk: _asked(s, found, at) for s in subscriptions}
    events = _written(list(chain.from_iterable(asked.values())), kinds, at)
    laid = sum(_lay(s, [events[h.key] for h in asked[s.pk]], at) for s in subscriptions)
    Line.objects.filter(pk__in=lines).update(looked_at=at)
    return laid


def _asked(subscription: Subscription, found: Iterable[Happening], at: datetime) -> list[Happening]:
    """What the subscription wants of it, positions once in its interval."""
    units = queries.within(subscription.units)
    fresh = Delivery.objects.filter(
        subscription=subscription,
        event__type=POSITION,
        event__made_at__gt=at - timedelta(seconds=subscription.interval) + queries.limits().look / 2,
    )
    told = set(fresh.values_list("event__subject", flat=True))
    return [
        h
        for h in found
        if h.at >= subscription.active_since
        and rules.wants(h, subscription.kinds, units, subscription.areas)
        and not (h.type == POSITION and h.subject in told)
        # A unit that is named and is not there any more opens nothing.
        and not (subscription.units and not units)
    ]


def _written(asked: Sequence[Happening], kinds: dict[str, EventKind], at: datetime) -> dict[str, Event]:
    """Key → event, those that were not there written."""
    wanted = {h.key: h for h in asked}
    there = {e.key: e for e in Event.objects.filter(key__in=list(wanted))}
    made = []
    for key, happening in wanted.items():
        if key in there:
            continue
        name = str(uuid.uuid4())
        fields = kinds[happening.type].fields.split()
        text = rules.body(happening, id=name, source=settings.EXCHANGE_SOURCE, fields=fields)
        made.append(
            Event(
                event_id=name,
                key=key,
                type=happening.type,
                subject=happening.subject,
                at=happening.at,
                made_at=at,
                body=text,
            )
        )
    there |= {e.key: e for e in Event.objects.bulk_create(made)}
    return there


def _lay(subscription: Subscription, events: Sequence[Event], at: datetime) -> int:
    """Deliveries of those that the agency was not told yet."""
    there = Delivery.objects.filter(subscription=subscription, event__in=[e.pk for e in events])
    told = {delivery.event_id for delivery in there}
    new = [e for e in events if e.pk not in told]
    if not new:
        return 0
    waiting = {"state": rules.State.WAITING, "queued_at": at, "next_at": at}
    with record.act("exchange.share", by=SYSTEM, at=at) as act:
        Delivery.objects.bulk_create(Delivery(subscription=subscription, event=e, **waiting) for e in new)
        act.entry(on=subscription, facts={"events": dict(Counter(e.type for e in new))})
        act.later(DELIVER, {"subscription": subscription.pk})
    return len(new)
