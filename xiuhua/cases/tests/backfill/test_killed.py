"""A run that is killed with -9 leaves whole batches or nothing, and the same file finishes it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiuhua.cases.tests.backfill.bench import changed, row, summary_history, write
from xiuhua.cases.tests.backfill.driver import BATCH
from xiuhua.kernel.tests import harness

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROWS = 17
DRIVER = ("-m", "xiuhua.cases.tests.backfill.driver")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    rows = []
    for i in range(1, ROWS + 1):
        said = changed(summary_history(), 5, "facts.decision.number", f"1181501{i:03}")
        said = changed(said, 5, "facts.documents.0.number", f"1181501{i:03}")
        rows.append(row(said, number=f"浦01-18-{i:04}"))
    return write(tmp_path / "history.csv", rows)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with harness.database(tmp_path) as found:
        said(found, tmp_path, "make")
        yield found


def said(url: str, folder: Path, *arguments: str, ends: int = 0) -> str:
    process = harness.start(*DRIVER, *arguments, url=url, folder=folder)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == ends, errors
    return out


# Batch and bulk insert of it: before the first table, between two, and before the entries that end the batch. The
# second and third run pass over what is in already, so their first batch is the first that is missing.
POINTS = [(1, 1, 0), (2, 4, 1), (2, 8, 2)]


def test_a_killed_import_leaves_whole_batches_and_the_same_file_finishes_it(
    url: str, history: Path, tmp_path: Path
) -> None:
    for batch, statement, batches in POINTS:
        point = (str(batch), str(statement))
        said(url, tmp_path, "bring", str(history), *point, ends=-signal.SIGKILL)
        left = json.loads(said(url, tmp_path, "count"))
        whole = batches * BATCH
        assert left == {
            "cases": whole,
            "entries": whole,
            "steps": 9 * whole,
            "papers": 3 * whole,
            "numbers": 2 * whole,
            "parties": 1 if whole else 0,
        }
    again = json.loads(said(url, tmp_path, "bring", str(history)))
    assert again == {"written": ROWS - whole, "passed_over": whole}
    assert json.loads(said(url, tmp_path, "count"))["cases"] == ROWS
