"""Every move of every procedure is walked, on the roads and beside them, by what the forms and the law allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from xiuhua.cases.procedure.side import SIDES, clocks
from xiuhua.cases.procedure.side.folding import Own
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure import demolition_live, roads, roads_fallen, roads_several
from xiuhua.cases.tests.procedure.setting import calendar
from xiuhua.cases.tests.procedure.world import Key, Try, World
from xiuhua.cases.tests.procedure.world_begins import BEGINS, YEARS

OF_SIDES = {(t.procedure, t.version, m.id) for s in SIDES.values() for t in s.tables for m in t.moves}
OF_ROADS = {(t.procedure, t.version, m.id) for tables in TABLES.values() for t in tables for m in t.moves}
# The civil rule of those years excluded it for decisions; the guard of the way never opens under that text.
# The pause of a surcharge came with PPL21 §73: nothing stands there under the older text.
PAUSE = (
    "pause_surcharge",
    "resume_surcharge",
    "settle_paused",
    "pay_part_surcharge_paused",
    "drop_surcharge_paused",
)
NEVER_OPEN = {("service", "2017", "send_electronically"), *(("payment", "2017", move) for move in PAUSE)}
ROUNDS, STEPS = 14, 24


def explored() -> Counter[Key]:
    """How often each move of the matters was walked, by people who go where nobody has been."""
    walked: Counter[Key] = Counter()
    begun = [(begin.only, begin.world(y)) for begin in BEGINS for y in begin.years]
    for _, world in begun:
        walked.update(world.walked)
    for number in range(ROUNDS):
        missing = {procedure for procedure, _, _ in OF_SIDES - NEVER_OPEN - set(walked)}
        for only, start in (b for b in begun if missing & b[0]):
            world = start.again(number)
            for _ in range(STEPS):
                go_on(world, only, walked)
    return walked


def go_on(world: World, only: frozenset[str], walked: Counter[Key]) -> None:
    """Make a move that nobody has made yet, else let time go by or make any other."""
    open_ = [one for one in world.tries() if (one.side.procedure if one.side else one.move.id) in only]
    world.dice.shuffle(open_)
    fresh = [one for one in open_ if not walked[one.key]]
    known = [one for one in open_ if walked[one.key]] if world.dice.random() < 0.5 else []
    for one in (*fresh, *known[:5]):
        if world.take(one) == ():
            walked[one.key] += 1
            return
    world.on = world.dice.choice(days_ahead(world, open_))


def days_ahead(world: World, tries: list[Try]) -> list[date]:
    """The days on which something ends or begins to be possible, and some between."""
    found = {day for one in tries if one.own and one.side for day in _ends(world, one)}
    later = sorted(day for day in found if world.on < day < world.on + timedelta(days=1200))
    return later + [world.on + timedelta(days=n) for n in (1, 3, 8, 31, 190)][: 2 if later else 5]


def _ends(world: World, one: Try) -> Iterator[date]:
    assert one.side is not None
    assert one.own is not None
    for r in clocks.running(one.side, one.own.state, world.read_by(one), world.on, calendar()):
        yield r.due.day
        yield r.first


@cache
def walked_beside() -> frozenset[Key]:
    return frozenset(explored())


def walked_on_roads() -> set[Key]:
    found = set()
    for road in (*roads.ROADS, *roads_several.SEVERAL, *roads_fallen.FALLEN):
        for y, version in (("2018", "2017"), ("2023", "2021")):
            live = road(y)
            found |= {(live.procedure, version, step.move) for step in live.steps}
    for demolished in demolition_live.ROADS:
        found |= {("demolition", "2012", step.move) for step in demolished(2023).steps}
    return found


@pytest.mark.slow
def test_every_move_of_every_table_is_walked() -> None:
    missing = (OF_SIDES | OF_ROADS) - NEVER_OPEN - walked_beside() - walked_on_roads()
    assert sorted(missing) == []


@pytest.mark.slow
def test_what_never_opens_was_not_walked() -> None:
    assert not NEVER_OPEN & walked_beside()


@pytest.mark.parametrize("y", YEARS)
def test_a_form_sent_at_the_wrong_moment_is_refused_by_the_table_and_breaks_nothing(y: str) -> None:
    world = BEGINS[0].world(y)
    for side in SIDES.values():
        begun = Own(side, side.begins_at[0])
        table = side.table_on(world.on)
        for move in table.moves:
            if move.source not in side.begins_at:
                found = world.take(Try(move, table, side, begun))
                assert found is None or "wrong_state" in {r.code for r in found}, (side.procedure, move.id)
    assert world.made == []
