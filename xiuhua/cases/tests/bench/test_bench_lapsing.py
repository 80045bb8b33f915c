"""What time does to a case: not before the day, on the day, not if the case moved on, and only through the guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, ORDINARY, PUBLICITY, STATES, Bench, Went, counted
from xiuhua.kernel import clock, outbox
from xiuhua.kernel.models import Day, Job, RecordEntry
from xiuhua.kernel.record import subject_of
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

WAITS = ("notified", "hearing_offered", "served", "deferred", "delivered")
DEFERRAL = {
    "deferral.applied_on": "+0",
    "deferral.kind": "instalment",
    "deferral.reason": "示例：经营困难",
    "plan.count": 2,
    "plan.first_due": "+30",
}


@pytest.fixture(autouse=True)
def nothing_else_due(bench: Bench) -> None:
    """The cases that everybody shares have waited too: their jobs are not this suite's."""
    Job.objects.update(done_at=AT)


def waiting(bench: Bench, state: str) -> tuple[Case, datetime]:
    """A case that has just come to wait in `state`, and the moment of the step that brought it there."""
    if state == "delivered":
        return bench.spot(), AT
    last = {"notified": "pass_legal_review", "hearing_offered": "pass_legal_review"}.get(
        state, "decide_penalty"
    )
    case, at = bench.at_step(last, cause={"hearing_always": state == "hearing_offered"})
    bench.go(case, ORDINARY[STATES[last]], at)
    if state == "hearing_offered":
        served = {"service.receipt": True, "service.receiver_relation": "legal_representative"}
        bench.go(case, Went(O1, "offer_hearing", 0, served), at)
    if state == "deferred":
        bench.go(case, Went(DEPUTY, "enter_deferral", 0, DEFERRAL), at)
    assert case.state == state
    return case, at


def lapse_of(case: Case, at: datetime) -> Any:
    return queries.lapse(case, queries.file_of(case), clock.day_of(at))


def job_of(case: Case) -> Job:
    return Job.objects.filter(payload={"case": case.pk}, done_at=None).latest("pk")


def work_at(at: datetime) -> int:
    with clock.held_at(at):
        return outbox.run_due({"cases.lapse": jobs.lapse})


def on_day(at: datetime, day: date) -> datetime:
    """The same hour on another day, where the bureau works."""
    return (at + (day - clock.day_of(at))).astimezone(clock.SHANGHAI)


@pytest.mark.parametrize("state", WAITS)
def test_a_step_that_leaves_a_case_waiting_asks_for_the_day_after(bench: Bench, state: str) -> None:
    case, at = waiting(bench, state)
    run_at = job_of(case).run_at.astimezone(clock.SHANGHAI)
    assert run_at.date() == lapse_of(case, at).last + timedelta(days=1)
    assert (run_at.hour, run_at.minute) == (0, 0)


@pytest.mark.parametrize(
    ("state", "move", "target"),
    [
        ("notified", "let_defence_lapse", "defence_done"),
        ("hearing_offered", "let_hearing_lapse", "defence_done"),
        ("served", "fall_overdue", "overdue"),
        ("deferred", "break_deferral", "overdue"),
        ("delivered", "fall_overdue", "overdue"),
    ],
)
def test_the_worker_moves_the_case_when_the_last_day_is_over_and_not_before(
    bench: Bench, state: str, move: str, target: str
) -> None:
    case, at = waiting(bench, state)
    last = lapse_of(case, at).last
    end_of_day = on_day(at, last).replace(hour=23, minute=59, second=59)
    work_at(end_of_day)
    assert job_of(case).attempts == 0
    assert actions.lapse(case=case, at=end_of_day) is None
    case.refresh_from_db()
    assert case.state == state
    work_at(end_of_day + timedelta(seconds=1))
    case.refresh_from_db()
    step = case.steps.filter(matter=None).latest("seq")
    assert (case.state, step.move, step.role, step.by_user) == (target, move, "system", None)
    entry = RecordEntry.objects.get(pk=step.entry or 0)
    assert (entry.verb, entry.subject, entry.actor_id) == (f"cases.{move}", subject_of(case), None)
    assert not Job.objects.filter(payload={"case": case.pk}, done_at=None).exists()


@pytest.mark.parametrize(
    ("state", "went"),
    [
        ("notified", Went(O1, "receive_defence", 1, {"defence.content": "示例：已整改"})),
        ("notified", Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True})),
        ("served", Went(O1, "perform", 1, {"item.receipt_no": "示例0001"})),
        ("delivered", Went(O1, "pay_at_bank", 1, {"item.receipt_no": "示例0002"})),
    ],
)
def test_a_case_that_moved_on_meanwhile_is_left_alone(bench: Bench, state: str, went: Went) -> None:
    case, at = waiting(bench, state)
    last = lapse_of(case, at).last
    bench.go(case, went, at + timedelta(days=1))
    moved, steps, entries = case.state, case.steps_taken, RecordEntry.objects.count()
    work_at(on_day(at, last) + timedelta(days=2))
    assert not Job.objects.filter(
        payload={"case": case.pk}, done_at=None, run_at__lte=on_day(at, last)
    ).exists()
    case.refresh_from_db()
    assert (case.state, case.steps_taken, RecordEntry.objects.count()) == (moved, steps, entries)


def test_a_step_that_does_not_end_the_wait_does_not_ask_again(bench: Bench) -> None:
    case, at = waiting(bench, "served")
    bench.go(case, Went(PUBLICITY, "publish_decision"), at + timedelta(days=1))
    assert Job.objects.filter(payload={"case": case.pk}).count() == 1


def test_an_instalment_that_is_paid_moves_the_wait_to_the_next(bench: Bench) -> None:
    case, at = waiting(bench, "deferred")
    first = lapse_of(case, at).last
    bench.go(case, Went(O1, "pay_instalment", 0, {"item.receipt_no": "示例0006"}), at + timedelta(days=3))
    second = lapse_of(case, at).last
    assert second > first
    work_at(on_day(at, first) + timedelta(days=1))
    case.refresh_from_db()
    assert case.state == "deferred"
    work_at(on_day(at, second) + timedelta(days=1))
    case.refresh_from_db()
    assert case.state == "overdue"


def test_a_deadline_that_moved_with_the_calendar_is_waited_for_anew(bench: Bench) -> None:
    case, at = waiting(bench, "hearing_offered")
    last = lapse_of(case, at).last
    Day.objects.update_or_create(pk=last, defaults={"working": False, "source": "示例"})
    moved = lapse_of(case, at).last
    assert moved > last
    work_at(on_day(at, last) + timedelta(days=1))
    case.refresh_from_db()
    assert case.state == "hearing_offered"
    assert clock.day_of(job_of(case).run_at) == moved + timedelta(days=1)
    work_at(on_day(at, moved) + timedelta(days=1))
    case.refresh_from_db()
    assert case.state == "defence_done"


def test_a_worker_that_was_away_makes_the_move_on_the_day_it_comes_back(bench: Bench) -> None:
    case, at = waiting(bench, "notified")
    late = at + timedelta(days=40)
    assert work_at(late) == 1
    step = case.steps.filter(matter=None).latest("seq")
    assert (step.move, step.at) == ("let_defence_lapse", late)


def test_where_a_guard_speaks_against_it_the_job_keeps_the_reason_and_nothing_is_written(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, at = waiting(bench, "notified")
    never = replace(GUARDS["defence_period_over"], check=lambda file, setting: False, sentence="示例")
    monkeypatch.setattr(judging, "GUARDS", {**GUARDS, never.name: never})
    before = counted()
    assert work_at(at + timedelta(days=40)) == 1
    assert counted() == before
    job = job_of(case)
    assert job.failed_at is None
    assert "示例" in job.last_error


def test_a_job_whose_lease_was_lost_leaves_nothing_behind(bench: Bench) -> None:
    """Another worker has it by now: the move and the job that is done stand or fall together."""
    case, at = waiting(bench, "notified")
    with clock.held_at(at + timedelta(days=40)):
        job = outbox.claim("示例甲")
        assert job is not None
        Job.objects.filter(pk=job.pk).update(leased_by="示例乙")
        outbox.work(job, {"cases.lapse": jobs.lapse})
    case.refresh_from_db()
    assert (case.state, job_of(case).leased_by) == ("notified", "示例乙")


def test_time_asks_by_the_text_of_the_law_of_the_day(bench: Bench) -> None:
    case, at = bench.at_step("pass_legal_review", 2018)
    bench.go(case, ORDINARY[STATES["pass_legal_review"]], at)
    assert work_at(on_day(at, lapse_of(case, at).first)) == 1
    assert case.steps.filter(matter=None).latest("seq").law_version == "2017"


def test_the_columns_of_the_nearest_clock_are_those_of_the_file(bench: Bench) -> None:
    case, at = waiting(bench, "served")
    found = queries.nearest_clock(queries.file_of(case), case.state, clock.day_of(at))
    assert found == (case.clock, case.due_on, case.due_provisional, case.due_at)
    assert found[1] is not None
    closed, at = bench.at_step("archive_case")
    assert queries.nearest_clock(queries.file_of(closed), closed.state, clock.day_of(at)) == (
        "",
        None,
        False,
        None,
    )
