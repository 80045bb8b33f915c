"""What each reviewer of the demo bureau is there for: blocks of units, and groups of causes, dealt out evenly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xiuhua.cases import actions, queries
from xiuhua.cases.reviewing import Stage
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import queries as org


def deal_out(at: datetime) -> int:
    """Give every reviewer of the bureau a line; how many got one."""
    bureau, day = org.bureau(), clock.day_of(at)
    if bureau is None:
        return 0
    units = sorted(unit.code for unit in org.handling_units())
    groups = sorted({cause.code[:2] for cause in queries.causes(day)})
    given = 0
    for stage in Stage:
        desks = queries.desks(stage, bureau, day)
        for number, (officer, _desk) in enumerate(desks):
            actions.set_line(
                reviewer=officer,
                units=_share(units, number, len(desks)),
                groups=_share(groups, number, len(desks)),
                by=SYSTEM,
                at=at,
            )
            given += 1
    return given


def _share(codes: Sequence[str], number: int, of: int) -> list[str]:
    """Every `of`-th code from `number` on; where there are fewer codes than people, each still has one."""
    return list(codes[number::of]) or [codes[number % len(codes)]]
