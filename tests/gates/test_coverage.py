"""Coverage thresholds, and when measured data counts as fresh."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.gates.conftest import Lay, Said
from tools import measured
from tools.gates import coverage


def told(lines: int, ran: int, *, branches: int = 0, taken: int = 0) -> dict[str, Any]:
    """A file as coverage.py reports it."""
    return {
        "missing_lines": list(range(ran, lines)),
        "missing_branches": [[n, n + 1] for n in range(taken, branches)],
        "summary": {
            "num_statements": lines,
            "covered_lines": ran,
            "num_branches": branches,
            "covered_branches": taken,
            "missing_branches": branches - taken,
        },
    }


def test_a_covered_house_is_kept() -> None:
    files = {"xiuhua/org/rules.py": told(10, 10, branches=2, taken=2), "xiuhua/org/actions.py": told(100, 90)}
    assert list(coverage.judge(files)) == []


@pytest.mark.parametrize(
    "name",
    [
        "xiuhua/org/rules.py",
        "xiuhua/cases/rules/clocks.py",
        "xiuhua/cases/procedure/ordinary_2021.py",
        "xiuhua/leads/permissions.py",
        "xiuhua/gateways/jt808/codec.py",
        "xiuhua/gateways/jt808/session.py",
        "xiuhua/detectors/hotspots/detect.py",
    ],
)
def test_one_branch_that_never_ran_breaks_a_deciding_module(name: str) -> None:
    [fault] = coverage.judge({name: told(1000, 1000, branches=400, taken=399)})
    assert (fault.where, "399→400" in fault.what) == (name, True)


def test_every_other_room_is_judged_as_a_whole() -> None:
    files = {
        "xiuhua/org/actions.py": told(100, 100),
        "xiuhua/org/queries.py": told(100, 70),
        "xiuhua/leads/actions.py": told(100, 89),
    }
    assert [(f.where, f.what) for f in coverage.judge(files)] == [
        ("xiuhua/leads", "89.0 % covered, at least 90 %"),
        ("xiuhua/org", "85.0 % covered, at least 90 %"),
    ]


def test_without_data_the_gate_fails(said: Said) -> None:
    assert said(coverage.GATE) == ["var/coverage/data: nothing was measured yet"]


def test_data_that_cannot_be_read_is_a_fault(lay: Lay, said: Said) -> None:
    lay("pyproject.toml", "")
    lay("var/coverage/data", "no database")
    [fault] = said(coverage.GATE)
    assert "measure anew" in fault


def test_data_is_fresh_until_a_file_changes(lay: Lay, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    source = lay("xiuhua/a.py", "a = 1\n")
    lay(".gitignore", "/var/\n")
    lay("var/coverage/data", "data")
    assert not measured.is_fresh(tmp_path)
    measured.mark(tmp_path, measured.digest(tmp_path))
    assert measured.is_fresh(tmp_path)
    source.write_text("a = 2\n")
    assert not measured.is_fresh(tmp_path)
    source.write_text("a = 1\n")
    lay("xiuhua/b.py", "")
    assert not measured.is_fresh(tmp_path)
