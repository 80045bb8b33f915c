"""Jobs are asked for once, claimed by one worker, tried again with patience, and given up with their error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from xiuhua.kernel import clock, outbox, record
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.kernel.tests.harness import AT, CLERK, thing

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def put(name: str = "tell", **more: Any) -> Job:
    outbox.put(name, {"n": 1}, run_at=AT, **more)
    return Job.objects.latest("pk")


def claim_at(moment: timedelta, worker: str = "w") -> Job | None:
    with clock.held_at(AT + moment):
        return outbox.claim(worker)


def run_at(moment: timedelta, handler: outbox.Handler) -> int:
    with clock.held_at(AT + moment):
        return outbox.run_due({"tell": handler}, "w")


def test_the_same_key_asks_for_the_same_thing_once() -> None:
    for _ in range(3):
        put(key="case:1")
    put(key="case:2")
    put()
    put()
    assert Job.objects.count() == 4


def test_a_job_is_part_of_its_act() -> None:
    with record.act("tell", by=CLERK, at=AT) as act:
        act.entry(on=thing(), facts={})
        act.later("tell", {"x": 1}, at=AT + SECOND, key="k")
    job = Job.objects.get()
    assert (job.name, job.payload, job.run_at, job.unique_key) == ("tell", {"x": 1}, AT + SECOND, "k")


def test_a_job_is_not_claimed_before_its_time() -> None:
    put()
    assert claim_at(-SECOND) is None
    assert claim_at(SECOND) is not None


def test_what_waited_longest_comes_first() -> None:
    outbox.put("b", {}, run_at=AT + SECOND)
    outbox.put("a", {}, run_at=AT)
    claimed = [claim_at(2 * SECOND), claim_at(2 * SECOND), claim_at(2 * SECOND)]
    assert [job.name if job else None for job in claimed] == ["a", "b", None]


def test_a_claimed_job_is_left_alone_until_its_lease_runs_out() -> None:
    put()
    first = claim_at(SECOND, "one")
    assert first is not None
    assert claim_at(outbox.LEASE, "two") is None
    second = claim_at(outbox.LEASE + 3 * SECOND, "two")
    assert second is not None
    assert (second.pk, second.attempts, second.leased_by) == (first.pk, 2, "two")


def test_a_job_that_another_worker_took_meanwhile_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    put()
    asked = []

    def nobodys(now: object) -> object:
        asked.append(now)
        free = original(now)  # type: ignore[arg-type]  # the moment, as claim passes it
        if len(asked) == 2:
            Job.objects.update(leased_by="two", lease_until=AT + timedelta(hours=9))
        return free

    original = outbox._free
    monkeypatch.setattr(outbox, "_free", nobodys)
    assert claim_at(SECOND, "one") is None
    assert Job.objects.get().leased_by == "two"


def test_a_job_that_succeeds_is_done_and_kept() -> None:
    put()
    seen: list[dict[str, Any]] = []
    assert run_at(SECOND, seen.append) == 1
    assert seen == [{"n": 1}]
    job = Job.objects.get()
    assert (job.done_at, job.lease_until, job.attempts) == (AT + SECOND, None, 1)
    assert run_at(timedelta(days=9), seen.append) == 0


def failing(payload: dict[str, Any]) -> None:
    raise ConnectionError("the other side is away")


def test_a_job_that_fails_waits_longer_each_time_and_is_given_up_with_its_error() -> None:
    put()
    moment, waits = SECOND, []
    for attempt in range(outbox.MAX_ATTEMPTS):
        assert run_at(moment, failing) == 1
        job = Job.objects.get()
        assert job.attempts == attempt + 1
        waits.append((job.run_at - AT - moment).total_seconds())
        moment = job.run_at - AT
    assert waits == [10, 20, 40, 80, 160, 320, 640, 1280]
    assert run_at(timedelta(days=9), failing) == 0
    assert job.done_at is None
    assert job.failed_at is not None
    assert job.last_error == "ConnectionError: the other side is away"


def test_the_wait_is_never_longer_than_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MAX_ATTEMPTS", 30)
    job = put()
    Job.objects.update(attempts=20)
    run_at(SECOND, failing)
    job.refresh_from_db()
    assert job.run_at == AT + SECOND + outbox.LONGEST_WAIT


def test_a_job_that_kills_its_worker_again_and_again_is_given_up() -> None:
    put()
    Job.objects.update(attempts=outbox.MAX_ATTEMPTS, lease_until=AT - SECOND)
    called: list[object] = []
    run_at(SECOND, called.append)
    job = Job.objects.get()
    assert not called
    assert job.failed_at is not None
    assert "died" in job.last_error


def test_a_job_without_a_handler_says_so() -> None:
    put("nobody")
    run_at(SECOND, failing)
    assert Job.objects.get().last_error == "there is no handler nobody"


def test_a_handler_that_lacks_a_key_fails_like_any_other() -> None:
    put()
    run_at(SECOND, lambda payload: payload["missing"])
    assert Job.objects.get().last_error == "KeyError: 'missing'"


def with_act(before: Callable[[], object] = lambda: None) -> outbox.Handler:
    """A handler that writes in an act and marks its job done in it."""

    def handler(payload: dict[str, Any]) -> None:
        before()
        with record.act("tell", by=CLERK, at=AT) as act:
            act.entry(on=thing(), facts=payload)
            outbox.finish()

    return handler


def test_a_handler_finishes_its_job_in_its_own_transaction() -> None:
    put()
    run_at(SECOND, with_act())
    assert Job.objects.get().done_at == AT + SECOND
    assert RecordEntry.objects.count() == 1


def test_a_handler_whose_lease_was_lost_leaves_nothing() -> None:
    put()
    run_at(SECOND, with_act(lambda: Job.objects.update(leased_by="two")))
    assert not RecordEntry.objects.exists()
    job = Job.objects.get()
    assert (job.done_at, job.leased_by, job.last_error) == (None, "two", "")


def test_a_handler_that_was_too_slow_does_not_mark_what_another_does_now() -> None:
    put()

    def overtaken(payload: dict[str, Any]) -> None:
        Job.objects.update(leased_by="two")

    run_at(SECOND, overtaken)
    assert Job.objects.get().done_at is None


def test_a_long_handler_asks_for_more_time() -> None:
    put()

    def long(payload: dict[str, Any]) -> None:
        with clock.held_at(AT + outbox.LEASE):
            outbox.renew()
        assert claim_at(outbox.LEASE + 5 * SECOND, "two") is None
        Job.objects.update(leased_by="two")
        with pytest.raises(outbox.LeaseLost):
            outbox.renew()

    run_at(SECOND, long)
    assert Job.objects.get().last_error == ""


def test_outside_a_worker_nothing_is_finished_or_renewed() -> None:
    put()
    outbox.finish()
    outbox.renew()
    assert Job.objects.get().done_at is None


def test_the_worker_works_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(outbox, "PAUSE_SECONDS", 0)
    put()
    put()
    stop, seen = threading.Event(), list[object]()

    def handler(payload: dict[str, Any]) -> None:
        seen.append(payload)
        if len(seen) == 2:
            stop.set()

    with clock.held_at(AT + SECOND):
        outbox.run_worker({"tell": handler}, stop=stop)
    assert Job.objects.filter(done_at__isnull=False).count() == 2


def test_a_database_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(outbox, "PAUSE_SECONDS", 0)
    stop, tries = threading.Event(), list[str]()

    def away(worker: str) -> None:
        tries.append(worker)
        if len(tries) == 1:
            raise OperationalError("away")
        stop.set()

    monkeypatch.setattr(outbox, "claim", away)
    outbox.run_worker({}, stop=stop)
    assert len(tries) == 2
