"""`xiuhua worker`: does what is due, with the jobs that the program really has, and says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from xiuhua.cases.tests.bench.bench import ORDINARY, STATES, Bench
from xiuhua.conf import jobs
from xiuhua.conf.cli import main, worker
from xiuhua.kernel import clock, outbox, sealing
from xiuhua.kernel.models import Job, Leaf

pytestmark = pytest.mark.processes


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


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[int, Callable[[int, None], None]]:
    """Signal → what the worker does at it; the suite goes on being ended by Ctrl-C."""
    found: dict[int, Callable[[int, None], None]] = {}
    stands_in = SimpleNamespace(signal=found.__setitem__, SIGTERM=signal.SIGTERM, SIGINT=signal.SIGINT)
    monkeypatch.setattr(worker, "signal", stands_in)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_the_worker_ends_after_the_job_in_hand_and_so_does_its_sealer(
    number: int,
    handlers: dict[int, Callable[[int, None], None]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended: list[str] = []

    def works(known: dict[str, object], *, stop: threading.Event) -> None:
        assert known.keys() == jobs.HANDLERS.keys()
        assert not stop.is_set()
        handlers[number](number, None)
        assert stop.is_set()
        ended.append("jobs")

    def seals(stop: threading.Event) -> None:
        assert stop.wait(10)
        ended.append("sealer")

    monkeypatch.setattr(outbox, "run_worker", works)
    monkeypatch.setattr(sealing, "run", seals)
    assert main(["worker"]) == 0
    assert sorted(ended) == ["jobs", "sealer"]
    said = capsys.readouterr()
    assert said.out.startswith("The worker is running; SIGTERM or Ctrl-C ends it")
    assert said.err == ""


@pytest.mark.usefixtures("handlers")
def test_a_record_that_cannot_be_sealed_stops_the_whole_worker_and_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_key(stop: threading.Event) -> None:
        raise OSError("示例：the signing key is gone")

    def works(known: object, *, stop: threading.Event) -> None:
        assert stop.wait(10)

    monkeypatch.setattr(sealing, "run", no_key)
    monkeypatch.setattr(outbox, "run_worker", works)
    assert main(["worker"]) == 1
    assert "the record cannot be sealed: 示例：the signing key is gone" in capsys.readouterr().err
