"""The street of the demo: laid once, lawful, and with something to show on every page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.conf.cli.reference import load_all
from xiuhua.conf.demo_people import make_demo_users
from xiuhua.duty import queries
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.simulation import shifts
from xiuhua.simulation.world import load

NOW = datetime(2026, 5, 13, 10, 0, tzinfo=clock.SHANGHAI)

pytestmark = pytest.mark.slow


def test_the_street_is_laid_once_and_has_something_on_every_page(db: None) -> None:
    load_all(by=SYSTEM, at=NOW)
    make_demo_users(by=SYSTEM, at=NOW)
    world = load(Path(settings.REFERENCE_DIR))
    with clock.held_at(NOW):
        planned, came = shifts.lay_out(world, NOW, 7)
        assert shifts.lay_out(world, NOW, 7) == (0, 0)
    assert queries.points(SYSTEM).count() == shifts.POINTS
    assert planned > 100
    assert came > 150
    counted = queries.check_ins(SYSTEM).filter(counted=True).count()
    assert 0.7 * came < counted <= came + 10
    assert queries.swaps(SYSTEM).count() == queries.operations(SYSTEM).count() == 2
    assert {t.state for t in queries.tasks(SYSTEM)} == {"issued", "received", "done"}
    assert queries.active_events(SYSTEM, NOW.date()).count() == 1
    assert queries.findings(SYSTEM).filter(persuaded=True).count() == 4
