"""The file check over a synthetic year that walked the procedure: what the guards let pass is never vetoed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.queries import Case, checking
from xiuhua.conf.bench import bureau
from xiuhua.conf.cli import main
from xiuhua.kernel.authz import SYSTEM
from xiuhua.simulation.year import Plan

PLAN = Plan(summary=20, ordinary=80)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_case_of_a_lawful_year_is_vetoed_and_every_one_goes_out_in_form(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.VAR_DIR = tmp_path
    bureau.staffed(PLAN)
    bureau.bring_in(bureau.year(PLAN), workers=0)
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
