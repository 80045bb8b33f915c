"""A worker in a process of its own, to kill it while it sends.

python -m xiuhua.exchange.tests.driver lay URL | work SECONDS | look      (the database is that of XIUHUA_DATABASE_URL)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need a Django that is set up

from xiuhua.exchange import actions, jobs, rules  # noqa: E402
from xiuhua.exchange.actions.keeping import seal  # noqa: E402
from xiuhua.exchange.models import Delivery, Event, Line, Subscription  # noqa: E402
from xiuhua.exchange.rules.events import POSITION  # noqa: E402
from xiuhua.exchange.tests.agency import load_exchange  # noqa: E402
from xiuhua.kernel import clock, outbox, record  # noqa: E402
from xiuhua.kernel.authz import SYSTEM  # noqa: E402
from xiuhua.kernel.models import Job  # noqa: E402
from xiuhua.registers.tests.bureau import AT  # noqa: E402


def lay(url: str) -> None:
    """A subscription with one event on its way, and the job that delivers it."""
    call_command("migrate", verbosity=0, skip_checks=True)
    load_exchange()
    day = AT.date()
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row = Subscription(agency="示例", contact="示例", url=url, scheme="v1", purpose="示例", basis="示例")
        row.kinds, row.interval, row.rate, row.state = [], 60, 60, rules.Standing.ACTIVE
        row.valid_from, row.valid_to, row.active_since, row.made_at = day, day, AT, AT
        row.secret = seal(rules.made(rules.Scheme.SHARED, b"1" * 32))
        row.save()
        Line(subscription=row, looked_at=AT).save()
        event = Event.objects.create(
            event_id="evt-1", key="k", type=POSITION, at=AT, made_at=AT, body='{"a":1}'
        )
        waiting = {"state": rules.State.WAITING, "queued_at": AT, "next_at": AT}
        Delivery.objects.create(subscription=row, event=event, **waiting)
        act.entry(on=row, facts={})
        act.later(actions.DELIVER, {"subscription": row.pk})


def work(seconds: str) -> None:
    with clock.held_at(AT + timedelta(seconds=int(seconds))):
        outbox.run_due({actions.DELIVER: jobs.deliver})


def look() -> None:
    found = Delivery.objects.get()
    done = Job.objects.filter(name=actions.DELIVER, done_at__isnull=False).count()
    sys.stdout.write(json.dumps({"state": found.state, "tries": found.tries, "done": done}) + "\n")


if __name__ == "__main__":
    DOINGS: dict[str, Callable[..., None]] = {"lay": lay, "work": work, "look": look}
    DOINGS[sys.argv[1]](*sys.argv[2:])
