"""What the worker does for command: orders that nobody signed for, and each minute a look for alarms.

1. `begin` asks for the first look; it is said by whoever opens the stream, however often.
2. Each look raises and ends alarms (`actions.look_for_alarms`), and asks for the next.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from xiuhua.command import actions
from xiuhua.kernel import clock, outbox

LOOK = "command.look_for_alarms"


def rise(payload: dict[str, Any]) -> None:
    """`command.rise`, {"order": id}: see whether somebody signed for the order, and tell the next one up if not."""
    actions.rise(order_id=payload["order"], at=clock.now())


def begin(at: datetime) -> None:
    """Ask for the look of the next minute, unless it is asked for already."""
    run_at = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    outbox.put(LOOK, {}, run_at=run_at, key=f"{LOOK}:{run_at:%Y%m%d%H%M}")


def look_for_alarms(_payload: dict[str, Any]) -> None:
    """`command.look_for_alarms`: one look, and the next is asked for."""
    now = clock.now()
    actions.look_for_alarms(at=now)
    begin(now)
