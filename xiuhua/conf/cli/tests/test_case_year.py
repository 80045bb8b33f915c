"""The file check over a synthetic year that walked the procedure: what the guards let pass is never vetoed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases import backfill
from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.queries import Case, checking
from xiuhua.conf.cli import main
from xiuhua.conf.cli.reference import load_all
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import backfill as people
from xiuhua.simulation import bureau, files
from xiuhua.simulation.world import load
from xiuhua.simulation.year import Plan

PLAN = Plan(summary=20, ordinary=80)


def lived_through(folder: Path, reference: Path) -> None:
    """The law, everybody who works here, and the cases of the plan."""
    at = clock.now()
    load_all(by=SYSTEM, at=at)
    world = load(reference)
    demo = [row for rows in world.demo.values() for row in rows]
    assert not people.enrol(
        bureau.newcomers(bureau.staffed(world, PLAN.seed), with_demo=demo), by=SYSTEM, at=at
    ).faults
    source = backfill.read(files.write_cases(reference, PLAN, folder))
    assert not backfill.bring_in(source, by=SYSTEM, at=at, write=True, workers=0).faults


@pytest.mark.slow
@pytest.mark.django_db
def test_no_case_of_a_lawful_year_is_vetoed_and_every_one_goes_out_in_form(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    lived_through(tmp_path, Path(settings.REFERENCE_DIR))
    cases = Case.objects.visible(SYSTEM)
    assert cases.count() >= 100
    for case, result in checking.check_cases(cases):
        assert not result.of("veto"), (case.number, result.ids)
        assert not result.unread
        out = read(checking.case_file(case))
        assert not out.faults, case.number
        assert not out.ignored, case.number
    assert main(["case", "check", "--all", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == cases.count()
