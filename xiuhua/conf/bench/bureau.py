"""The scratch bureau that several benches need: the law, everybody who works there, a year of cases."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from xiuhua.cases import backfill as cases
from xiuhua.conf.cli.reference import load_all
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import backfill as people
from xiuhua.simulation import bureau, files
from xiuhua.simulation.world import load
from xiuhua.simulation.year import Plan


def staffed(plan: Plan) -> None:
    """The law and everybody who works here; the people of the demo without accounts."""
    load_all(by=SYSTEM, at=clock.now())
    world = load(Path(settings.REFERENCE_DIR))
    demo = [row for rows in world.demo.values() for row in rows]
    everybody = bureau.newcomers(bureau.staffed(world, plan.seed), with_demo=demo)
    came = people.enrol(everybody, by=SYSTEM, at=clock.now())
    assert not came.faults, came.faults[:3]


def year(plan: Plan) -> cases.Source:
    """The cases of the plan as a file of this bureau."""
    path = files.write_cases(Path(settings.REFERENCE_DIR), plan, Path(settings.VAR_DIR))
    return cases.read(path)


def bring_in(source: cases.Source, workers: int | None = None) -> cases.Outcome:
    """Check and write every row; none may be faulty."""
    outcome = cases.bring_in(source, by=SYSTEM, at=clock.now(), write=True, skip_faulty=True, workers=workers)
    assert not outcome.faults, outcome.faults[:3]
    return outcome
