"""Processes that are killed with -9, and processes that run beside one another: all of it or nothing, once only."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from xiuhua.kernel.tests import harness

pytestmark = pytest.mark.slow

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
    with harness.database(tmp_path) as url:
        said = json.loads(harness.run("driver", "seal_beside_acts", "60", url=url, folder=tmp_path))
    assert said["seconds"] < 1
    assert said["median_ms"] < 10
    assert said["slowest_ms"] < 1000


def rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    """Run one statement in a database of its own; the rows it gives, if any."""
    if url.startswith("postgres"):
        with psycopg.connect(url) as server:
            done = server.execute(sql.encode())
            return done.fetchall() if done.description else []
    with closing(sqlite3.connect(url)) as file, file:
        return file.execute(sql).fetchall()


def wait_for(path: Path) -> None:
    started = time.monotonic()
    while not path.exists():
        assert time.monotonic() - started < 20, f"{path.name} never came"
        time.sleep(0.02)


def test_a_job_whose_worker_is_killed_is_done_again_after_the_lease_and_once_in_effect(
    tmp_path: Path,
) -> None:
    with harness.database(tmp_path) as url:
        harness.run("driver", "migrate", url=url, folder=tmp_path)
        rows(
            url,
            "INSERT INTO kernel_job (name, payload, run_at, attempts, leased_by, last_error) "
            "VALUES ('slow', '{}', '2026-01-01', 0, '', '')",
        )
        first = harness.start("driver", "worker", str(tmp_path), url=url, folder=tmp_path)
        wait_for(tmp_path / "begun-1")
        first.kill()
        first.communicate()
        assert rows(url, "SELECT count(*) FROM kernel_recordentry") == [(0,)]
        second = harness.start("driver", "worker", str(tmp_path), url=url, folder=tmp_path)
        wait_for(tmp_path / "after-2")
        second.kill()
        second.communicate()
        # Killed again, now after its act: the job is done, and another one finds nothing to do, even after the lease.
        time.sleep(1)
        assert harness.run("driver", "due", url=url, folder=tmp_path).strip() == "0"
        assert rows(url, "SELECT count(*) FROM kernel_recordentry") == [(1,)]
        assert rows(url, "SELECT attempts, done_at IS NOT NULL FROM kernel_job") == [(2, True)]
