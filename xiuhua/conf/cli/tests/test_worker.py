"""`xiuhua worker`: does what is due, with the jobs that the program really has, and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiuhua.cases.tests.bench.bench import ORDINARY, STATES, Bench
from xiuhua.conf import jobs
from xiuhua.conf.cli import main
from xiuhua.kernel import clock
from xiuhua.kernel.models import Job, Leaf


def test_every_job_has_its_function() -> None:
    assert jobs.resolve().keys() == jobs.HANDLERS.keys()
    assert all(map(callable, jobs.resolve().values()))


def test_a_job_whose_function_is_nowhere_is_found_when_the_worker_starts() -> None:
    with pytest.raises(ImportError):
        jobs.resolve({"示例": "xiuhua.cases.jobs.nothing"})


@pytest.mark.slow
@pytest.mark.django_db
def test_the_worker_moves_a_case_whose_defence_time_ran_out(capsys: pytest.CaptureFixture[str]) -> None:
    bench = Bench((2026,))
    Job.objects.update(done_at=clock.now())
    case, at = bench.at_step("pass_legal_review")
    bench.go(case, ORDINARY[STATES["pass_legal_review"]], at)
    with clock.held_at(at + timedelta(days=2)):
        assert main(["worker", "--once"]) == 0
    assert capsys.readouterr().out.startswith("0 jobs tried")
    case.refresh_from_db()
    assert case.state == "notified"
    with clock.held_at(at + timedelta(days=20)):
        assert main(["worker", "--once"]) == 0
    assert capsys.readouterr().out == "1 jobs tried, 1 entries sealed\n"
    case.refresh_from_db()
    step = case.steps.latest("seq")
    assert (case.state, step.move, step.by_name) == ("defence_done", "let_defence_lapse", "系统")
    assert Leaf.objects.filter(entry_id=step.entry or 0).exists()
