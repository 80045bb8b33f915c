"""A process that is killed with -9 between any two statements of an act leaves all of it or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from xiuhua.kernel.tests import harness

pytestmark = [pytest.mark.slow, pytest.mark.processes]
Said = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What each act left behind at each of its kill points."""
    folder = tmp_path_factory.mktemp("killed")
    with harness.database(folder) as url:
        process = harness.start("-m", "xiuhua.cases.tests.bench.killing", url=url, folder=folder)
        out, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    return {line["act"]: line for line in map(json.loads, out.splitlines())}


@pytest.mark.parametrize(("act", "points"), [("take", 8), ("on the spot", 10), ("lapse", 5)])
def test_an_act_that_is_killed_between_two_statements_leaves_nothing(
    said: Said, act: str, points: int
) -> None:
    assert len(said[act]["nothing"]) >= points
    assert [left for left in said[act]["nothing"] if left] == []


@pytest.mark.parametrize("act", ["take, committing", "on the spot, committing", "lapse, committing"])
def test_an_act_that_is_killed_at_the_last_moment_leaves_nothing(said: Said, act: str) -> None:
    assert (said[act]["killed"], said[act]["grown"]) == (True, {})


def test_an_act_that_came_to_its_commit_leaves_all_of_it(said: Said) -> None:
    taken, spot, lapsed = (said[act]["whole"] for act in ("take", "on the spot", "lapse"))
    assert {"cases.Step", "cases.Document", "kernel.RecordEntry", "kernel.TakenNumber"} <= taken.keys()
    assert {
        "cases.Case",
        "cases.Step",
        "cases.Document",
        "kernel.RecordEntry",
        "kernel.TakenNumber",
    } <= spot.keys()
    assert any(str(value).startswith("decided 13 2") for value in taken.values())
    assert any(str(value).startswith("delivered 7 1") for value in spot.values())
    assert {"cases.Step", "kernel.RecordEntry"} <= lapsed.keys()
    assert any(str(value).startswith("defence_done ") for value in lapsed.values())
