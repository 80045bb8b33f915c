"""What the worker does for exchange.

`exchange.look`: asks for the next look first, so that one that fails breaks no chain; then looks (`actions.look`).
Looks go on after the last subscription ended until what was shared is deleted, too.
`exchange.deliver`, {"subscription": id}:
1. Give up what waited too long.
2. Send one event after another while the receiver takes them, at most MOST_AT_ONCE; the lease is renewed in between.
3. Ask to be called again when the next is due. A key keeps this from being asked for twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from xiuhua.exchange import actions
from xiuhua.exchange.models import Event, Subscription
from xiuhua.kernel import clock, outbox

MOST_AT_ONCE = 100


def look(_payload: dict[str, Any]) -> None:
    now = clock.now()
    if not (Subscription.objects.running().exists() or Event.objects.exists()):
        return
    run_at = actions.next_look(now)
    outbox.put(actions.LOOK, {}, run_at=run_at, key=actions.key_of_look(run_at))
    actions.look(at=now)


def deliver(payload: dict[str, Any]) -> None:
    subscription = payload["subscription"]
    actions.give_up_old(subscription_id=subscription, at=clock.now())
    for _ in range(MOST_AT_ONCE):
        step = actions.deliver_one(subscription_id=subscription, at=clock.now())
        if not step.again:
            break
        outbox.renew()
    now = clock.now()
    wake = now if step.again else step.wake
    if wake is not None:
        run_at = max(wake, now + timedelta(seconds=1))
        key = f"{actions.DELIVER}:{subscription}:{int(run_at.timestamp())}"
        outbox.put(actions.DELIVER, payload, run_at=run_at, key=key)
