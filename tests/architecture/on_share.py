"""What exchange keeps in the world of `visible`: one subscription of a city's platform with an event on its way."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiuhua.exchange import models as exchange
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM


def lay(at: datetime) -> None:
    """A subscription belongs to the bureau: it is seen by permission and lies at no place."""
    with record.act("示例", by=SYSTEM, at=at) as act:
        row = exchange.Subscription(
            agency="示例市级平台",
            contact="示例",
            url="https://events.city.example/in",
            scheme="v1",
            purpose="示例",
            basis="示例",
            kinds=["xiuhua.position.updated"],
            interval=60,
            rate=60,
            valid_from=at.date(),
            valid_to=at.date() + timedelta(days=365),
            state="active",
            active_since=at,
            secret="示例",
            made_at=at,
            made_by="示例",
        )
        row.save()
        exchange.Line(subscription=row, looked_at=at).save()
        event = exchange.Event(
            event_id="示例",
            key="示例",
            type="xiuhua.position.updated",
            body='{"data": {}}',
            at=at,
            made_at=at,
        )
        event.save()
        exchange.Delivery(subscription=row, event=event, state="waiting", queued_at=at, next_at=at).save()
        act.entry(on=row, facts={})
