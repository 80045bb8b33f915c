"""What happens again and again: a look at the health of devices, and each night a day put away.

1. `begin` asks for both; it is said by whoever opens a gateway, however often.
2. Each five minutes faults are opened and closed (`look_at_health`), and orders end that nobody took.
3. Each night every day before today that has rows in the database is written into its files, old rows and old files
   are deleted as the rules of keeping say (`put_away`).
4. Each run asks for the next. A night that was missed is made up by the next: the days wait.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from xiuhua.kernel import clock, outbox
from xiuhua.observations import actions

LOOK_MINUTES = 5
NIGHT = time(3, 20)


def begin(at: datetime) -> None:
    """Ask for the next look and the next night, unless they are asked for already."""
    _ask("observations.look_at_health", next_look(at))
    _ask("observations.put_away", next_night(at))


def next_look(at: datetime) -> datetime:
    start = at.astimezone(clock.SHANGHAI).replace(second=0, microsecond=0)
    return start + timedelta(minutes=LOOK_MINUTES - start.minute % LOOK_MINUTES)


def next_night(at: datetime) -> datetime:
    local = at.astimezone(clock.SHANGHAI)
    night = datetime.combine(local.date(), NIGHT, clock.SHANGHAI)
    return night if night > local else night + timedelta(days=1)


def _ask(job: str, run_at: datetime) -> None:
    outbox.put(job, {}, run_at=run_at, key=f"{job}:{run_at:%Y%m%d%H%M}")


def look_at_health(_payload: dict[str, Any]) -> None:
    now = clock.now()
    actions.look_at_health(at=now)
    actions.end_orders(at=now)
    _ask("observations.look_at_health", next_look(now))


def put_away(_payload: dict[str, Any]) -> None:
    now = clock.now()
    for day in actions.days_waiting(before=clock.day_of(now)):
        actions.put_away(day=day)
        outbox.renew()
    actions.purge(at=now)
    _ask("observations.put_away", next_night(now))
