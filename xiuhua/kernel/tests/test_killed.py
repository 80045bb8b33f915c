"""Processes that are killed with -9, and processes that run beside one another: all of it or nothing, once only."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xiuhua.kernel.tests import harness

pytestmark = [pytest.mark.slow, pytest.mark.processes]

KILL_POINTS = 12


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("killed")
    with harness.database(folder) as url:
        yield url, folder


@pytest.fixture(scope="module")
def killed(database: tuple[str, Path]) -> list[dict[str, Any]]:
    """For each kill point, what the killed act left behind."""
    url, folder = database
    out = harness.run("driver", "kill_acts", str(KILL_POINTS), url=url, folder=folder)
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("point", range(KILL_POINTS))
def test_an_act_killed_between_any_two_statements_leaves_all_of_it_or_nothing(
    killed: list[dict[str, Any]], point: int
) -> None:
    left = killed[point]
    assert left.pop("killed")
    assert set(left.values()) in ({0}, {1}), left


def test_the_kill_points_reach_from_before_the_first_statement_to_after_the_last(
    killed: list[dict[str, Any]],
) -> None:
    left = [each["entries"] for each in killed]
    assert left[0] == 0
    assert left[-1] == 1
    assert left == sorted(left)
    assert left.count(0) >= 6


def test_eight_processes_never_get_the_same_number_and_leave_no_gap(tmp_path: Path) -> None:
    with harness.database(tmp_path) as url:
        said = json.loads(harness.run("driver", "take_numbers", "6", url=url, folder=tmp_path))
    assert said["ends"] == [0] * 8
    assert said["given"] == [f"22615{99}{serial:03}" for serial in range(1, 49)]
    assert said["series"] == said["entries"] == said["jobs"] == 48


def test_sealing_in_another_process_holds_no_act_up(tmp_path: Path) -> None:
    """A machine that does something else meanwhile holds up one round or another; a sealer would hold up each."""
    limits = {"seconds": 1, "median_ms": 10, "slowest_ms": 1000}
    rounds: list[dict[str, float]] = []
    for number in range(5):
        folder = tmp_path / str(number)
        folder.mkdir()
        with harness.database(folder) as url:
            rounds.append(json.loads(harness.run("driver", "seal_beside_acts", "60", url=url, folder=folder)))
        if all(rounds[-1][name] < limit for name, limit in limits.items()):
            return
    raise AssertionError(f"every round was held up: {rounds}")


def test_several_processes_verify_what_one_would(tmp_path: Path) -> None:
    with harness.database(tmp_path) as url:
        said = json.loads(harness.run("driver", "verify_in_processes", "2000", url=url, folder=tmp_path))
    assert said["sound"]
    assert said["found"] == [["edit", said["changed"]]]


def test_a_job_whose_worker_is_killed_is_done_again_after_the_lease_and_once_in_effect(
    tmp_path: Path,
) -> None:
    with harness.database(tmp_path) as url:
        said = json.loads(harness.run("driver", "kill_workers", str(tmp_path), url=url, folder=tmp_path))
    assert said["entries"] == [0, 1]
    assert said["attempts"] == 2
    assert said["done"]
    assert said["again"] == 0


def test_the_worker_command_seals_works_and_ends_cleanly_when_told(tmp_path: Path) -> None:
    with harness.database(tmp_path) as url:
        harness.run("driver", "kill_acts", "12", url=url, folder=tmp_path)
        worker = harness.command("worker", url=url, folder=tmp_path)
        assert worker.stdout is not None
        assert "running" in worker.stdout.readline()
        published = tmp_path / "record"
        started = time.monotonic()
        while not list(published.glob("*.checkpoint")):
            assert time.monotonic() - started < 120
            time.sleep(0.02)
        worker.terminate()
        _, errors = worker.communicate(timeout=120)
        assert (worker.returncode, errors) == (0, "")
        done = harness.command("record", "verify", url=url, folder=tmp_path)
        out, _ = done.communicate(timeout=60)
        assert done.returncode == 0
        assert "The record is whole: " in out
