"""A long file in several processes comes out as in one: in order, each stretch in its turn, nothing after a failure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import connections

from xiuhua.kernel import stretches
from xiuhua.kernel.stretches import Turn


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work below asks no database, and the one of this suite stays open."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


class Log:
    """Work that writes the number of its first row to a file, in its turn; `bad` is a row that fails."""

    def __init__(self, path: Path, bad: int = 0) -> None:
        self.path, self.bad = path, bad

    def __call__(self, stretch: Sequence[tuple[int, str]], turn: Turn) -> tuple[int, list[str]]:
        with turn:
            if any(number == self.bad for number, _ in stretch):
                raise ValueError("示例")
            with self.path.open("a", encoding="ascii") as file:
                file.write(f"{stretch[0][0]}\n")
        return os.getpid(), [row for _, row in stretch]

    @property
    def written(self) -> list[int]:
        return [int(line) for line in self.path.read_text(encoding="ascii").split()]


ROWS = [f"row {i}" for i in range(1, 54)]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_every_row_is_worked_once_and_in_order(tmp_path: Path, workers: int) -> None:
    log = Log(tmp_path / "log")
    found = list(stretches.through(stretches.cut(ROWS, 5), log, workers=workers))
    assert [row for _, rows in found for row in rows] == ROWS
    assert log.written == list(range(1, 54, 5))
    pids = {pid for pid, _ in found}
    assert (os.getpid() in pids) == (workers == 0)
    assert len(pids) <= max(1, workers)


@pytest.mark.parametrize("workers", [0, 2])
def test_a_failure_ends_the_run_and_nothing_after_it_is_written(tmp_path: Path, workers: int) -> None:
    log = Log(tmp_path / "log", bad=23)
    with pytest.raises(ValueError, match="示例"):
        list(stretches.through(stretches.cut(ROWS, 5), log, workers=workers))
    assert log.written == [1, 6, 11, 16]


def test_a_run_that_is_left_early_leaves_no_process_behind(tmp_path: Path) -> None:
    run = stretches.through(stretches.cut(ROWS, 1), Log(tmp_path / "log"), workers=2)
    next(run)
    run.close()  # type: ignore[attr-defined] # a generator
    assert stretches._shared == []


def test_a_small_file_is_not_worth_more_processes(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.write_bytes(b"x")
    assert stretches.workers_for(small) == 0
